"""Keras' own word on a layer: what it builds, and when it refuses."""

from dataclasses import dataclass
from importlib import import_module
from math import prod
from typing import Any

from specc.layers.base import Layer
from specc.program import Call, Items, Table, Value
from specc.tensor import ShapeError, Tensor


@dataclass(frozen=True)
class Built:
    """What there is to compare of a layer on its inputs."""

    shape: tuple[int | None, ...]
    dtype: str
    weights: tuple[tuple[str, tuple[int, ...]], ...]
    params: int
    trained: int


def ours(layer: Layer, inputs: tuple[Tensor, ...]) -> Built | ShapeError:
    """What the kind infers."""
    try:
        out = layer.infer(*inputs)
        shapes = layer.weights(*inputs)
    except ShapeError as error:
        return error
    named = tuple((name.split("/")[-1], shape) for name, shape in shapes.items())
    return Built(out.shape, out.dtype, named, layer.params(*inputs), layer.trained(*inputs))


def keras_builds(call: Call, inputs: tuple[Tensor, ...]) -> Built | Exception:
    """What Keras builds symbolically."""
    import keras

    try:
        made = evaluate(call)
        if not inputs:
            return Built(tuple(made.shape[1:]), made.dtype, (), 0, 0)
        entries = [keras.Input(x.shape, dtype=x.dtype) for x in inputs]
        out = made(*entries)
    except Exception as error:  # whatever Keras raises, it is a refusal
        return error
    weights = tuple((w.name, tuple(w.shape)) for w in made.weights)
    trained = sum(prod(w.shape) for w in made.trainable_weights)
    return Built(tuple(out.shape[1:]), out.dtype, weights, made.count_params(), trained)


def keras_runs(call: Call, inputs: tuple[Tensor, ...], shape: tuple[int | None, ...]) -> bool:
    """Whether Keras computes a batch for training, of the shape that it promised before.

    Unknown axes are taken to be 3 long.
    """
    import numpy as np

    types = ["U1" if x.dtype == "string" else x.dtype for x in inputs]
    shapes = [(2, *(size or 3 for size in x.shape)) for x in inputs]
    arrays = [np.zeros(size, dtype) for size, dtype in zip(shapes, types, strict=True)]
    try:
        out = evaluate(call)(*arrays, training=True)
    except Exception:  # see above
        return False
    pairs = zip(out.shape[1:], shape, strict=False)
    return len(out.shape) - 1 == len(shape) and all(b in (a, None) for a, b in pairs)


def evaluate(value: Value) -> Any:
    """A value of the program as Keras' own object."""
    match value:
        case Call(target, args, options):
            module, _, name = target.rpartition(".")
            made = getattr(import_module(module), name)
            return made(*map(evaluate, args), **{key: evaluate(v) for key, v in options})
        case Items(values):
            return [evaluate(item) for item in values]
        case Table(rows):
            return {key: evaluate(item) for key, item in rows}
        case tuple():
            return tuple(evaluate(item) for item in value)
        case _:
            return value
