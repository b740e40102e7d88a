"""Evaluates a program: the compiled Keras model, equal to what the script builds."""

import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial, reduce
from importlib import import_module
from typing import Any

import keras

from specc.backends.depth import deep, deeply
from specc.program import (
    Apply,
    Assign,
    Call,
    Define,
    Items,
    Loop,
    Model,
    Program,
    Ratio,
    Ref,
    Statement,
    Table,
    Text,
    Under,
    Value,
)

Names = Mapping[str, Any]


def verified(file: str, digest: str) -> str:
    """The file of weights, if its SHA-256 is this one; ValueError if not."""
    with open(file, "rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    if found != digest:
        raise ValueError(f"{file} has the SHA-256 {found}, expected {digest}")
    return file


MODULES = {"keras": keras, "verified": verified}


def build_model(program: Program) -> keras.Model:
    """The compiled model; its first weights follow from the seed of the program."""
    return deeply(partial(_built, program)) if deep(program.model) else _built(program)


def _built(program: Program) -> keras.Model:
    keras.utils.set_random_seed(program.seed)
    with _policy(program.model.dtype_policy):
        return _compiled(program)


@contextmanager
def _policy(name: str | None) -> Iterator[None]:
    """Keras' global dtype policy, put back afterwards."""
    before = keras.config.dtype_policy()
    if name is not None:
        keras.config.set_dtype_policy(name)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


def _compiled(program: Program) -> keras.Model:
    model = _sequential(program.model) if program.model.sequential else _functional(program.model)
    evaluate(program.compile, {"model": model})
    return model


def _sequential(model: Model) -> keras.Model:
    return keras.Sequential([evaluate(step.call) for step in model.steps], name=model.name)


def _functional(model: Model) -> keras.Model:
    """What the statements of the body lead to."""
    names = dict(MODULES)
    for module in model.modules:
        import_module(module)
        first = module.partition(".")[0]
        names[first] = sys.modules[first]
    for block in model.blocks:
        names[block.name] = _function(block, names)
    run(model.body, names)
    return keras.Model(
        evaluate(model.inputs, names), evaluate(model.outputs, names), name=model.name
    )


def _function(block: Define, names: Names) -> Callable[..., Any]:
    """A block as a function; like one of a script, it sees the blocks around it when called."""
    defaults = {p.name: evaluate(p.default[0], names) for p in block.signature if p.default}

    def function(*inputs: Any, **options: Any) -> Any:
        given = dict(zip(block.inputs, inputs, strict=True))
        inner = {**names, **defaults, **given, **options}
        run(block.body, inner)
        return evaluate(block.result, inner)

    return function


def run(body: tuple[Statement, ...], names: dict[str, Any]) -> None:
    """Runs statements, which put names into `names`."""
    for statement in body:
        match statement:
            case Assign(targets, value):
                _assign(targets, evaluate(value, names), names)
            case Loop(index, times, inner):
                for number in range(evaluate(times, names)):
                    names[index] = number
                    run(inner, names)


def _assign(targets: tuple[str, ...], value: Any, names: dict[str, Any]) -> None:
    values = (value,) if len(targets) == 1 else tuple(value)
    for target, each in zip(targets, values, strict=True):
        holder, _, name = target.rpartition(".")
        if holder:
            setattr(_find(holder, names), name, each)
        else:
            names[name] = each


def evaluate(value: Value, names: Names = MODULES) -> Any:
    """What a value is; `names` holds what it refers to besides Keras."""
    match value:
        case Call(target, args, options):
            return _called(_find(target, names), args, options, names)
        case Apply(layer, args, options):
            return _called(evaluate(layer, names), args, options, names)
        case Text(parts):
            return "".join(str(evaluate(part, names)) for part in parts)
        case Items(values):
            return [evaluate(item, names) for item in values]
        case Table(rows):
            return {key: evaluate(item, names) for key, item in rows}
        case tuple():
            return tuple(evaluate(item, names) for item in value)
        case Ref(name):
            return _find(name, names)
        case Under(path, filled, base):
            return _find("folder" if filled else base, names) / path
        case Ratio():
            return float(value)
        case _:
            return value


def _called(
    function: Callable[..., Any],
    args: tuple[Value, ...],
    options: tuple[tuple[str, Value], ...],
    names: Names,
) -> Any:
    given = [evaluate(arg, names) for arg in args]
    return function(*given, **{key: evaluate(option, names) for key, option in options})


def _find(name: str, names: Names) -> Any:
    """The object that a dotted name stands for."""
    first, *rest = name.split(".")
    return reduce(getattr, rest, names[first] if first in names else MODULES[first])
