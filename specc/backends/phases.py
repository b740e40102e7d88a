"""Expressions of a script that trains in phases."""

from typing import Any

from specc.backends.expressions import fills_names, fit, folders
from specc.backends.hoisted import in_phase
from specc.program import (
    Call,
    DataPlan,
    Frozen,
    PhasePlan,
    Program,
    Ref,
    Table,
    TrainingPlan,
    Value,
)


def context(program: Program, data: DataPlan, training: TrainingPlan) -> dict[str, Any]:
    """What the templates see of the phases."""
    plans = training.phases
    functions = tuple(Ref(plan.function) for plan in plans)
    return {
        "lengths": Table(tuple((plan.name, plan.training.epochs) for plan in plans)),
        "steps_per_epoch": _steps(training),
        "batch_sizes": _batch_sizes(training),
        "names_and_functions": Call("zip", (Ref("PHASES"), functions)),
        "chooses": data.augment is not None and not all(plan.augments for plan in plans),
        "phases": [_phase(program, data, plan) for plan in plans],
    }


def _steps(training: TrainingPlan) -> Value:
    """The steps of an epoch, or a table of those of the phases that say it."""
    named = zip((plan.name for plan in training.phases), training.lengths, strict=False)
    said = tuple((name, steps) for name, steps in named if steps)
    return Table(said) if training.uneven else training.steps_per_epoch


def _batch_sizes(training: TrainingPlan) -> Table:
    """Those of the phases that have batches of another size than the data."""
    sizes = ((plan.name, plan.training.batch_size) for plan in training.phases)
    return Table(tuple((name, size) for name, size in sizes if size))


def balanced(training: TrainingPlan) -> bool:
    """Whether class weights follow from the classes of the training part."""
    plans = [phase.training for phase in training.phases] or [training]
    return any(plan.class_weight == "balanced" for plan in plans)


def _phase(program: Program, data: DataPlan, plan: PhasePlan) -> dict[str, Any]:
    own = in_phase(data, plan)
    what = f"{plan.trained:,} of {plan.total:,} weights are trained"
    plain = data.augment is not None and not plan.augments
    seen = ", on features" if own.hoist else ", without augmentation" if plain else ""
    return {
        "plan": plan,
        "document": f"Phase {plan.name}: {what}{seen}.",
        "data": own,
        "fit": fit(program, own, plan.training),
        "folders": folders(plan.training),
        "fills": fills_names(plan.training),
        "ranges": [_ranges(each) for each in plan.frozen],
    }


def _ranges(frozen: Frozen) -> Value:
    """The places of frozen layers, as ranges side by side."""
    return tuple(Call("*range", run) for run in frozen.places)
