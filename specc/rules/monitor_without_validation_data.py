"""T603: a callback that watches the validation part, and there is none."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.amounts import has_validation
from specc.rules.base import Finding, rule
from specc.rules.history import VALIDATION, history, monitors
from specc.rules.writing import dropped
from specc.subject import Subject


@rule(
    "T603",
    "monitor without validation data",
    "error",
    source="Keras 3.15 (measured); notes K1 §1.2",
    covers=("met.monitor_unavailable",),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
          split: none
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: rmsprop
          loss: sparse_categorical_crossentropy
          epochs: 20
          callbacks:
            - EarlyStopping: {monitor: val_loss, patience: 3}  # ! T603
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
          split: {validation: 0.2}
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: rmsprop
          loss: sparse_categorical_crossentropy
          epochs: 20
          callbacks:
            - EarlyStopping: {monitor: val_loss, patience: 3}
        """,
)
def monitor_without_validation_data(subject: Subject) -> Iterator[Finding]:
    """Without validation data nothing is logged under a name that starts with `val_`. Early
    stopping then never stops, and a checkpoint of the best model is never written. Watching
    `loss` instead is no way out: on the rows that it trains on, a network nearly always gets
    better, also when it only learns them by heart.
    """
    columns = history(subject)
    if columns is None or has_validation(subject) is not False:
        return
    split = subject.get(("data", "split"))
    for monitor, column, path in monitors(subject):
        acts = getattr(monitor, "save_best_only", True)
        if acts and column.startswith(VALIDATION) and columns.has(column):
            yield Finding(
                f"`{type(monitor).__name__}` watches `{column}`, and there are no validation data",
                subject.at(path, "monitor"),
                help="leave `split: none` out: a fifth of the training part is then held out",
                notes=(Note("nothing is held out", ("data", "split")),),
                fix=dropped(subject, ("data", "split")) if split == "none" else (),
            )
