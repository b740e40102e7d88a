"""S217: steps and gaps at once."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S217",
    "strides together with a dilation rate",
    "error",
    source="Keras 3.15; TensorFlow's convolution",
    by="graph",
    bad="""
        specc: 1
        model:
          - Input: [32, 32, 3]
          - Conv2D: {filters: 32, kernel_size: 3, strides: 2, dilation_rate: 2}  # ! S217
          - ReLU
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [32, 32, 3]
          - Conv2D: {filters: 32, kernel_size: 3, dilation_rate: 2, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def strides_with_dilation(subject: Subject) -> Iterator[Finding]:
    """A stride skips places, a dilation spreads the window over them. TensorFlow computes the one
    or the other, and Keras refuses both together.
    """
    return iter(())
