"""A429: a convolution with a window far larger than is usual."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject

TAPS = 100  # on a sequence that is not four times as long
LONG = 400  # taps on a sequence; the first layers on raw sound have up to that many
WIDE = 15  # pixels


@rule(
    "A429",
    "huge window",
    "warning",
    source="Stack Overflow 55776436, 62440336; Simonyan and Zisserman 2015 (small windows)",
    covers=("cnn.huge_kernel",),
    bad="""
        specc: 1
        model:
          - Input: [48, 48, 1]
          - Conv2D: {filters: 32, kernel_size: 24, activation: relu}  # ! A429
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [48, 48, 1]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - MaxPooling2D: 2
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def huge_window(subject: Subject) -> Iterator[Finding]:
    """A convolution finds small patterns anywhere. A window half as wide as the picture finds one
    large pattern in one place, with a weight for each of its pixels: it is a dense layer at the
    cost of a convolution. Two small windows, one behind the other, see as far with less.

    Reported: windows wider than 15 pixels and than a quarter of the picture; on a sequence those
    of more than 400 steps, and those of more than 100 and than a quarter of it.
    """
    for node in subject.that(lambda kind: kind.convolves):
        windows = subject.graph.windows(node)
        for window in windows:
            wide = window.width > WIDE and window.width * 4 > (window.size or window.width * 4)
            long = window.width > LONG or (wide and window.width > TAPS)
            if (len(windows) == 1 and long) or (len(windows) > 1 and wide):
                yield Finding(
                    f"a window of {window.width} on {window.size or '?'} is unusually large",
                    node.at("kernel_size"),
                    label="3 or 5 is usual" if len(windows) > 1 else "up to 400 is usual",
                    help="use small windows, one behind the other, with pooling in between",
                )
                break
