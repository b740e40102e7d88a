"""S209: a new shape for another number of values."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S209",
    "reshape changes the number of elements",
    "error",
    source="Keras 3.15 (`Reshape`); NeuraLint",
    by="graph",
    covers=("api.reshape_mismatch",),
    bad="""
        specc: 1
        model:
          - Input: [784]
          - Reshape: [28, 29, 1]  # ! S209
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [784]
          - Reshape: [28, 28, 1]
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def reshape_changes_size(subject: Subject) -> Iterator[Finding]:
    """`Reshape` arranges the values anew and neither adds nor drops any, so the product of the
    sizes must stay. One size may be -1: what is left over.
    """
    return iter(())
