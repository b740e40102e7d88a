"""The epochs of a run as a table, for those who want the numbers behind the curves."""

from math import isnan

from specc.report.histories import RATE, History
from specc.report.scores import Table
from specc.runs.progress import number

MOST = 120  # rows; a longer history is shown in steps


def epochs(history: History, of: str = "") -> Table | None:
    """The history `of` something, in steps where it is long; None without one."""
    last = len(history.epochs)
    if not last:
        return None
    step = -(-last // MOST)
    places = sorted({*range(0, last, step), last - 1})
    phases = history.phases if len(history.phases) == last else ()
    head = ("epoch", *(["phase"] if phases else []), *history.columns)
    rows = tuple(
        (
            str(history.epochs[place]),
            *([phases[place]] if phases else []),
            *(_shown(name, column[place]) for name, column in history.columns.items()),
        )
        for place in places
    )
    said = "Every epoch" if step == 1 else f"Each {step}th epoch and the last"
    if history.folds:
        of = f", the mean of {history.folds} folds"
    return Table(said + of, head, rows, 2 if phases else 1)


def _shown(name: str, value: float) -> str:
    """A number; a phase may not say its learning rate, which is not a number gone wrong."""
    return "–" if name == RATE and isnan(value) else number(value)
