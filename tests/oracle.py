"""Keras' own word on a layer: what it builds, and when it refuses."""

import warnings
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from math import prod
from typing import Any

from specc.layers.base import Layer
from specc.program import Call, Items, Table, Value
from specc.tensor import ShapeError, Tensor, agree


@dataclass(frozen=True)
class Built:
    """What there is to compare of a layer on its inputs."""

    outputs: tuple[Tensor, ...]
    weights: tuple[tuple[str, tuple[int, ...]], ...]
    params: int
    trained: int


Wanted = Mapping[str, tuple[Tensor, ...]]


def ours(
    layer: Layer, inputs: tuple[Tensor, ...], wanted: Wanted | None = None
) -> Built | ShapeError:
    """What the kind infers; `wanted` are tensors that the call takes by name."""
    known = wanted or {}
    try:
        outputs = (layer.infer(*inputs, **known), *layer.more(*inputs, **known))
        shapes = layer.weights(*inputs)
    except ShapeError as error:
        return error
    named = tuple((name.split("/")[-1], shape) for name, shape in shapes.items())
    return Built(outputs, named, layer.params(*inputs), layer.trained(*inputs))


def keras_builds(
    layer: Layer, inputs: tuple[Tensor, ...], wanted: Wanted | None = None
) -> Built | Exception:
    """What Keras builds symbolically."""
    try:
        made = evaluate(layer.call())
        if not inputs:
            return Built(_tensors(made), (), 0, 0)
        named = {option: _entries(tensors) for option, tensors in (wanted or {}).items()}
        out = called(layer, made, _entries(inputs), **named)
    except Exception as error:  # whatever Keras raises, it is a refusal
        return error
    weights = tuple((w.name, tuple(w.shape)) for w in made.weights)
    trained = sum(prod(w.shape) for w in made.weights if w.trainable)  # as the model asks
    return Built(_tensors(out), weights, made.count_params(), trained)


def _entries(tensors: tuple[Tensor, ...]) -> list[Any]:
    import keras

    return [keras.Input(x.shape, dtype=x.dtype) for x in tensors]


def called(layer: Layer, made: Any, inputs: list[Any], **options: Any) -> Any:
    """What Keras' layer makes of its inputs, called as the kind says it is called."""
    options |= {name: getattr(layer, name) for name in layer.at_call - {*layer.tensors_at_call}}
    if layer.separate or not (layer.merges or len(inputs) > 1):
        return made(*inputs, **options)
    return made(inputs, **options)


def _tensors(out: Any) -> tuple[Tensor, ...]:
    """What came out, without the batch axis."""
    outputs = out if isinstance(out, list | tuple) else (out,)
    return tuple(Tensor(tuple(each.shape[1:]), each.dtype) for each in outputs)


def keras_names(
    layer: Layer, inputs: tuple[Tensor, ...], times: int
) -> tuple[list[str], dict[str, int]] | None:
    """The names of so many such layers in a fresh session, and how many of each kind it counts.

    None where Keras refuses the inputs.
    """
    from keras.src.backend.common import global_state

    counted: dict[str, int] = defaultdict(int)
    global_state.set_global_attribute("object_name_uids", counted)
    entries, found = _entries(inputs), []
    try:
        for _ in range(times):
            made = evaluate(layer.call())
            called(layer, made, entries)
            found.append(made.name)
    except Exception:  # see above
        return None
    return found, counted


def keras_masks(
    layer: Layer, inputs: tuple[Tensor, ...], masked: Sequence[bool]
) -> tuple[bool, bool] | None:
    """Whether Keras' layer supports masks, and whether one is left on its first output.

    None where Keras refuses the inputs, of which some are masked.
    """
    import keras

    entries = [keras.Input(x.shape, dtype=x.dtype) for x in inputs]
    marked = [
        keras.layers.Masking()(x) if mask else x for x, mask in zip(entries, masked, strict=True)
    ]
    try:
        made = evaluate(layer.call())
        with warnings.catch_warnings(action="ignore"):  # of a mask that is destroyed
            out = called(layer, made, marked)
    except Exception:  # see above
        return None
    found = _is_masked(out) or (made.supports_masking and _masks_itself(layer, made, inputs))
    return made.supports_masking, found


def _masks_itself(layer: Layer, made: Any, inputs: tuple[Tensor, ...]) -> bool:
    """Whether there is a mask in a run, which the layer did not promise before."""
    try:
        return _is_masked(called(layer, made, _zeros(inputs)))
    except Exception:  # see above
        return False


def _is_masked(out: Any) -> bool:
    first = out[0] if isinstance(out, list | tuple) else out
    return getattr(first, "_keras_mask", None) is not None


def keras_runs(
    layer: Layer,
    inputs: tuple[Tensor, ...],
    promised: tuple[Tensor, ...],
    wanted: Wanted | None = None,
) -> bool:
    """Whether Keras computes a batch for training, of the shapes that it promised before.

    Unknown axes are taken to be 3 long.
    """
    named = {option: _zeros(tensors) for option, tensors in (wanted or {}).items()}
    try:
        out = called(layer, evaluate(layer.call()), _zeros(inputs), training=True, **named)
    except Exception:  # see above
        return False
    outputs = out if isinstance(out, list | tuple) else (out,)
    shapes = [tuple(each.shape[1:]) for each in outputs]
    pairs = zip(shapes, promised, strict=True)
    return all(agree(made, tensor.shape) for made, tensor in pairs)


def _zeros(tensors: tuple[Tensor, ...]) -> list[Any]:
    import numpy as np

    types = ["U1" if x.dtype == "string" else x.dtype for x in tensors]
    shapes = [(2, *(size or 3 for size in x.shape)) for x in tensors]
    return [np.zeros(size, dtype) for size, dtype in zip(shapes, types, strict=True)]


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
