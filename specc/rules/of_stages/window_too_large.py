"""S203: a window that is larger than the feature map."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S203",
    "window does not fit",
    "error",
    source="notes K1 §3: (n + 2p - f)/s + 1; keras#12951",
    by="graph",
    covers=("cnn.spatial_underflow",),
    bad="""
        specc: 1
        model:
          - Input: [8, 8, 1]
          - Conv2D: {filters: 16, kernel_size: 3, activation: relu}
          - MaxPooling2D: 2
          - Conv2D: {filters: 32, kernel_size: 5, activation: relu}  # ! S203
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [8, 8, 1]
          - Conv2D: {filters: 16, kernel_size: 3, activation: relu}
          - MaxPooling2D: 2
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def window_too_large(subject: Subject) -> Iterator[Finding]:
    """Each convolution without padding takes `f - 1` rows and columns off, each pooling divides by
    its stride. After a few of them nothing is left for the next window. Keras refuses it as
    well, with all inputs of the formula and without the name of the layer.
    """
    return iter(())
