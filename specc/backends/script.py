"""Prints a program: the standalone training script, laid out by the templates."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from specc.backends.imports import import_block
from specc.backends.layout import Values, comment, docstring
from specc.program import (
    Call,
    DataPlan,
    Items,
    Program,
    Ref,
    Section,
    Table,
    TrainingPlan,
    Under,
    Value,
)

if TYPE_CHECKING:
    from jinja2 import Environment

PAGE = "script.py.jinja"
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
    return head + import_block(body, imports) + body


def writes_files(training: TrainingPlan) -> bool:
    """Whether callbacks write files, so that the script's `train` takes `output`."""
    return any(_holds_path(callback) for callback in training.callbacks)


def _holds_path(call: Call) -> bool:
    values = (*call.args, *(value for _, value in call.options))
    return any(isinstance(value, Under) for value in values)


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
    source = _macros(data.source)
    return {
        "program": program,
        "data": data,
        "training": training,
        "imports": IMPORTS,
        "python": values.mark,
        "ref": lambda name: values.mark(Ref(name)),
        "source": source,
        "decodes": getattr(source, "decodes", False),
        "v": _printed(data.source, values),
        "cuts": [(part, _cut_name(part, share), share) for part, share in data.splits],
        "pictures": [(_macros(each), _printed(each, values)) for each in training.pictures],
        "learned": _until_last_learned(data),
        "ordered": len(data.parts) > 1 or any(step.learns for step in data.preprocess),
        "raw_input": raw_input(data),
        "encoded": _encoded(data),
        "classes_of_part": _classes(data.given, "part"),
        "loaded": _loaded(data),
        "fit": _fit(data, training),
        "scored": _scored(data),
        "trained": _trained(training),
        "whole": _whole(program, data),
        "writes": writes_files(training),
        "balanced": training.class_weight == "balanced",
        "title": f"Train {program.name}.",
    }


def _printed(section: Section, values: Values) -> dict[str, _Printed]:
    return {name: _Printed(value, values) for name, value in section.values}


# Expressions that stand in the fixed part of a script. They are values like those of the
# program, so that the printer lays them out.


def raw_input(data: DataPlan) -> Call:
    """What the preprocessing takes: a row as the source delivers it."""
    named = () if data.dtype == "float32" else (("dtype", data.dtype),)
    return Call("keras.Input", (data.input,), named)


def _until_last_learned(data: DataPlan) -> tuple[Any, ...]:
    """The preprocessing up to the last step that learns from the data."""
    learning = [place for place, step in enumerate(data.preprocess, 1) if step.learns]
    return data.preprocess[: max(learning, default=0)]


def _cut_name(part: str, share: float | int) -> str:
    return f"{part.upper()}_{'ROWS' if isinstance(share, int) else 'SHARE'}"


def _encoded(data: DataPlan) -> Value:
    match data.labels:
        case "integer":
            return Call("part.y.astype", ("int32",))
        case "one_hot":
            return Call("keras.utils.to_categorical", (Ref("part.y"), data.classes))
        case "column":
            return Call("np.expand_dims", (Call("part.y.astype", ("float32",)), -1))
        case "own":
            return Call("part.y.astype", ("float32",))
    raise ValueError(f"{data.labels!a} is no form of labels")


def _classes(given: str, part: str) -> Value:
    """The class of each row of a part whose labels are integers or one-hot."""
    if given == "one_hot":
        return Call(f"{part}.y.argmax", (), (("axis", 1),))
    return Ref(f"{part}.y")


def _loaded(data: DataPlan) -> Call:
    parts = [Call("encode", (Ref(part),)) for part in data.parts]
    if not data.preprocess:
        return Call("Data", tuple(parts))
    learned = (Ref("train"),) if _until_last_learned(data) else ()
    return Call("Data", (*parts, Call("build_preprocessing", learned)))


def _prepared(data: DataPlan, batches: Call) -> Call:
    more = (Ref("data.preprocessing"),) if data.preprocess else ()
    return Call("prepared", (batches, *more))


def _in_order(data: DataPlan, part: str) -> Call:
    return _prepared(data, Call("in_order", (Ref(f"data.{part}"),)))


def _fit(data: DataPlan, training: TrainingPlan) -> Call:
    return Call("model.fit", (_training_batches(data, training),), tuple(_options(data, training)))


def _training_batches(data: DataPlan, training: TrainingPlan) -> Call:
    until = () if training.steps_per_epoch else (Ref("epochs"),)
    return _prepared(data, Call("shuffled", (Ref("data.train"), Ref("initial_epoch"), *until)))


def _options(data: DataPlan, training: TrainingPlan) -> Iterator[tuple[str, Value]]:
    """What `fit` is told. `shuffle` stays off: the batches come in the right order."""
    yield "steps_per_epoch", Ref("STEPS_PER_EPOCH" if training.steps_per_epoch else "steps")
    yield "epochs", Ref("epochs")
    yield "initial_epoch", Ref("initial_epoch")
    yield "shuffle", False
    if "validation" in data.parts:
        yield "validation_data", _in_order(data, "validation")
    if training.class_weight is not None:
        yield "class_weight", _class_weight(data, training)
    own = training.callbacks
    yield "callbacks", Items((*own, Ref("*callbacks"))) if own else Ref("callbacks")
    yield "verbose", Ref("verbose")


def _class_weight(data: DataPlan, training: TrainingPlan) -> Value:
    if isinstance(training.class_weight, Table):
        return training.class_weight
    if training.class_weight != "balanced":
        raise ValueError("class weights are a table, or balanced")
    one_hot = data.labels == "one_hot" or data.given == "one_hot"
    return Call("balanced", (_classes("one_hot" if one_hot else "", "data.train"),))


def _scored(data: DataPlan) -> Call:
    options: tuple[tuple[str, Value], ...] = (("return_dict", True), ("verbose", 0))
    return Call("model.evaluate", (_in_order(data, "test"),), options)


def _trained(training: TrainingPlan) -> Call:
    output = (("output", Ref("output")),) if writes_files(training) else ()
    options = (("epochs", Ref("arguments.epochs")), *output)
    return Call("train", (Ref("data"), Ref("model")), options)


def _whole(program: Program, data: DataPlan) -> Call:
    """Preprocessing and network as one model."""
    steps = (Ref("*data.preprocessing.layers"), Ref("*model.layers"))
    layers = Items((raw_input(data), *steps))
    return Call("keras.Sequential", (layers,), (("name", program.model.name),))


# Templates


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
        "comment": comment,
        "section": lambda text: text.strip("\n"),
        "note": lambda text: f"  # {comment(text)}" if text else "",
    }
    return environment


def _macros(section: Section) -> Any:
    """The macros of a section's template."""
    return _environment().get_template(section.template).module
