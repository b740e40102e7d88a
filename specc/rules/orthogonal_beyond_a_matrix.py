"""S227: a penalty for matrices on something else."""

from collections.abc import Iterator

from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.rules.writing import layer_option
from specc.subject import Subject
from specc.tensor import Shape, show_shape

END = "_regularizer"


@rule(
    "S227",
    "orthogonality of what is no matrix",
    "error",
    source="Keras 3.15 (measured)",
    bad="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - Conv2D: {filters: 8, kernel_size: 3, bias_regularizer: OrthogonalRegularizer}  # ! S227
          - ReLU
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - Flatten
          - Dense: {units: 64, activation: relu, kernel_regularizer: OrthogonalRegularizer}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def orthogonal_beyond_a_matrix(subject: Subject) -> Iterator[Finding]:
    """`OrthogonalRegularizer` compares the rows or columns of a matrix with each other. Keras
    builds a layer that has other weights, and ends `fit` with `ValueError: Inputs to
    OrthogonalRegularizer must have rank 2`.
    """
    for node in subject.nodes:
        for option in node.kind.held() if node.kind else ():
            if type(getattr(node.kind, option)).__name__ == "OrthogonalRegularizer":
                shape = _regularized(subject, node, option.removesuffix(END))
                if shape is not None and len(shape) != 2:
                    yield Finding(
                        f"`OrthogonalRegularizer` takes a matrix, and this is {show_shape(shape)}",
                        node.at(option),
                        label="expected 2 axes",
                        help="use `L2`, which takes weights of any shape",
                        fix=layer_option(subject, node, option, "L2"),
                    )


def _regularized(subject: Subject, node: Node, what: str) -> Shape | None:
    """The shape of the weights or, with the batch, of the output that an option is about."""
    out = subject.graph.out(node)
    if what == "activity":
        return None if out is None else (None, *out.shape)
    shapes = subject.graph.weights(node).items()
    return next((shape for name, shape in shapes if name.startswith(what)), None)
