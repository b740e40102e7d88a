"""A411: initial weights far larger than the layer can stand."""

from collections.abc import Iterator
from math import prod, sqrt

from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.rules.writing import layer_option
from specc.subject import Subject
from specc.training.base import Initializer


@rule(
    "A411",
    "initial weights too large",
    "warning",
    source="He et al. 2015; TheDeepChecker, DeepDiagnosis",
    covers=("init.scale_too_large",),
    bad="""
        specc: 1
        model:
          - Input: [784]
          - Dense:
              units: 64
              activation: relu
              kernel_initializer: {RandomNormal: {stddev: 1.0}}  # ! A411
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [784]
          - Dense: {units: 64, activation: relu, kernel_initializer: he_normal}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def initial_weights_too_large(subject: Subject) -> Iterator[Finding]:
    """A unit adds up one product for each of its inputs, so its output grows with the root of
    their number. Weights of deviation 1 on 784 inputs make outputs of about 28: softmax and tanh
    are saturated before the first step. He's rule, the root of 2 over the number of inputs,
    keeps the size from layer to layer.

    Reported from five times that deviation on, for layers with at least ten inputs.
    """
    for node in subject.that(lambda kind: kind.multiplies):
        chosen, sizes = node.kernel_initializer, fans(subject, node)
        if not isinstance(chosen, Initializer) or chosen.constant or sizes is None:
            continue
        usual = sqrt(2 / sizes[0])
        own = chosen.deviation(*sizes)
        if sizes[0] >= 10 and own >= 5 * usual:
            yield Finding(
                f"initial weights of deviation {own:.2g} are {own / usual:.0f} times "
                f"as large as is usual for {sizes[0]} inputs",
                node.at("kernel_initializer"),
                label=f"expected about {usual:.2g}",
                help="write `kernel_initializer: he_normal`",
                fix=layer_option(subject, node, "kernel_initializer", "he_normal"),
            )


def fans(subject: Subject, node: Node) -> tuple[int, int] | None:
    kernel = subject.graph.weights(node).get("kernel")
    if kernel is None or len(kernel) < 2:
        return None
    places = prod(kernel[:-2])
    return places * kernel[-2], places * kernel[-1]
