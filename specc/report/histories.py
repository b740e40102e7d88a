"""What a run logged in its epochs, read from its CSV files: a series for each quantity."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import isfinite, nan
from pathlib import Path
from statistics import fmean, pstdev

from specc.runs.names import HISTORIES, HISTORY

RATE = "learning_rate"


@dataclass(frozen=True)
class History:
    """The epochs counted from 1, and what was logged in each; gaps are not numbers."""

    epochs: tuple[int, ...] = ()
    columns: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    spread: Mapping[str, tuple[float, ...]] = field(default_factory=dict)  # over the folds
    phases: tuple[str, ...] = ()  # of each epoch, where there are phases
    folds: int = 0  # of how many it is the mean

    @property
    def quantities(self) -> list[str]:
        """What is shown of it: the loss first, a learning rate only where it changes."""
        names = [name for name in self.columns if not name.startswith("val_")]
        rates = {value for value in self.columns.get(RATE, ()) if isfinite(value)}
        shown = [name for name in names if name != RATE or len(rates) > 1]
        return sorted(shown, key=lambda name: (name == RATE, name != "loss"))

    @property
    def validates(self) -> bool:
        return any(name.startswith("val_") for name in self.columns)

    @property
    def starts(self) -> list[tuple[int, str]]:
        """The epoch in which each phase begins, and its name."""
        pairs = zip(self.phases, self.epochs, strict=False)
        return [(next(of)[1], name) for name, of in groupby(pairs, key=lambda pair: pair[0])]

    def best(self) -> tuple[int, float] | None:
        """The epoch with the lowest validation loss, and that loss."""
        pairs = zip(self.columns.get("val_loss", ()), self.epochs, strict=False)
        value, epoch = min((pair for pair in pairs if isfinite(pair[0])), default=(nan, 0))
        return (epoch, value) if epoch else None


def history(folder: Path) -> History:
    """The mean of the folds where there are some, else the history of the one training."""
    return _mean(list(_folds(folder / HISTORIES))) or _one(_rows(folder / HISTORY))


def on_all_rows(folder: Path) -> History | None:
    """The training that follows those on folds, which has no rows left to validate on."""
    last = _one(_rows(folder / HISTORY))
    return last if _rows(folder / HISTORIES) and last.epochs and not last.validates else None


def _one(rows: Sequence[Mapping[str, str]]) -> History:
    names = [name for name in (rows[0] if rows else ()) if name not in ("epoch", "phase")]
    return History(
        tuple(int(row["epoch"]) for row in rows),
        {name: tuple(_number(row.get(name)) for row in rows) for name in names},
        phases=tuple(row["phase"] for row in rows if row.get("phase")),
    )


def _folds(file: Path) -> Iterator[History]:
    for _, rows in groupby(_rows(file), key=lambda row: row.get("fold")):
        yield _one([{name: row[name] for name in row if name != "fold"} for row in rows])


def _mean(folds: Sequence[History]) -> History | None:
    """The mean and the deviation in each epoch that all folds reached."""
    if not folds:
        return None
    epochs = min((each.epochs for each in folds), key=len)
    names = [name for name in folds[0].columns if all(name in each.columns for each in folds)]
    values = {
        name: [*zip(*(each.columns[name][: len(epochs)] for each in folds), strict=True)]
        for name in names
    }
    return History(
        epochs,
        {name: tuple(map(fmean, each)) for name, each in values.items()},
        {name: tuple(map(_deviation, each)) for name, each in values.items()},
        folds=len(folds),
    )


def _deviation(values: Sequence[float]) -> float:
    return pstdev(values) if all(map(isfinite, values)) else nan


def _number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return nan


def _rows(file: Path) -> list[dict[str, str]]:
    """The rows of a file; none of one that is not there, and none that was not written whole."""
    if not file.is_file():
        return []
    with file.open(newline="", encoding="utf-8", errors="replace") as stream:
        rows = list(csv.DictReader(stream))
    return [row for row in rows if (row.get("epoch") or "").isdecimal()]
