"""What the templates of a script see: of each part of a program what they print of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from specc.backends import expressions, folds, hoisted, phases, targets
from specc.backends.depth import STACK, deep
from specc.backends.fill import Values
from specc.backends.literals import plain
from specc.backends.numbers import statements
from specc.backends.templates import Printed, macros, printed
from specc.program import DataPlan, InputPlan, Program, Ref, Section, TrainingPlan

Names = dict[str, Any]


def context(program: Program, data: DataPlan, training: TrainingPlan, values: Values) -> Names:
    """All names, in the order in which a script speaks of these things."""
    return {
        "program": program,
        "python": values.mark,
        "ref": lambda name: values.mark(Ref(plain(name))),
        **_of_source(program, data, values),
        **_of_rows(data, training, values),
        **_of_targets(data),
        **_of_preprocessing(data),
        **_of_model(program, data),
        **_of_training(program, data, training),
        **_of_protocol(program, data, training),
        **phases.context(program, data, training),
        **_of_pictures(training, values),
        **_of_main(program, training),
    }


def drawing(sections: Sequence[Section], values: Values) -> list[tuple[Any, Mapping[str, Printed]]]:
    """The macros of each section, and the values that they print."""
    return [(macros(each), printed(each, values)) for each in sections]


def _of_source(program: Program, data: DataPlan, values: Values) -> Names:
    """How rows are read. What a source does not say of itself does not hold for it."""
    source = macros(data.source)
    decodes = bool(getattr(source, "decodes", False))
    joins = data.named and decodes
    return {
        "data": data,
        "source": source,
        "v": {**printed(data.source, values), **_beside(data, values), "ragged": data.ragged},
        "decodes": decodes,
        "caches": decodes and _keeps_images(data),
        "windows": getattr(source, "windows", False),
        "joins": joins,
        "named": (data.named and not joins) or getattr(source, "named", False),
        "masks": data.masks,
        "given": expressions.given(program, data),
        "cuts": [(part, expressions.cut_name(part, share), share) for part, share in data.splits],
        "loaded": expressions.loaded(program, data),
    }


def _beside(data: DataPlan, values: Values) -> dict[str, Printed]:
    """The columns that are neither inputs nor targets."""
    names = ("weight", "group", "time", "time_format")
    return {name: Printed(getattr(data, name), values) for name in names}


def _keeps_images(data: DataPlan) -> bool:
    """Whether decoded images are kept, which takes epochs that look at them."""
    return data.cache != "none" and not data.always_hoisted


def _of_rows(data: DataPlan, training: TrainingPlan, values: Values) -> Names:
    """How rows become batches."""
    shown = bool(training.pictures and training.pictures.rows)
    return {
        "augment": macros(data.augment) if data.augment else None,
        "a": printed(data.augment, values) if data.augment else {},
        "ordered": shown or (expressions.reads_in_order(data) and not data.always_hoisted),
        "blocks": _blocks(data, training),
    }


def _blocks(data: DataPlan, training: TrainingPlan) -> bool:
    """Whether several batches come as one, for a training that goes through them without Python."""
    return bool(
        data.at_once
        and training.steps_per_execution
        and not (training.endless or training.resized or data.weight or data.augment)
    )


def _of_targets(data: DataPlan) -> Names:
    return {
        "encoded": [targets.encoded(each, "y") for each in data.targets],
        "encoded_part": targets.encoded(data.target, "part.y"),
        "mask_target": targets.mask_target(data),
        "record_target": targets.record_target(data),
        "classes_of_part": targets.classes(data.target.given, "part"),
    }


def _of_preprocessing(data: DataPlan) -> Names:
    return {
        "raw_input": expressions.raw_input(data.input),
        "learned": expressions.until_last_learned(data.input),
        "learns": expressions.learns(data),
        "learns_values": expressions.learns_values(data),
        "numbers": list(statements(data.input, "numeric")) if data.table else [],
        "entries": [_entry(data, each) for each in data.inputs] if data.named else [],
        "functions": sorted({step.call.target for step in data.steps if step.function}),
    }


def _entry(data: DataPlan, plan: InputPlan) -> Names:
    """An input of the preprocessing, and what is done to it."""
    gathered = expressions.gathered(data, plan)
    return {
        "name": plan.name,
        "input": expressions.raw_input(plan),
        "learns": any(step.learns for step in plan.preprocess),
        "gathered": gathered,
        "steps": list(statements(plan, "x", batches=not gathered)),
    }


def _of_model(program: Program, data: DataPlan) -> Names:
    return {
        "deep": deep(program.model),
        "stack": STACK,
        "functional": expressions.functional(program.model, scaled=data.scaled),
        "verifies": expressions.verifies(program.model),
        "head_compiled": hoisted.head_compiled(program),
        "saves_whole": hoisted.saves_whole(program),
        "whole": expressions.whole(program, data),
    }


def _of_training(program: Program, data: DataPlan, training: TrainingPlan) -> Names:
    scored = hoisted.in_the_end(data, training)
    return {
        "training": training,
        "fit": expressions.fit(program, data, training),
        "scores_features": scored.hoist is not None,
        "scored": expressions.scored(scored),
        "writes": expressions.writes_files(training),
        "fills": expressions.fills_names(training),
        "folders": expressions.folders(training),
        "balanced": phases.balanced(training),
    }


def _of_protocol(program: Program, data: DataPlan, training: TrainingPlan) -> Names:
    """The folds, and whether a model comes of them in the end."""
    plan = program.folds
    if plan is None:
        return {"plan": None, "final": True, "watching": None}
    return {
        "plan": plan,
        "final": plan.retrain,
        "splitter": folds.splitter(plan),
        "split_by": folds.split_by(data, plan),
        "stratified": folds.stratified(plan),
        "fold_labels": folds.labels(data),
        "fold": folds.fold(data),
        "train_fold": folds.train_fold(training),
        "score_fold": folds.score_fold(data),
        "cross_validated": folds.cross_validated(training),
        "watching": folds.watching(training),
        "validation": expressions.in_order(data, "data.validation"),
    }


def _of_pictures(training: TrainingPlan, values: Values) -> Names:
    pictures = training.pictures
    return {
        "pictures": pictures,
        "drawing": drawing(pictures.sections if pictures else (), values),
    }


def _of_main(program: Program, training: TrainingPlan) -> Names:
    return {
        "parser": expressions.parser(program),
        "trained": expressions.trained(program, training),
    }
