"""A455: dropout in front of the largest of its values."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.rules.chain import activates
from specc.subject import Subject


@rule(
    "A455",
    "dropout before pooling",
    "hint",
    off=True,
    source="NeuraLint (dropout before max pooling); Wu and Gu 2015, Max-pooling dropout",
    covers=("reg.dropout_before_pool",),
    bad="""
        specc: 1
        model:
          - Input: [64, 64, 3]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - Dropout: 0.3
          - MaxPooling2D: 2  # ! A455
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
          - Dropout: 0.3
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def dropout_before_pooling(subject: Subject) -> Iterator[Finding]:
    """Where a value is dropped the next largest of its window takes its place, so of a window of
    2x2 almost nothing is dropped: at a rate of 0.3 all four go once in 123 times. Those that stay
    are scaled up, and the largest is taken of them, so that training sees larger values than use
    does. Others do so on purpose: it picks a value of the window at random.
    """
    dropped: dict[str, Node] = {}
    for node in subject.nodes:
        before = next((dropped[name] for name in node.inputs if name in dropped), None)
        if node.kind_name == "Dropout":
            dropped[node.name] = node
        elif before is not None and activates(node):
            dropped[node.name] = before
        elif before is not None and node.kind_name.startswith("MaxPooling"):
            yield Finding(
                f"`{node.kind_name}` takes the largest of what dropout has left",
                node.at(),
                on_key=True,
                help="put the dropout behind it",
                notes=(Note("the dropout", before.at(), on_key=True),),
            )
