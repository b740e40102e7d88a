"""Evaluates a program: the compiled Keras model, equal to what the script builds."""

from collections.abc import Mapping
from functools import reduce
from typing import Any

import keras

from specc.program import Call, Items, Program, Ratio, Ref, Table, Under, Value

MODULES = {"keras": keras}


def build_model(program: Program) -> keras.Model:
    """The compiled model; its first weights follow from the seed of the program."""
    keras.utils.set_random_seed(program.seed)
    model = keras.Sequential(
        [evaluate(step.call) for step in program.model.steps], name=program.model.name
    )
    evaluate(program.compile, {"model": model})
    return model


def evaluate(value: Value, names: Mapping[str, Any] = MODULES) -> Any:
    """What a value is; `names` holds what it refers to besides Keras."""
    match value:
        case Call(target, args, options):
            function = _find(target, names)
            given = [evaluate(arg, names) for arg in args]
            return function(*given, **{key: evaluate(option, names) for key, option in options})
        case Items(values):
            return [evaluate(item, names) for item in values]
        case Table(rows):
            return {key: evaluate(item, names) for key, item in rows}
        case tuple():
            return tuple(evaluate(item, names) for item in value)
        case Ref(name):
            return _find(name, names)
        case Under(path, filled):
            return names["folder" if filled else "output"] / path
        case Ratio():
            return float(value)
        case _:
            return value


def _find(name: str, names: Mapping[str, Any]) -> Any:
    """The object that a dotted name stands for."""
    first, *rest = name.split(".")
    return reduce(getattr, rest, {**MODULES, **names}[first])
