"""A415: a penalty on the weights that give the answers."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.chain import hidden
from specc.subject import Subject


@rule(
    "A415",
    "penalty on the last layer",
    "hint",
    source="notes K1 §1.5 (penalties on hidden layers)",
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax, kernel_regularizer: l2}  # ! A415
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu, kernel_regularizer: {L2: 0.001}}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def penalty_on_the_last_layer(subject: Subject) -> Iterator[Finding]:
    """A penalty on the last layer keeps the answers small rather than the network simple: the
    probabilities get less certain than the data allow. Against overfitting it belongs on the
    hidden layers. For a model of a single layer it is the usual way, and is not reported.
    """
    inner = hidden(subject)
    layers = list(subject.that(lambda kind: kind.multiplies))
    for node in layers[1:]:
        if node.kernel_regularizer is not None and node.name not in inner:
            message = "the penalty is on the layer that gives the answers"
            help = "put it on the hidden layers"
            yield Finding(message, node.at("kernel_regularizer"), help=help)
