"""A407: maps get smaller, and there are fewer of them."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.graph import Node
from specc.kind import spread
from specc.rules.base import Finding, rule
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

    Models that end in maps again, and 1x1 convolutions, narrow on purpose.
    """
    if subject.spec.task in SAME_SIZE or (subject.head and (subject.head.rank or 0) > 1):
        return
    before: dict[str, Node] = {}
    for node in subject.nodes:
        last = next((before[name] for name in node.inputs if name in before), None)
        if node.kind is not None and node.kind.convolves and _counts(node):
            if last is not None and (last.width or 0) > (node.width or 0):
                yield _finding(node, last)
            last = node
        if last is not None:
            before[node.name] = last


def _counts(node: Node) -> bool:
    kernel = getattr(node.kind, "kernel_size", None)
    single = kernel is not None and set(spread(kernel, 1)) == {1}
    return bool(node.filters) and not single and "Transpose" not in node.kind_name


def _finding(node: Node, last: Node) -> Finding:
    return Finding(
        f"{node.width} filters behind {last.width}",
        node.at("filters"),
        help="let the number of filters grow from layer to layer: 32, 64, 128",
        notes=(Note("the larger number", last.at("filters")),),
    )
