"""S201: a layer that takes another number of axes."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S201",
    "wrong number of axes",
    "error",
    source="Keras 3.15 (`input_spec` of the layers); notes K1 §2.1",
    by="graph",
    covers=("api.shape_mismatch", "cnn.wrong_dimensionality"),
    bad="""
        specc: 1
        model:
          - Input: [784]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}  # ! S201
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [784]
          - Reshape: [28, 28, 1]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def wrong_rank(subject: Subject) -> Iterator[Finding]:
    """Dense layers take vectors, recurrent ones sequences, convolutions feature maps. Pictures
    that have lost their channels and tables that are fed to a convolution end here.
    """
    return iter(())
