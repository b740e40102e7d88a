"""A410: all weights of a layer start equal."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.rules.base import Finding, rule
from specc.rules.chain import hidden, merged
from specc.subject import Subject
from specc.training.base import Initializer


@rule(
    "A410",
    "constant initial weights",
    "warning",
    source="Keras 3.15; NeuraLint, TheDeepChecker; Goodfellow et al., Deep Learning §8.4",
    covers=("init.constant_kernel",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu, kernel_initializer: zeros}  # ! A410
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu, kernel_initializer: he_normal}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def constant_kernel(subject: Subject) -> Iterator[Finding]:
    """Units that start with equal weights compute the same thing, and only what comes behind
    them can drive them apart. With zeros and ReLU not even that: every output is 0, so is every
    gradient, and the layer never changes.

    The last layer is left alone, where zeros are a fair start, and the last one of a branch that
    begins with adding nothing, or with turning nothing.
    """
    inner = hidden(subject)
    for node in subject.that(lambda kind: kind.multiplies or kind.recurrent):
        chosen = node.kernel_initializer
        if not isinstance(chosen, Initializer) or not chosen.constant:
            continue
        if subject.activation(node) == "linear" and merged(subject, node):
            continue
        if (node.width or 2) > 1 and node.name in inner:
            path = node.at("kernel_initializer")
            yield Finding(
                "all weights of the layer start with the same value",
                path,
                label="expected a random start",
                help="write `kernel_initializer: he_normal`, or leave it out",
                fix=(Edit(path, "glorot_uniform"),),
            )
