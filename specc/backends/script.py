"""Prints a program: the standalone training script, laid out by the templates."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from specc.backends import expressions, folds, hoisted, phases
from specc.backends.depth import STACK, deep
from specc.backends.fill import Values
from specc.backends.imports import import_block
from specc.backends.literals import comment, docstring, plain, sentence
from specc.backends.numbers import Statement, statements
from specc.program import DataPlan, InputPlan, Program, Ref, Section, TrainingPlan, Value

if TYPE_CHECKING:
    from jinja2 import Environment

PAGE, FUNCTIONS = "script.py.jinja", "functions.py.jinja"
IMPORTS = "\0imports\0"


def emit(program: Program) -> str:
    """The script of a program; ValueError when there is nothing to train on.

    Equal programs give equal texts, on every machine.
    """
    if program.data is None or program.training is None:
        raise ValueError("a program without data and epochs has no script")
    values = Values()
    source = _macros(program.data.source)
    context = _context(program, program.data, program.training, values)
    text = values.fill(_environment().get_template(PAGE).render(context))
    head, body = text.split(IMPORTS)
    imports = values.fill(source.imports(context["v"])).splitlines()
    imports += [f"import {module}" for module in program.model.modules]
    return head + import_block(body, imports) + body


def emit_functions(sections: Sequence[Section]) -> str:
    """The functions of these sections as a module of their own."""
    values = Values()
    drawing = [(_macros(each), _printed(each, values)) for each in sections]
    page = _environment().get_template(FUNCTIONS).render(imports=IMPORTS, drawing=drawing)
    head, body = values.fill(page).split(IMPORTS)
    return head + import_block(body, ()) + body


class _Printed:
    """A value in a template, which prints as source and is true or false as the value is."""

    def __init__(self, value: Value, values: Values) -> None:
        self._value, self._values = value, values

    def __str__(self) -> str:
        return self._values.mark(self._value)

    def __bool__(self) -> bool:
        return bool(self._value)


def _context(
    program: Program, data: DataPlan, training: TrainingPlan, values: Values
) -> dict[str, Any]:
    """What the templates see."""
    source, pictures = _macros(data.source), training.pictures
    joins = data.named and getattr(source, "decodes", False)
    return {
        "program": program,
        "deep": deep(program.model),
        "stack": STACK,
        "functional": expressions.functional(program.model, scaled=data.scaled),
        "data": data,
        "training": training,
        "imports": IMPORTS,
        "python": values.mark,
        "ref": lambda name: values.mark(Ref(plain(name))),
        "source": source,
        "decodes": getattr(source, "decodes", False),
        "given": expressions.given(program, data),
        "windows": getattr(source, "windows", False),
        "masks": data.masks,
        "mask_target": expressions.mask_target(data),
        "caches": getattr(source, "decodes", False) and _keeps_images(data),
        "v": _printed(data.source, values) | _beside(data, values) | {"ragged": data.ragged},
        "augment": _macros(data.augment) if data.augment else None,
        "a": _printed(data.augment, values) if data.augment else {},
        "cuts": [(part, expressions.cut_name(part, share), share) for part, share in data.splits],
        "pictures": pictures,
        "drawing": [
            (_macros(each), _printed(each, values))
            for each in (pictures.sections if pictures else ())
        ],
        "learned": expressions.until_last_learned(data.input),
        "learns": expressions.learns(data),
        "named": (data.named and not joins) or getattr(source, "named", False),
        "joins": joins,
        "learns_values": expressions.learns_values(data),
        "numbers": list(statements(data.input, "numeric")) if data.table else [],
        "entries": [_entry(each) for each in data.inputs],
        "functions": sorted({step.call.target for step in data.steps if step.function}),
        "ordered": expressions.reads_in_order(data) or bool(pictures and pictures.rows),
        "raw_input": expressions.raw_input(data.input),
        "encoded": [expressions.encoded(each, "y") for each in data.targets],
        "encoded_part": expressions.encoded(data.target, "part.y"),
        "record_target": expressions.record_target(data),
        "classes_of_part": expressions.classes(data.target.given, "part"),
        "loaded": expressions.loaded(program, data),
        "blocks": _blocks(data, training),
        "head_compiled": hoisted.head_compiled(program),
        "fit": expressions.fit(program, data, training),
        "scores_features": hoisted.in_the_end(data, training).hoist is not None,
        "scored": expressions.scored(hoisted.in_the_end(data, training)),
        "trained": expressions.trained(program, training),
        "whole": expressions.whole(program, data),
        "writes": expressions.writes_files(training),
        "fills": expressions.fills_names(training),
        "folders": expressions.folders(training),
        "balanced": phases.balanced(training),
        "parser": expressions.parser(program),
        **_protocol(program, data, training),
        "verifies": expressions.verifies(program.model),
        **phases.context(program, data, training),
    }


def _keeps_images(data: DataPlan) -> bool:
    """Whether decoded images are kept, which takes epochs that look at them."""
    return data.cache != "none" and not (data.hoist and data.hoist.always)


def _beside(data: DataPlan, values: Values) -> dict[str, _Printed]:
    """The columns that are neither inputs nor targets."""
    names = ("weight", "group", "time", "time_format")
    return {name: _Printed(getattr(data, name), values) for name in names}


def _entry(plan: InputPlan) -> tuple[Value, list[Statement], bool]:
    """An input of the preprocessing, what is done to it, and whether any of that is learned."""
    learns = any(step.learns for step in plan.preprocess)
    return expressions.raw_input(plan), list(statements(plan, "x", batches=True)), learns


def _blocks(data: DataPlan, training: TrainingPlan) -> bool:
    """Whether several batches come as one, for a training that goes through them without Python."""
    return bool(
        data.at_once
        and training.steps_per_execution
        and not (training.steps_per_epoch or data.weight or data.augment)
    )


def _protocol(program: Program, data: DataPlan, training: TrainingPlan) -> dict[str, Any]:
    """What the templates see of the folds, and whether a model comes of them in the end."""
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
        "watching": folds.watching(program, training),
        "validation": expressions.in_order(data, "data.validation"),
    }


def _printed(section: Section, values: Values) -> dict[str, _Printed]:
    return {name: _Printed(value, values) for name, value in section.values}


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from specc.locations import TEMPLATES

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters |= {
        "docstring": docstring,
        "sentence": sentence,
        "comment": comment,
        "section": lambda text: text.strip("\n"),
        "note": lambda text: f"  # {comment(text)}" if text else "",
    }
    return environment


def _macros(section: Section) -> Any:
    """The macros of a section's template."""
    return _environment().get_template(section.template).module
