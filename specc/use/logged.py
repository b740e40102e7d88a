"""What a run logged in its epochs, read from its CSV files."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from specc.runs.names import HISTORIES, HISTORY


@dataclass(frozen=True)
class Logged:
    """The epochs counted from 1, and what was logged in each; gaps are not numbers."""

    epochs: tuple[int, ...] = ()
    columns: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    phases: tuple[str, ...] = ()  # of each epoch, where there are phases

    @property
    def validates(self) -> bool:
        return any(name.startswith("val_") for name in self.columns)


def folds(folder: Path) -> list[Logged]:
    """The training on each fold; none of a run without folds."""
    kept = groupby(_rows(folder / HISTORIES), key=lambda row: row.get("fold"))
    return [_training(list(rows)) for _, rows in kept]


def last(folder: Path) -> Logged:
    """The training that led to the model: the only one, or the one on all rows after the folds.

    That has no rows left to validate on; a history that validates is the mean of the folds.
    """
    found = _training(_rows(folder / HISTORY))
    return Logged() if found.validates and _rows(folder / HISTORIES) else found


def _training(rows: Sequence[Mapping[str, str]]) -> Logged:
    names = [name for name in (rows[0] if rows else ()) if name not in ("fold", "epoch", "phase")]
    return Logged(
        tuple(int(row["epoch"]) for row in rows),
        {name: tuple(_number(row.get(name)) for row in rows) for name in names},
        tuple(row["phase"] for row in rows if row.get("phase")),
    )


def _number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return float("nan")


def _rows(file: Path) -> list[dict[str, str]]:
    """The rows of a file; none of one that is not there, and none that was not written whole."""
    if not file.is_file():
        return []
    with file.open(newline="", encoding="utf-8", errors="replace") as stream:
        rows = list(csv.DictReader(stream))
    return [row for row in rows if (row.get("epoch") or "").isdecimal()]
