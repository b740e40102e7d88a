"""The columns of a training's history, which callbacks watch and file names quote."""

from collections.abc import Mapping
from typing import NamedTuple

from specc.source import Path
from specc.subject import Subject
from specc.training.base import Callback, Metric, Monitor, logged_names

VALIDATION = "val_"
RATE = "learning_rate"


class History(NamedTuple):
    """What is logged after each epoch: column -> the way to better values, None where Keras
    knows none. Each has a twin for the validation part, if there is one."""

    directions: Mapping[str, str | None]
    changing_rate: bool

    def has(self, column: str) -> bool:
        """Whether there is such a column once there are validation data."""
        plain = column.removeprefix(VALIDATION)
        return plain in self.directions or (column == RATE and self.changing_rate)

    def names(self, validation: bool | None) -> tuple[str, ...]:
        """All columns; those of the validation part too unless there is none."""
        plain = tuple(self.directions)
        twins = () if validation is False else tuple(VALIDATION + name for name in plain)
        return plain + twins


def history(subject: Subject) -> History | None:
    """The columns; None when a metric could not be read."""
    whole = subject.entire
    place = ("train", "metrics")
    views = whole.views()
    unread = any(kind is None for view in views for kind in view.spec.train.metrics)
    if unread or any(path[:2] == place for path in whole.broken):
        return None
    columns: dict[str, str | None] = {"loss": "min"}
    for view in views:
        prefix = f"{view.output}_" if len(views) > 1 else ""
        trained = {f"{prefix}loss": "min"} if view.loss is not None else {}
        columns |= _columns(view, prefix) | trained  # also where a metric takes its name
    callbacks = whole.spec.train.callbacks
    return History(columns, any(isinstance(k, Callback) and k.changes_rate for k in callbacks))


def _columns(view: Subject, prefix: str) -> dict[str, str | None]:
    """Those of the metrics of one output, which Keras puts its name in front of."""
    metrics = [kind for kind in view.spec.train.metrics if isinstance(kind, Metric)]
    names = (prefix + name for name in logged_names(metrics))
    return dict(zip(names, (kind.direction for kind in metrics), strict=True))


def monitors(subject: Subject) -> tuple[tuple[Monitor, str, Path], ...]:
    """Each callback that watches a column: itself, the column, where it is written."""
    return tuple(
        (kind, kind.watches, path)
        for kind, path in subject.callbacks
        if isinstance(kind, Monitor) and kind.watches is not None
    )
