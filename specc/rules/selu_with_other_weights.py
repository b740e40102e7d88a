"""A463: SELU with initial weights that are not its own."""

from collections.abc import Iterator
from math import sqrt

from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.rules.initial_weights_too_large import fans
from specc.rules.writing import layer_option
from specc.subject import Subject
from specc.training.base import Initializer

OPTION = "kernel_initializer"
RATIO = 1.2


@rule(
    "A463",
    "SELU with other initial weights",
    "hint",
    source="Klambauer et al. 2017, Self-Normalizing Neural Networks; TheDeepChecker",
    covers=("init.activation_mismatch",),
    bad="""
        specc: 1
        model:
          - Input: [784]
          - Dense: {units: 100, activation: selu}  # ! A463
          - Dense: {units: 100, activation: selu, kernel_initializer: he_normal}  # ! A463
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [784]
          - Dense: {units: 100, activation: selu, kernel_initializer: lecun_normal}
          - Dense: {units: 100, activation: selu, kernel_initializer: lecun_normal}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def selu_with_other_weights(subject: Subject) -> Iterator[Finding]:
    """SELU keeps its values at mean 0 and variance 1 from layer to layer, but only of weights with
    variance 1 over the number of inputs: `lecun_normal`. Measured behind four layers, the
    deviation is 2.2 with He's weights and 256 units in each, and 1.4 with Keras' default where each
    has half the units of the one before.

    Reported for hidden layers whose weights are off by a fifth: the default is right where a layer
    has as many units as inputs.
    """
    behind = {node.name: way[0] for node, way in subject.ways}
    for node in (subject.graph.by_name[name] for name in behind):
        sizes = fans(subject, node) if _selu(subject, (node, *behind[node.name])) else None
        if sizes is None:
            continue
        own, usual = _deviation(node, sizes), sqrt(1 / sizes[0])
        if own and not 1 / RATIO < own / usual < RATIO:
            path = node.at(OPTION)
            written = subject.get(path) is not None
            yield Finding(
                f"initial weights of deviation {own:.2g} for `selu`",
                path if written else node.at(),
                on_key=not written,
                label=f"expected about {usual:.2g}",
                help=f"write `{OPTION}: lecun_normal`",
                fix=layer_option(subject, node, OPTION, "lecun_normal"),
            )


def _selu(subject: Subject, layers: tuple[Node, ...]) -> bool:
    """Whether the first activation that follows is SELU, with no normalization in front of it."""
    for each in layers:
        if each.kind is None or each.kind.normalizes:
            return False
        if subject.activation(each) != "linear":
            return subject.activation(each) == "selu"
    return False


def _deviation(node: Node, sizes: tuple[int, int]) -> float:
    """That of the weights; 0 where it is not known. Keras' default is there as its word."""
    chosen = node.kernel_initializer
    if isinstance(chosen, Initializer):
        return 0.0 if chosen.constant else chosen.deviation(*sizes)
    return sqrt(2 / sum(sizes)) if chosen == "glorot_uniform" else 0.0
