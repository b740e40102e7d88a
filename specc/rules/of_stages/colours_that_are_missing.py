"""S229: a change of colours for images that have none."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S229",
    "colours that are missing",
    "error",
    source="Keras 3.15 (measured with 1, 2, 3 and 4 channels)",
    by="graph",
    bad="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - RandomHue: 0.1  # ! S229
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [28, 28, 3]
          - RandomHue: 0.1
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def colours_that_are_missing(subject: Subject) -> Iterator[Finding]:
    """Hue and saturation are computed of red, green and blue, so images need three channels.
    Where only grey is computed, one channel will do. Keras builds the layer nevertheless and
    fails in the first batch of the training.
    """
    return iter(())
