"""S214: channels that cannot be shared out evenly."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S214",
    "groups do not divide the channels",
    "error",
    source="Keras 3.15 (`groups` of the convolutions)",
    by="graph",
    bad="""
        specc: 1
        model:
          - Input: [32, 32, 6]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu, groups: 4}  # ! S214
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [32, 32, 6]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu, groups: 2}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def groups_do_not_divide(subject: Subject) -> Iterator[Finding]:
    """Grouped convolutions share channels and filters out evenly over the groups. Both numbers
    must be multiples of it.
    """
    return iter(())
