"""S205: a window whose steps do not reach the end."""

from collections.abc import Iterator

from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.tensor import Window

SHARE = 0.1


@rule(
    "S205",
    "window and stride leave rows out",
    "hint",
    source="notes K1 §3: (n + 2p - f)/s + 1",
    bad="""
        specc: 1
        model:
          - Input: [7, 7, 32]
          - MaxPooling2D: 4  # ! S205
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [8, 8, 32]
          - MaxPooling2D: 4
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def rows_left_over(subject: Subject) -> Iterator[Finding]:
    """The window starts at the top left and moves by the stride as long as it fits. What is left
    at the bottom and on the right is not looked at. One row of many does not matter; three of
    seven mean that nearly half of each side is thrown away.

    Reported from a tenth of the side on.
    """
    for node in subject.nodes:
        for window in subject.graph.windows(node):
            if window.size and window.leftover / window.size >= SHARE:
                yield _finding(node, window)
                break


def _finding(node: Node, window: Window) -> Finding:
    option = "pool_size" if node.pool_size else "kernel_size"
    rest = window.leftover
    return Finding(
        f"{rest} of {window.size} row{'s' * (rest > 1)} of the feature map are left out",
        node.at(option),
        label=window.formula,
        help="use `padding: same`, or another window or stride",
    )
