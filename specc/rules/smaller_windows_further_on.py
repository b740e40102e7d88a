"""A450: windows that shrink from convolution to convolution."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.rules.in_a_row import convolves, in_a_row, windows
from specc.subject import Subject


@rule(
    "A450",
    "smaller windows further on",
    "hint",
    off=True,
    source="NeuraLint (decreasing kernel sizes)",
    covers=("cnn.kernel_decreasing",),
    bad="""
        specc: 1
        model:
          - Input: [64, 64, 3]
          - Conv2D: {filters: 32, kernel_size: 7, activation: relu}
          - MaxPooling2D: 2
          - Conv2D: {filters: 64, kernel_size: 3, activation: relu}  # ! A450
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
def smaller_windows_further_on(subject: Subject) -> Iterator[Finding]:
    """Patterns further on are made of those before, and some hold that windows should grow with
    them. Many good networks do the opposite: AlexNet begins with windows of 11x11, a ResNet with
    7x7, and both go on with 3x3.

    Convolutions of 1x1 do not count, since they look at no neighbours.
    """
    for before, node in in_a_row(subject, convolves):
        first, second = windows(before), windows(node)
        if any(b < a for a, b in zip(first, second, strict=False)):
            sizes = "x".join(map(str, second)), "x".join(map(str, first))
            yield Finding(
                f"windows of {sizes[0]} behind windows of {sizes[1]}",
                node.at("kernel_size"),
                help="use windows of one size: two of 3x3 see as far as one of 5x5",
                notes=(Note("the larger window", before.at("kernel_size")),),
            )
