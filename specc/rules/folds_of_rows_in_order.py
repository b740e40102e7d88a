"""D577: folds of rows that are read in turn, or that stand in the order of time."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D577",
    "folds of rows in order",
    "error",
    source="language: sources",
    bad="""
        specc: 1
        data:
          tfrecord:
            train: train-*.tfrecord
            features: {x: {shape: [4], dtype: float32}, y: {shape: [], dtype: int64}}
            x: x
            y: y
        model: [{Dense: {units: 1}}]
        train: {optimizer: rmsprop, loss: mse, epochs: 50}
        evaluate: {k_fold: 5}  # ! D577
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
def folds_of_rows_in_order(subject: Subject) -> Iterator[Finding]:
    """Records are read one after the other, file by file. To share them out over folds, or to cut
    off the last of them, each row must be reached by its number. Windows of a time series can
    be, but a fold in the middle would be predicted by a model that has seen what came later.
    """
    evaluate, data = subject.spec.evaluate, subject.spec.data
    if evaluate is None or data is None or data.source is None:
        return
    word = data.source.word
    option = "k_fold" if evaluate.k_fold else "time_holdout"
    if data.source.streams:
        message = f"`{word}` reads records in turn, which cannot be shared out so"
        help = "give the validation part files of its own"
        yield Finding(message, ("evaluate", option), on_key=True, help=help)
    elif data.source.in_time and evaluate.k_fold:
        message = f"folds of `{word}` are trained on what comes after the rows that they predict"
        help = "write `time_holdout: 0.2`"
        yield Finding(message, ("evaluate", "k_fold"), on_key=True, help=help)
    elif evaluate.k_fold and ("data", "split", "time") in data.beside:
        message = "folds are trained on what comes after the rows that they predict"
        help = "write `time_holdout: 0.2`, or leave `time` out of `split`"
        yield Finding(message, ("evaluate", "k_fold"), on_key=True, help=help)
