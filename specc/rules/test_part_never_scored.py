"""D579: rows that are held back for nothing."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.rules.base import Finding, rule
from specc.shares import Split
from specc.subject import Subject


@rule(
    "D579",
    "test part never scored",
    "hint",
    source="notes K1 §1.2 (after tuning: train on everything but the test set, score once)",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: wine}
          batch_size: 8
          preprocess: [Normalization]
          split: {test: 0.2}  # ! D579
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 50}
        evaluate: {k_fold: 5}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: wine}
          batch_size: 8
          preprocess: [Normalization]
          split: {test: 0.2}
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 50}
        evaluate: {k_fold: 5, retrain: true}
        """,
)
def test_part_never_scored(subject: Subject) -> Iterator[Finding]:
    """Folds say how well such a model does, and leave no model: each one saw a part of the rows.
    Without a last training there is nothing to score on the test part, whose rows are lost to
    the folds.
    """
    evaluate, data = subject.spec.evaluate, subject.spec.data
    if evaluate is None or evaluate.k_fold is None or evaluate.retrain or data is None:
        return
    if isinstance(data.split, Split) and data.split.test and "test" not in subject.facts.given:
        help = "add `retrain: true` to `evaluate`, or leave `test` out"
        message = "no model comes of folds alone, so the test part is never scored"
        fix = (Edit(("evaluate",), "retrain: true", how="add"),)
        yield Finding(message, ("data", "split", "test"), help=help, fix=fix)
