"""A416: a layer that does nothing, by its option."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.writing import dropped
from specc.subject import Subject


@rule(
    "A416",
    "layer without effect",
    "hint",
    source="Keras 3.15 (definitions of the layers)",
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dropout: 0  # ! A416
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dropout: 0.3
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def layer_without_effect(subject: Subject) -> Iterator[Finding]:
    """A rate of 0 drops nothing, noise of deviation 0 adds nothing, and `Activation: linear`
    gives back what it gets. The layer looks like a decision and is none.
    """
    for node in subject.that(lambda kind: kind.drops or kind.disturbs or kind.activates):
        rate = node.rate if node.rate is not None else node.stddev
        if rate == 0 or (node.kind_name == "Activation" and node.activation == "linear"):
            option = next(
                (o for o in ("rate", "stddev") if getattr(node, o) is not None), "activation"
            )
            message = f"`{node.kind_name}` has no effect like this"
            help = "remove the line, or give it a value"
            yield Finding(message, node.at(option), help=help, fix=dropped(subject, node.path))
