"""Programs to test the back ends with: those of specs/, variants of one, and random ones."""

import linecache
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st
from strategies import LAYERS, inputs, layers
from training_kinds import smallest

from specc.api import load
from specc.backends.script import emit
from specc.kind import Kind
from specc.layers.base import Layer
from specc.naming import keras_name
from specc.program import (
    Assign,
    Call,
    DataPlan,
    Drawing,
    InputPlan,
    Items,
    PicturesPlan,
    Program,
    Ratio,
    Ref,
    Section,
    Statement,
    Step,
    Table,
    TargetPlan,
    TrainingPlan,
    Under,
)
from specc.registry import find, names, words
from specc.tensor import ShapeError, Tensor

SPECS = sorted((Path(__file__).parents[1] / "specs").glob("*.yaml"))
DESCRIPTIONS = (
    "many words, " * 30 + "\n\n    indented\n" * 3,
    'quotes """ and """" and \'\'\' and "',
    "\\ backslash\\\\ \\n \\",
    "\u96ea\u306e\u7d50\u6676" * 20 + " and " + "\U0001f600 \u202e" * 20,
    "  leading\n\ttab\ttab  \n   \n\ntrailing  \n\n",
    "http://" + "long/" * 30 + " after it",
    "\r\n \x0b\x0c \x85\u2028\0 {x} {{y}} {% raw %} # noqa",
    "x" * 200,
)
ALONE = ("digits_cnn", "breast_cancer", "diabetes")  # with data that a library brings along


@cache
def of_specs() -> dict[str, Program]:
    """The programs of specs/ that train, by name."""
    loaded = {path.stem: load(path) for path in SPECS}
    return {name: untrained(each.program) for name, each in loaded.items() if each.spec.data}


def untrained(program: Program) -> Program:
    """The program with random weights where it would download some."""
    body = tuple(map(_untrained, program.model.body))
    return replace(program, model=replace(program.model, body=body))


def _untrained(statement: Statement) -> Statement:
    match statement:
        case Assign(value=Call(target, args, options)) if target.startswith("keras.applications."):
            rest = tuple(each for each in options if each[0] != "weights")
            if not target.endswith("preprocess_input"):
                return replace(statement, value=Call(target, args, (*rest, ("weights", None))))
    return statement


@cache
def variants() -> dict[str, Program]:
    """One program after another change, so that every part of the templates is printed."""
    base = of_specs()["digits_cnn"]
    images, arrays = of_specs()["horse_or_human"], _arrays()
    series = of_specs()["temperature_tomorrow"]
    assert base.data and base.training and images.data and arrays.data
    return {
        "arrays": arrays,
        "no_validation": replace(arrays, data=_parts(arrays.data, "train")),
        "pictures_without_validation": replace(
            arrays, data=_parts(arrays.data, "train"), training=_pictures(False)
        ),
        "no_preprocessing": _with_data(base, preprocess=()),
        "learned_in_the_middle": _with_data(base, preprocess=_learned()),
        "learned_from_images": _with_data(images, preprocess=_learned()),
        "images_in_memory": _with_data(images, cache="memory"),
        "images_in_a_file": _with_data(images, cache="disk"),
        "images_decoded_anew": _with_data(images, cache="none"),
        "without_broken_images": _with_data(images, skips=True),
        "without_order": _with_data(base, shuffle=False),
        "without_classes": _with_data(base, stratify=False),
        "rows": _with_data(base, splits=(("test", 100), ("validation", 50))),
        "ratio": _with_data(base, splits=(("test", 0.1), ("validation", Ratio(1, 9)))),
        "one_hot": _one_hot(base),
        "one_hot_given": _with_data(arrays, given="one_hot", splits=(("test", 0.2),)),
        "string_input": _with_data(base, shape=(), dtype="string"),
        "long_epochs": _with_training(base, steps_per_epoch=100),
        "balanced": _with_training(base, class_weight="balanced"),
        "balanced_one_hot": _with_training(_one_hot(base), class_weight="balanced"),
        "balanced_column": _with_training(
            of_specs()["breast_cancer"], class_weight="balanced", steps_per_epoch=7
        ),
        "weighted": _with_training(base, class_weight=_weights()),
        "callbacks": _with_training(base, callbacks=(*_callbacks(), _logger())),
        "everything": _with_training(
            _with_data(images, preprocess=_learned(), labels="one_hot"),
            callbacks=_callbacks(),
            pictures=_pictures(True).pictures,
            class_weight="balanced",
        ),
        "windows_learned_whole": _with_data(series, stepwise=False, splits=(), parts=("train",)),
        "windows_alone": _with_data(series, splits=(), parts=("train",)),
        "windows_in_epochs": _with_training(series, steps_per_epoch=9, callbacks=()),
        "largest_seed": replace(base, seed=2**32 - 1),
    } | {
        f"description_{number}": replace(base, description=text)
        for number, text in enumerate(DESCRIPTIONS)
    }


