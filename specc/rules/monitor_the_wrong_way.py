"""T622: a callback that takes worse values for better ones."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.rules.base import Finding, rule
from specc.rules.history import VALIDATION, history, monitors
from specc.subject import Subject


@rule(
    "T622",
    "monitor that looks the wrong way",
    "error",
    source="Keras 3.15 (measured)",
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
            - EarlyStopping: {monitor: val_accuracy, mode: min, patience: 3}  # ! T622
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
            - EarlyStopping: {monitor: val_accuracy, mode: max, patience: 3}
        """,
)
def monitor_the_wrong_way(subject: Subject) -> Iterator[Finding]:
    """`mode` says which values are better: `min` for a loss or an error, `max` for an accuracy.
    The wrong way round, the first epoch counts as the best one: training stops, or the worst
    weights are kept. Measured on digits: with `min` it ends after 2 epochs at 0.85, and would
    have gone on to 0.96. `auto` knows the direction, save for a few metrics that have none.
    """
    columns = history(subject)
    for monitor, column, path in monitors(subject) if columns else ():
        name = column.removeprefix(VALIDATION)
        if columns is None or name not in columns.directions:
            continue
        better, mode = columns.directions[name], getattr(monitor, "mode", None)
        at = subject.at(path, "mode")
        if better is None and mode == "auto":
            message = f"Keras does not know whether `{column}` should go up or down"
            yield Finding(message, at, help="add `mode: min` or `mode: max`")
        elif better is not None and mode in ("min", "max") and mode != better:
            yield Finding(
                f"`mode: {mode}` takes a worse `{column}` for a better one",
                at,
                label=f"expected `{better}`",
                help=f"write `mode: {better}`, or leave it out",
                fix=(Edit(at, better),),
            )
