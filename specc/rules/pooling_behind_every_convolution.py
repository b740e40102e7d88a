"""A452: no convolution that is followed by another before the maps shrink."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.rules.in_a_row import convolves, deep, in_a_row, pools
from specc.subject import Subject


@rule(
    "A452",
    "pooling behind every convolution",
    "hint",
    off=True,
    source="NeuraLint (too much pooling)",
    covers=("cnn.pool_every_conv",),
    bad="""
        specc: 1
        model:
          - Input: [128, 128, 3]
          - Conv2D: {filters: 16, kernel_size: 3, padding: same, activation: relu}
          - MaxPooling2D: 2
          - Conv2D: {filters: 32, kernel_size: 3, padding: same, activation: relu}
          - MaxPooling2D: 2
          - Conv2D: {filters: 64, kernel_size: 3, padding: same, activation: relu}
          - MaxPooling2D: 2
          - Conv2D: {filters: 128, kernel_size: 3, padding: same, activation: relu}
          - MaxPooling2D: 2
          - Conv2D: {filters: 128, kernel_size: 3, padding: same, activation: relu}
          - MaxPooling2D: 2  # ! A452
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [128, 128, 3]
          - Conv2D: {filters: 16, kernel_size: 3, padding: same, activation: relu}
          - Conv2D: {filters: 16, kernel_size: 3, padding: same, activation: relu}
          - MaxPooling2D: 4
          - Conv2D: {filters: 32, kernel_size: 3, padding: same, activation: relu}
          - Conv2D: {filters: 32, kernel_size: 3, padding: same, activation: relu}
          - MaxPooling2D: 4
          - Conv2D: {filters: 64, kernel_size: 3, padding: same, activation: relu}
          - Conv2D: {filters: 64, kernel_size: 3, padding: same, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def pooling_behind_every_convolution(subject: Subject) -> Iterator[Finding]:
    """VGG and its kin pool behind two or three convolutions, so that patterns are made of patterns
    before places are given up. What NeuraLint says of pooling behind each one was shown with
    programs written to show it; small networks of that form, the notes' among them, do well.

    Reported for five poolings or more, where no two convolutions stand together.
    """
    layers = [node for node in subject.nodes if convolves(node) or pools(node)]
    pooled = [node for node in layers if pools(node)]
    if len(pooled) < 5 or not deep(subject):
        return
    rows = in_a_row(subject, lambda node: convolves(node) or pools(node))
    alternate = all(pools(before) != pools(node) for before, node in rows)
    if alternate and not pools(layers[0]) and pools(layers[-1]):
        yield Finding(
            f"each of {len(pooled)} convolutions is pooled at once",
            pooled[-1].at(),
            on_key=True,
            help="put two or three convolutions in front of each pooling layer",
            notes=(Note("the first pooling", pooled[0].at(), on_key=True),),
        )
