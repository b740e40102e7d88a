"""S222: steps that are longer than the window."""

from collections.abc import Iterator

from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.tensor import Window


@rule(
    "S222",
    "stride beyond the window",
    "warning",
    source="notes K1 §3 (stride); Stack Overflow 68321264 (Keras 1 arguments by position)",
    covers=("cnn.positional_stride",),
    bad="""
        specc: 1
        model:
          - Input: [64, 64, 3]
          - Conv2D: {filters: 32, kernel_size: 3, strides: 5, activation: relu}  # ! S222
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [64, 64, 3]
          - Conv2D: {filters: 32, kernel_size: 3, strides: 2, activation: relu}
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def stride_beyond_the_window(subject: Subject) -> Iterator[Finding]:
    """A window of 3 that moves by 5 never sees two rows of five, and as many columns: of the
    picture 9 parts in 25 are looked at. In Keras 1 the third number was a side of the window,
    and became the stride, so that in old programs the two are often equal.

    Left alone are windows of 1, which take every second place on purpose, pooling, and equal
    numbers in the first convolution, which may cut the picture into patches.
    """
    for place, node in enumerate(subject.that(lambda kind: kind.convolves)):
        for window in subject.graph.windows(node):
            least = 3 if place and "2D" in node.kind_name else window.reach + 1
            if 1 < window.reach <= window.stride >= least and (window.size or 0) > window.reach:
                yield _finding(node, window)
                break


def _finding(node: Node, window: Window) -> Finding:
    left = window.stride - window.reach
    effect = f"leaves {left} of {window.stride} rows out" if left else "never overlaps itself"
    return Finding(
        f"a window of {window.reach} that moves by {window.stride} {effect}",
        node.at("strides"),
        label=f"expected less than {window.reach}",
        help="a larger window, or a smaller stride",
    )
