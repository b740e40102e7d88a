"""A407: maps get smaller, and there are fewer of them."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.rules.in_a_row import convolves, in_a_row
from specc.subject import Subject

SAME_SIZE = ("reconstruction", "segmentation")


@rule(
    "A407",
    "fewer filters further on",
    "hint",
    source="notes K1 §3 (depth grows while maps shrink); NeuraLint, Theia",
    covers=("cnn.filters_decreasing",),
    bad="""
        specc: 1
        model:
          - Input: [64, 64, 3]
          - Conv2D: {filters: 64, kernel_size: 3, activation: relu}
          - MaxPooling2D: 2
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}  # ! A407
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [64, 64, 3]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - MaxPooling2D: 2
          - Conv2D: {filters: 64, kernel_size: 3, activation: relu}
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def fewer_filters_further_on(subject: Subject) -> Iterator[Finding]:
    """Near the image there are few things to tell apart, such as edges; further on there are many,
    and fewer places to find them in. Halving the map and the filters at once keeps an eighth of
    the numbers.

    Models that end in maps again, 1x1 convolutions and branches beside others narrow on purpose.
    """
    if subject.spec.task in SAME_SIZE or (subject.head and (subject.head.rank or 0) > 1):
        return
    for last, node in in_a_row(subject, convolves):
        if (last.width or 0) > (node.width or 0):
            yield _finding(node, last)


def _finding(node: Node, last: Node) -> Finding:
    return Finding(
        f"fewer filters than before: {node.width} behind {last.width}",
        node.at("filters"),
        help="let the number of filters grow from layer to layer: 32, 64, 128",
        notes=(Note("the larger number", last.at("filters")),),
    )
