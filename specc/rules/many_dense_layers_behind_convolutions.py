"""A462: a deep dense network behind the one that looks at the image."""

from collections.abc import Iterator
from typing import NamedTuple

from specc.diagnostics import Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.rules.in_a_row import convolutions, convolves
from specc.subject import Subject

MOST = 3


@rule(
    "A462",
    "many dense layers behind convolutions",
    "hint",
    source="Theia (inappropriate number of fully connected layers)",
    covers=("cnn.too_many_dense",),
    bad="""
        specc: 1
        model:
          - Input: [64, 64, 3]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - MaxPooling2D: 4
          - Flatten
          - Dense: {units: 256, activation: relu}  # ! A462
          - Dense: {units: 256, activation: relu}
          - Dense: {units: 128, activation: relu}
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [64, 64, 3]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - MaxPooling2D: 4
          - Flatten
          - Dense: {units: 128, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def many_dense_layers_behind_convolutions(subject: Subject) -> Iterator[Finding]:
    """What is in an image the convolutions find; behind `Flatten` one or two layers put it
    together. More of them hold most of the weights and none of the knowledge of places: AlexNet and
    VGG have three, a ResNet one.

    Reported for more than three, the last one included, one behind the other, but for models that
    end in maps again.
    """
    if subject.head is not None and (subject.head.rank or 0) > 1:
        return
    longest = max(_rows(subject), key=lambda row: row.size, default=None)
    if longest is not None and longest.size > MOST:
        yield Finding(
            f"{longest.size} dense layers behind the convolutions",
            longest.first.at(),
            on_key=True,
            label=f"expected at most {MOST}",
            help="leave some of them out, or put a convolution in their place",
            notes=(Note("the last of them", longest.last.at(), on_key=True),),
        )


class _Row(NamedTuple):
    """Dense layers one behind the other."""

    first: Node
    last: Node
    size: int


def _rows(subject: Subject) -> Iterator[_Row]:
    """Behind each dense layer those up to it, as far as nothing but convolutions stands in front
    of them."""
    behind: dict[str, _Row | None] = {}
    for node in subject.nodes if convolutions(subject) else ():
        reached = [name for name in node.inputs if name in behind]
        row = behind[reached[0]] if reached else None
        if convolves(node):
            behind[node.name] = None
        elif reached and node.kind_name == "Dense":
            longer = _Row(row.first, node, row.size + 1) if row else _Row(node, node, 1)
            behind[node.name] = longer
            yield longer
        elif reached and node.kind is not None and not (node.kind.merges or _learns(node)):
            behind[node.name] = row


def _learns(node: Node) -> bool:
    """Whether it is a layer of another sort, behind which something new begins."""
    return node.kind is not None and node.kind.learns and not node.kind.normalizes
