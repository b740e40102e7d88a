"""S225: an initializer that cannot fill a weight of this shape."""

from collections.abc import Iterator

from specc.layers.base import Weights
from specc.rules.base import Finding, rule
from specc.rules.writing import layer_option
from specc.subject import Subject
from specc.tensor import show_shape

AXES = {"Identity": (2, 2), "Orthogonal": (2, 9)}  # of the weights they fill, least and most


@rule(
    "S225",
    "initializer that needs a matrix",
    "error",
    source="Keras 3.15 (`Identity` and `Orthogonal` raise when the layer is built)",
    bad="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - Conv2D: {filters: 8, kernel_size: 3, kernel_initializer: identity}  # ! S225
          - Activation: relu
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - Conv2D: {filters: 8, kernel_size: 3, kernel_initializer: orthogonal}
          - Activation: relu
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def initializer_needs_a_matrix(subject: Subject) -> Iterator[Finding]:
    """`Identity` fills matrices alone, and `Orthogonal` nothing that has a single axis, such as a
    bias. Keras says so when it builds the layer.
    """
    for node in subject.nodes:
        if node.kind is None:
            continue
        for option, mark in node.kind.held().items():
            chosen = type(getattr(node.kind, option)).__name__
            if mark.family != "initializers" or chosen not in AXES:
                continue
            shape = _weight(subject.graph.weights(node), option.removesuffix("_initializer"))
            least, most = AXES[chosen]
            if shape is not None and not least <= len(shape) <= most:
                yield Finding(
                    f"`{chosen}` cannot fill a weight of shape {show_shape(shape)}",
                    node.at(option),
                    label="expected a matrix" if most == 2 else "expected at least 2 axes",
                    help="leave it out, or write `glorot_uniform`",
                    fix=layer_option(subject, node, option, "glorot_uniform"),
                )


def _weight(weights: Weights, stem: str) -> tuple[int, ...] | None:
    """The shape of the weight that an option initializes: `recurrent` is `recurrent_kernel`."""
    for name in (stem, f"{stem}_kernel"):
        if name in weights:
            return weights[name]
    return None