def executed(program: Program) -> Any:
    """The module that the script of a program is; TensorFlow wants to see its source."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"script_{uuid4().hex}.py"
        path.write_text(emit(program), encoding="utf-8")
        linecache.updatecache(str(path))
        spec = spec_from_file_location(path.stem, path)
        assert spec and spec.loader
        module = sys.modules[path.stem] = module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


def _with_data(program: Program, **changes: Any) -> Program:
    """With other data; what is said of inputs and targets is said of the only one."""
    data = program.data
    assert data
    inputs, targets = (
        {name: changes.pop(name) for name in of if name in changes}
        for of in (InputPlan.__slots__, TargetPlan.__slots__)
    )
    changes["inputs"] = (replace(data.input, **inputs),)
    changes["targets"] = (replace(data.target, **targets),)
    return replace(program, data=replace(data, **changes))


def _with_training(program: Program, **changes: object) -> Program:
    assert program.training
    return replace(program, training=replace(program.training, **changes))  # type: ignore[arg-type]


def _parts(data: DataPlan, *parts: str) -> DataPlan:
    values = tuple(
        (name, value) for name, value in data.source.values if name in ("path", "several", *parts)
    )
    absent = tuple((name, None) for name in ("validation", "test") if name not in parts)
    source = replace(data.source, values=values + absent)
    return replace(data, source=source, parts=parts, splits=())


def _arrays() -> Program:
    values = {"path": "data.npz", "train": ("x", "y"), "validation": ("vx", "vy"), "test": None}
    values |= {"several": False}
    base = of_specs()["diabetes"]
    source = Section("sources/arrays_npz.py.jinja", tuple(values.items()))
    return _with_data(
        base, source=source, splits=(), parts=("train", "validation"), preprocess=(), labels="own"
    )


def _one_hot(program: Program) -> Program:
    loss = Call("model.compile", (), (("loss", "categorical_crossentropy"),))
    return replace(_with_data(program, labels="one_hot"), compile=loss)


def _weights() -> Table:
    return Table(tuple((number, 1 + number / 2) for number in range(10)))


def _pictures(validation: bool) -> TrainingPlan:
    values = (
        ("validation", validation),
        ("folds", False),
        ("retrain", False),
        ("phases", not validation),
    )
    section = Section("pictures/learning_curves.py.jinja", values)
    file = "learning_curves.png"
    call = Call("draw_learning_curves", (Ref("history"), Under(file)))
    return TrainingPlan(3, pictures=PicturesPlan((section,), (Drawing(call, file, 0),)))


def _learned() -> tuple[Step, ...]:
    half = Call("keras.layers.Rescaling", (Ratio(1, 2),))
    learned = Call("keras.layers.Normalization")
    return (
        Step("rescaling", half),
        Step("normalization", learned, learns=True),
        Step("rescaling_1", half),
        Step("normalization_1", learned, learns=True),
        Step("rescaling_2", half),
    )


def _logger() -> Call:
    return Call("keras.callbacks.CSVLogger", (Under("logs/of/training.csv"),))


def _callbacks() -> tuple[Call, ...]:
    return (
        Call("keras.callbacks.EarlyStopping", (), (("patience", 3), ("mode", "min"))),
        Call("keras.callbacks.ModelCheckpoint", (Under("best-{epoch:02d}.keras", True),)),
        Call("keras.callbacks.TensorBoard", (), (("log_dir", Under("logs")),)),
    )


@st.composite
def random(draw: st.DrawFn, most: int = 5) -> Program:
    """The program of `digits_cnn` around a random model that can be built."""
    base = of_specs()["digits_cnn"]
    entry, steps = draw(_chain(most))
    optimizer = draw(objects("optimizers")).spelled()
    loss = draw(objects("losses")).spelled()
    metrics = tuple(m.spelled() for m in draw(st.lists(objects("metrics"), max_size=3)))
    callbacks = draw(st.lists(objects("callbacks"), max_size=3))
    start = Step("input_layer", Call("keras.Input", (entry.shape,), (("dtype", entry.dtype),)))
    compiled = Call(
        "model.compile",
        (),
        (("optimizer", optimizer), ("loss", loss), ("metrics", Items(metrics))),
    )
    program = replace(
        base,
        model=replace(base.model, steps=(start, *steps)),
        compile=compiled,
        seed=draw(st.integers(0, 2**32 - 1)),
    )
    return _with_training(program, callbacks=tuple(each.call() for each in callbacks))


@st.composite
def objects(draw: st.DrawFn, family: str) -> Kind:
    """An object of a training family, by its class or by one of its words."""
    name = draw(st.sampled_from((*names(family), *words(family))))
    kind = find(family, name)
    assert kind is not None
    return smallest(family, name) if name == kind.__name__ else kind().written_as(name)


@st.composite
def _chain(draw: st.DrawFn, most: int) -> tuple[Tensor, tuple[Step, ...]]:
    """An input and layers that fit one behind the other; those that do not are left out."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=most))
    given = [draw(layers(kind)) for kind in kinds]
    [entry] = draw(inputs(given[0]))
    current, counts, steps = entry, Counter[str](), []
    for layer in given:
        try:
            current = layer.infer(current)
        except ShapeError:
            continue
        steps.append(Step(keras_name(type(layer).__name__, counts), layer.call()))
    return entry, tuple(steps)


def _kinds() -> list[type[Layer]]:
    """The kinds that may stand one behind the other."""
    found = [find("layers", name) for name in LAYERS if name != "Input"]
    layers = [kind for kind in found if kind and issubclass(kind, Layer)]
    return [kind for kind in layers if kind.arity[0] == 1 and not kind.stands_inside]


KINDS = _kinds()
