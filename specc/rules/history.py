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
    train = subject.spec.train
    place = ("train", "metrics")
    if any(kind is None for kind in train.metrics) or any(
        path[:2] == place for path in subject.broken
    ):
        return None
    metrics = [kind for kind in train.metrics if isinstance(kind, Metric)]
    named = zip(logged_names(metrics), (kind.direction for kind in metrics), strict=True)
    changing = any(isinstance(k, Callback) and k.changes_rate for k in train.callbacks)
    loss = {"loss": "min"}  # also where a metric takes its name
    return History(loss | dict(named) | loss, changing)


def monitors(subject: Subject) -> tuple[tuple[Monitor, str, Path], ...]:
    """Each callback that watches a column: itself, the column, where it is written."""
    return tuple(
        (kind, kind.watches, path)
        for kind, path in subject.callbacks
        if isinstance(kind, Monitor) and kind.watches is not None
    )
