"""D542: NaN or infinite values."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D542",
    "values that are no numbers",
    "warning",
    source="Keras 3.15 (measured); SageMaker Debugger (nan inputs)",
    by="looking",
    bad="""
        specc: 1
        data:
          arrays: {path: wines.npz}
          preprocess: [Normalization]
        model:
          - Input: [12]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 50}
        """,
    good="""
        specc: 1
        data:
          arrays: {path: wines.npz}
          preprocess: [Normalization]
        model:
          - Input: [12]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 50}
        """,
)
def values_that_are_no_numbers(subject: Subject) -> Iterator[Finding]:
    """One NaN among the inputs or targets makes the loss of its batch NaN, then all gradients, and
    with the next step all weights. `specc data` says where they are: in which part, how many, and
    in which columns.
    """
    return iter(())
