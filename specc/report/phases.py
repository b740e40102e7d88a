"""The phases of a training as a table: what each trains, how long and how."""

from specc import phase_table
from specc.compiler import Compiled
from specc.report.scores import Table


def phases(compiled: Compiled) -> Table | None:
    """None where there are no phases, or the spec has errors."""
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
            f"{row.first or '?'} to {row.last or '?'}",
            f"{row.trained:,}",
            f"{row.frozen:,}",
        )
        for row in table
    )
    return Table("Phases of the training, and the weights that each trains", head, rows, 3)
