"""The phases of a training as a table: what each trains, how long and how."""

from specc import phase_table
from specc.compiler import Compiled
from specc.phase_table import Row
from specc.report.histories import History
from specc.report.scores import Table


def phases(compiled: Compiled, history: History) -> Table | None:
    """With the epochs that they took; None where there are none, or the spec has errors."""
    if not compiled.report.ok or not compiled.spec.train.phases:
        return None
    head = ("phase", "inside models", "optimizer", "rate", "epochs", "trained", "frozen")
    table = phase_table.rows(compiled)
    rows = tuple(
        (
            row.name,
            "; ".join((*row.bases, *phase_table.differing(row, table))),
            row.optimizer,
            row.shown_rate,
            _epochs(row, history),
            f"{row.trained:,}",
            f"{row.frozen:,}",
        )
        for row in table
    )
    return Table("Phases of the training, and the weights that each trains", head, rows, 3)


def _epochs(row: Row, history: History) -> str:
    """Those that a phase took, and of how many if it stopped before; of folds what was planned."""
    if not history.phases or row.first is None or row.last is None:
        return f"{row.first or '?'} to {row.last or '?'}"
    planned = row.last - row.first + 1
    pairs = zip(history.phases, history.epochs, strict=False)
    taken = [epoch for name, epoch in pairs if name == row.name]
    said = f"{taken[0]} to {taken[-1]}" if taken else "none"
    return said if len(taken) == planned else f"{said}, of {planned}"
