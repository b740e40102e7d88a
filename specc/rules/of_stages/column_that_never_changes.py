"""D543: a column with one value."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D543",
    "column that never changes",
    "hint",
    source="scikit-learn (VarianceThreshold)",
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
def column_that_never_changes(subject: Subject) -> Iterator[Finding]:
    """A column with one value in all rows of the training part tells the rows apart by nothing.
    Where it has other values in the test part or in use, the network has never learned what they
    mean, and `Normalization` divides them by a variance of 0.
    """
    for column in subject.facts.columns:
        gaps = sum(column.missing.values()) if column.numeric else 0
        if subject.facts.present and column.values in (0, 1) and not gaps:
            message = f"`{column.name}` has the same value in every row"
            yield Finding(message, column.path, help="what never changes cannot be learned from")
