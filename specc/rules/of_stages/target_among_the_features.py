"""D523: a column that gives the answer away."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D523",
    "target among the features",
    "warning",
    source="notes K1 (leakage); Kaufman et al. 2012, leakage in data mining",
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
def target_among_the_features(subject: Subject) -> Iterator[Finding]:
    """A column that is the target, or the target in another unit, makes every score perfect in
    training and is not there when the model is used. A column that counts the rows says how they
    were ordered: where they were sorted by class, it is the target too. `specc data` compares each
    column of training with the target; the columns of a `table` are compared by every check.
    """
    for column in subject.facts.columns:
        if column.is_target:
            message = f"`{column.name}` tells the target of every row"
            help = "take it out: in use nobody knows it beforehand"
            yield Finding(message, column.path, help=help)
        elif column.distinct:
            message = f"`{column.name}` has another value in each row: it only counts or names them"
            yield Finding(message, column.path, help="take it out: it is no property of the row")
