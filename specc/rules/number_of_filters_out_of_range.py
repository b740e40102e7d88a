"""A461: fewer filters than there are edges to find, or more than anything has use for."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.bases import pretrained
from specc.rules.in_a_row import convolutions
from specc.rules.photographs import photographs
from specc.subject import Subject

FEW = 8
FEW_FOR_PHOTOGRAPHS = 16
MANY = 1024


@rule(
    "A461",
    "number of filters out of range",
    "hint",
    source="Theia (inappropriate number of filters)",
    covers=("cnn.filters_out_of_range",),
    bad="""
        specc: 1
        model:
          - Input: [64, 64, 3]
          - Conv2D: {filters: 4, kernel_size: 3, activation: relu}  # ! A461
          - MaxPooling2D: 2
          - Conv2D: {filters: 2048, kernel_size: 3, activation: relu}  # ! A461
          - GlobalAveragePooling2D
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
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def number_of_filters_out_of_range(subject: Subject) -> Iterator[Finding]:
    """Everything that the network knows of a colour image passes the first convolution. Edges come
    in directions and colours; with four filters most of them are lost. At the other end, 2048
    filters of 3x3 behind 512 are nine million weights in one layer.

    Reported for fewer than 8 filters on colour images, or 16 where these have five classes or more,
    and for more than 1024 anywhere; 1x1 convolutions are left alone, and so is what was trained
    before or ends in maps again.
    """
    found = convolutions(subject)
    if not found or pretrained(subject) or (subject.head and (subject.head.rank or 0) > 1):
        return
    least = FEW_FOR_PHOTOGRAPHS if photographs(subject) else FEW
    for node in found:
        taken, filters = subject.graph.into(node) or (), node.width or least
        first = [each.shape[-1] for each in taken if each.rank == 3] == [3]
        if filters > MANY or (first and filters < least):
            yield Finding(
                f"{filters:,} filters are {'few' if filters < least else 'many'}",
                node.at("filters"),
                label=f"expected {FEW_FOR_PHOTOGRAPHS} to {MANY // 2}",
                help="begin with 32, and double the number where the maps shrink",
            )
