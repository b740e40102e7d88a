"""The trainings of a run, each with its curves: the one, or the folds and the one on all rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from specc.report.curves import Panel, panels
from specc.report.histories import History, history, on_all_rows
from specc.report.scores import Table
from specc.report.table import epochs


@dataclass(frozen=True)
class Training:
    """What a section of a page shows; `title` is empty where there is one training."""

    title: str
    history: History
    panels: tuple[Panel, ...]
    epochs: Table | None


def trainings(folder: Path) -> Iterator[Training]:
    """Those that have an epoch to show."""
    logged, last = history(folder), on_all_rows(folder)
    titles = ("The folds", "Once more, on all rows") if last else ("",)
    for title, each in zip(titles, (logged, last), strict=False):
        if each and each.epochs:
            yield Training(title, each, tuple(panels(each)), epochs(each))
