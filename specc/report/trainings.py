"""The trainings of a run as curves and numbers: the one, or the folds and the one on all rows."""

from dataclasses import dataclass
from pathlib import Path

from specc.report.curves import ON_ALL_ROWS, Panel, panels
from specc.report.histories import History, history, on_all_rows
from specc.report.scores import Table
from specc.report.table import epochs


@dataclass(frozen=True)
class Trainings:
    """What a section of a page shows; `last` is the name of the training after the folds."""

    history: History
    last: str
    panels: tuple[Panel, ...]
    numbers: tuple[Table, ...]


def trainings(folder: Path) -> Trainings | None:
    """None where no epoch is to be shown."""
    logged, last = history(folder), on_all_rows(folder)
    tables = (epochs(logged), epochs(last, f" of the {ON_ALL_ROWS}") if last else None)
    numbers = tuple(table for table in tables if table)
    if not numbers:
        return None
    return Trainings(logged, ON_ALL_ROWS if last else "", tuple(panels(logged, last)), numbers)
