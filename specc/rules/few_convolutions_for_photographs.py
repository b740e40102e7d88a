"""A460: photographs of many classes, and one or two convolutions to tell them apart."""

from collections.abc import Iterator

from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.rules.in_a_row import convolutions
from specc.rules.photographs import photographs
from specc.subject import Subject

EXPECTED = {3: 3, 1: 2}  # convolutions by the colours of a pixel


@rule(
    "A460",
    "few convolutions for photographs",
    "hint",
    source="Theia (insufficient convolutional layers)",
    covers=("cnn.too_shallow",),
    bad="""
        specc: 1
        data:
          dataset: {keras: cifar10}
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}  # ! A460
          - MaxPooling2D: 2
          - Conv2D: {filters: 64, kernel_size: 3, activation: relu}
          - MaxPooling2D: 2
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: cifar10}
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - MaxPooling2D: 2
          - Conv2D: {filters: 64, kernel_size: 3, activation: relu}
          - MaxPooling2D: 2
          - Conv2D: {filters: 64, kernel_size: 3, activation: relu}
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
)
def few_convolutions_for_photographs(subject: Subject) -> Iterator[Finding]:
    """The first convolutions find edges and colours, the next corners and textures, and only those
    behind them parts of things. Digits can be told apart by strokes; photographs of ships and
    lorries can not.

    Reported for images of 32x32 or more and five classes or more, for fewer than three convolutions
    (two for grey ones), where nothing else in the network looks at places or was trained before.
    """
    found = convolutions(subject)
    images = photographs(subject) if found else None
    expected = EXPECTED.get(images.colours, 0) if images else 0
    if not images or len(found) >= expected or not all(map(_plain, subject.nodes)):
        return
    several = "one convolution" if len(found) == 1 else f"{len(found)} convolutions"
    yield Finding(
        f"{several} for photographs of {images.classes} classes",
        found[0].at(),
        on_key=True,
        label=f"expected {expected} or more",
        help="add another convolution behind a pooling layer, or start from a pretrained base",
    )


def _plain(node: Node) -> bool:
    """Whether it is one of the layers that such networks are made of."""
    kind = node.kind
    if kind is None or node.kind_name in ("Custom", "DepthwiseConv2D") or kind.whole_model:
        return False
    return not kind.learns or kind.normalizes or kind.convolves or node.kind_name == "Dense"
