"""D578: a part by time of rows that have no order in time."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject

UNORDERED = ("dataset", "images")


@rule(
    "D578",
    "last rows that are not the latest",
    "warning",
    source="notes K1 §1.2 (temporal leak)",
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
        evaluate: {time_holdout: 0.2}  # ! D578
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
def last_rows_that_are_not_the_latest(subject: Subject) -> Iterator[Finding]:
    """`time_holdout` validates on the last rows, as one who predicts the future is judged. The rows
    of these data are in no order of time: the last ones are any rows, or where the rows are
    sorted all of one class.
    """
    evaluate, data = subject.spec.evaluate, subject.spec.data
    if evaluate is None or evaluate.time_holdout is None or data is None or evaluate.k_fold:
        return
    if ("data", "split", "time") in data.beside:
        return
    if data.source is None or data.source.word not in UNORDERED:
        return
    yield Finding(
        f"the rows of `{data.source.word}` are not ordered in time",
        ("evaluate", "time_holdout"),
        help="leave `evaluate` out: a random fifth is held out then",
    )
