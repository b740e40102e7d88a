"""T602: a callback that watches a column which the history does not have."""

from collections.abc import Iterator

from specc.diagnostics import Edit, Note
from specc.old_words import OLD_VALUES
from specc.rules.amounts import has_validation
from specc.rules.base import Finding, rule
from specc.rules.history import History, history, monitors
from specc.subject import Subject
from specc.wording import listing
from specc.words import nearest


@rule(
    "T602",
    "monitored name not produced",
    "error",
    source="Keras 3.15 (measured), keras#17029; peers' threads on `val_acc`",
    covers=("met.monitor_unavailable",),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: rmsprop
          loss: sparse_categorical_crossentropy
          metrics: [accuracy]
          epochs: 20
          callbacks:
            - EarlyStopping: {monitor: val_acc, patience: 3}  # ! T602
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: rmsprop
          loss: sparse_categorical_crossentropy
          metrics: [accuracy]
          epochs: 20
          callbacks:
            - EarlyStopping: {monitor: val_accuracy, patience: 3}
        """,
)
def monitored_name_not_produced(subject: Subject) -> Iterator[Finding]:
    """The history has a column for the loss and for each metric, and `val_` in front of the name
    for the validation part. A callback that watches another name never acts: with
    `mode: auto` Keras ends the run with an error, with another mode it warns after each epoch,
    and training goes on to the last one. `acc` is what Keras 1 and 2 called `accuracy`.
    """
    columns = history(subject)
    if columns is None:
        return
    for _, column, path in monitors(subject):
        if not columns.has(column):
            yield _finding(subject, columns, column, subject.at(path, "monitor"))


def _finding(
    subject: Subject, columns: History, column: str, path: tuple[str | int, ...]
) -> Finding:
    names = columns.names(has_validation(subject))
    metrics = ("train", "metrics")
    old = OLD_VALUES.get(column)
    meant = old if old in names else nearest(column.replace("validation_", "val_"), names)
    written = subject.get(path) == column
    return Finding(
        f"nothing is logged as `{column}`",
        path,
        help=_help(column, old, meant, names),
        notes=(Note("metrics are listed here", metrics, on_key=True),)
        if subject.get(metrics) and not meant
        else (),
        fix=(Edit(path, meant, safe=True),) if meant and written else (),
    )


def _help(column: str, old: str | None, meant: str | None, names: tuple[str, ...]) -> str:
    if old is not None and meant == old:
        return f"write `{old}`: `{column}` is a word of old Keras versions"
    if old is not None:
        return f"`{column}` is `{old}` today; add it to `metrics`"
    return f"did you mean `{meant}`?" if meant else f"logged are {listing(names)}"
