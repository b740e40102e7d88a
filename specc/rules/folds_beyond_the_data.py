"""D512: more folds than there are rows, or rows of a class."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.wording import counted


@rule(
    "D512",
    "folds beyond the data",
    "error",
    source="scikit-learn 1.9; notes K1 §1.2",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: wine}
          batch_size: 8
          preprocess: [Normalization]
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 50}
        evaluate: {k_fold: 60}  # ! D512
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: wine}
          batch_size: 8
          preprocess: [Normalization]
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 50}
        evaluate: {k_fold: 5}
        """,
)
def folds_beyond_the_data(subject: Subject) -> Iterator[Finding]:
    """Every fold validates on rows of its own, so that there are no more folds than rows; and where
    each fold has its share of every class, no more than the smallest class has rows.
    scikit-learn refuses the one and warns of the other: some folds then lack a class.
    """
    evaluate, rows = subject.spec.evaluate, _rows(subject)
    if evaluate is None or evaluate.k_fold is None or rows is None:
        return
    path = ("evaluate", "k_fold")
    if evaluate.k_fold > rows:
        yield Finding(f"{evaluate.k_fold} folds cannot share {counted(rows, 'row')}", path)
        return
    whole = subject.facts.given.get("train")
    least = min(subject.facts.balance, default=0)
    if whole and least and evaluate.stratify and evaluate.k_fold > least * rows / whole:
        few = max(2, min(5, int(least * rows / whole)))
        yield Finding(
            f"the smallest class has {counted(int(least * rows / whole), 'row')} for "
            f"{evaluate.k_fold} folds",
            path,
            help=f"write `k_fold: {few}`",
            fix=(Edit(path, str(few)),),
        )


def _rows(subject: Subject) -> int | None:
    """The rows that the folds share."""
    parts = subject.facts.parts
    train, validation = parts.get("train"), parts.get("validation")
    return None if train is None or validation is None else train + validation
