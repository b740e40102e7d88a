"""A453: convolutions of one block that differ in size or number."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.rules.in_a_row import convolves, deep, in_a_row, pools, windows
from specc.subject import Subject


@rule(
    "A453",
    "unlike convolutions in a row",
    "hint",
    off=True,
    source="NeuraLint (asymmetric blocks)",
    covers=("cnn.asymmetric_block",),
    bad="""
        specc: 1
        model:
          - Input: [64, 64, 3]
          - repeat:
              times: 4
              layers:
                - Conv2D: {filters: 32, kernel_size: 3, padding: same, activation: relu}
                - Conv2D: {filters: 64, kernel_size: 5, padding: same, activation: relu}  # ! A453
                - MaxPooling2D: 2
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [64, 64, 3]
          - repeat:
              times: 4
              layers:
                - Conv2D: {filters: 32, kernel_size: 3, padding: same, activation: relu}
                - Conv2D: {filters: 32, kernel_size: 3, padding: same, activation: relu}
                - MaxPooling2D: 2
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def unlike_convolutions_in_a_row(subject: Subject) -> Iterator[Finding]:
    """In VGG all convolutions between two poolings are alike, which leaves one decision for each
    block. Bottlenecks, Inception and Network in Network do otherwise and do well, and the case
    against it was made with one program that was written for it.

    Reported for networks of ten convolutions and poolings or more; those of 1x1 do not count.
    """
    if not deep(subject):
        return
    for before, node in in_a_row(subject, lambda node: convolves(node) or pools(node)):
        if pools(before) or pools(node):
            continue
        unlike = [o for o in ("kernel_size", "filters") if _option(before, o) != _option(node, o)]
        if unlike:
            yield Finding(
                f"another `{unlike[0]}` than in the convolution before",
                node.at(unlike[0]),
                help="give all convolutions between two poolings the same size and number",
                notes=(Note("the convolution before", before.at(unlike[0])),),
            )


def _option(node: Node, option: str) -> object:
    return windows(node) if option == "kernel_size" else node.width
