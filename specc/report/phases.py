"""The phases of a training as a table: what each trains, how long and how."""

from specc.compiler import Compiled
from specc.program import Call, PhasePlan, Value
from specc.report.scores import Table


def phases(compiled: Compiled) -> Table | None:
    """None where there are no phases, or no program."""
    training = compiled.program.training if compiled.report.ok else None
    if training is None or not training.phases:
        return None
    head = ("phase", "layers", "optimizer", "epochs", "trained", "frozen")
    rows = tuple(_row(plan) for plan in training.phases)
    return Table("Phases of the training, with the weights that each trains", head, rows, 3)


def _row(plan: PhasePlan) -> tuple[str, ...]:
    states = (
        f"{each.layer}: {each.said or ('all' if each.trainable else 'frozen')}"
        for each in plan.frozen
    )
    return (
        plan.name,
        ", ".join(states),
        _said(dict(plan.compile.options)["optimizer"]),
        f"{plan.training.epochs:,}",
        f"{plan.trained:,}",
        f"{plan.total - plan.trained:,}",
    )


def _said(value: Value) -> str:
    """A call as it stands in the script, without the module."""
    if not isinstance(value, Call):
        return str(value)
    options = [*map(_said, value.args), *(f"{name}={_said(each)}" for name, each in value.options)]
    return f"{value.target.rpartition('.')[2]}({', '.join(options)})"
