"""Writes what Keras' pretrained models are made of to `specc/layers/names/`, one file a model.

`python scripts/applications.py [NAME …]` builds them without memory for their weights, in a few
minutes. What the lines of a file mean stands in `specc/layers/application_table.py`.
"""

import argparse
import sys
from collections.abc import Iterator
from itertools import groupby
from math import prod
from pathlib import Path
from typing import Any

import keras

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from specc.layers.application_table import sizes  # noqa: E402
from specc.registry import find, names  # noqa: E402

FOLDER = ROOT / "specc" / "layers" / "names"
SIZES = (128, 129, 131)  # halved again and again, one or another of them is odd at each step


def applications() -> list[str]:
    """The kinds whose module is that of the pretrained models."""
    kinds = {name: find("layers", name) for name in names("layers")}
    return [n for n, kind in kinds.items() if kind and kind.module == "keras.applications"]


def build(
    name: str, size: int = SIZES[0], channels: int = 3, top: bool = False, **options: Any
) -> Any:
    """A model in a cleared session; its weights have shapes and no values."""
    keras.backend.clear_session()
    with keras.StatelessScope(initialize_variables=False):
        made = getattr(keras.applications, name)
        shape = (size, size, channels)
        return made(weights=None, include_top=top, input_shape=shape, **options)


def text(name: str) -> str:
    """The whole file of a model."""
    base = build(name)
    ways = [path(base), *(path(build(name, size)) for size in SIZES[1:])]
    lines = [f"windows {' '.join(windows(ways))}", f"features {base.output_shape[-1]}"]
    kind = find("layers", name)
    if kind is None or not getattr(kind, "counted", False):
        gray = build(name, channels=1)
        body = rows(base, gray)
        lines += [f"kernels {' '.join(kernels(lines[0].split()[1:], base, gray))}"]
        lines += [f"top {' '.join(top(name, base))}"]
        lines += [f"{way} {' '.join(pooled(name, base, way))}" for way in ("avg", "max")]
        lines += ["", *wrapped(body)]
    return "\n".join(lines) + "\n"


def windows(ways: list[list[Any]]) -> Iterator[str]:
    """What changes height and width on the way from the input to the output."""
    for same in zip(*ways, strict=True):
        if word := window(*same):
            yield word


def path(model: Any) -> list[Any]:
    """The layers on one way through the model; all ways change the sizes alike."""
    found, tensor = [], model.outputs[0]
    while True:
        maker = tensor._keras_history.operation
        if not maker._inbound_nodes[0].input_tensors:
            return found[::-1]
        found.extend(reversed(getattr(maker, "layers", [maker])))
        tensor = maker._inbound_nodes[0].input_tensors[0]


def window(layer: Any, *others: Any) -> str:
    """What a layer does to height and width; `others` are the same layer for other sizes."""
    if type(layer).__name__ == "ZeroPadding2D":
        return _edges({each.padding[0] for each in (layer, *others)})
    width = getattr(layer, "kernel_size", getattr(layer, "pool_size", (1, 1)))[0]
    stride = getattr(layer, "strides", (1, 1))[0]
    if getattr(layer, "padding", "valid") == "same":
        return f"~{stride}" if stride > 1 else ""
    return f"{width}/{stride}" if (width, stride) != (1, 1) else ""


def _edges(paddings: set[tuple[int, int]]) -> str:
    """Rows that are added; where that depends on the size, the width of the window to come."""
    first, last = min(paddings)
    return f"+{first}+{last}" if len(paddings) == 1 else f"?{2 * last + 1}"


def kernels(words: list[str], base: Any, gray: Any) -> Iterator[str]:
    """After how many of the windows kernels of how many weights are applied."""
    stages = [sizes(words[:count], base.input_shape[1:3]) for count in range(len(words) + 1)]
    found = [_applied(model, stages) for model in (base, gray)]
    for stage in sorted(found[0]):
        yield f"{stage}:{_expression(found[0][stage], found[1][stage])}"


def _applied(model: Any, stages: list[Any]) -> dict[str, int]:
    """The stage at whose height and width each kernel is applied, `-` for a single place."""
    found: dict[str, int] = {}
    for layer in flat(model):
        weights = sum(prod(w.shape) for w in layer.weights if "kernel" in w.name)
        if weights:
            size = tuple(layer.output.shape[1:-1]) or (1, 1)
            stage = "-" if size == (1, 1) else str(stages.index(size))
            found[stage] = found.get(stage, 0) + weights
    return found


def flat(model: Any) -> Iterator[Any]:
    """The layers of a model, those of the models inside it in their place."""
    for layer in model.layers:
        yield from flat(layer) if hasattr(layer, "layers") else [layer]


def rows(base: Any, gray: Any) -> list[tuple[str, str]]:
    """Name and number of weights of each layer."""
    single = {layer.name: counts(layer) for layer in gray.layers}
    return [(x.name, shown(counts(x), single.get(x.name, counts(x)))) for x in base.layers]


def counts(layer: Any) -> tuple[int, int]:
    """Weights that are trained and weights that are not."""
    trained, fixed = layer.trainable_weights, layer.non_trainable_weights
    return sum(prod(w.shape) for w in trained), sum(prod(w.shape) for w in fixed)


def shown(three: tuple[int, int], one: tuple[int, int]) -> str:
    """`1792+0` as `1792`; what grows with the number c of channels as `576c64`."""
    each = [_expression(a, b) for a, b in zip(three, one, strict=True)]
    return each[0] if each[1] == "0" else "+".join(each)


def _expression(three: int, one: int) -> str:
    slope = (three - one) // 2
    return f"{slope}c{one - slope}" if slope else str(three)


def top(name: str, base: Any) -> Iterator[str]:
    """The layers of the classifier; `fc1*4096` has that many units, `*` as many as classes."""
    known = {layer.name for layer in base.layers}
    for layer in build(name, top=True, classes=7).layers:
        units = getattr(layer, "units", None) if layer.name not in known else None
        if units is not None:
            yield f"{layer.name}*{'' if units == 7 else units}"
        elif layer.name not in known:
            yield cell((layer.name, shown(counts(layer), counts(layer))))


def pooled(name: str, base: Any, way: str) -> Iterator[str]:
    """The layers from the one on that `pooling` adds."""
    layers = build(name, pooling=way).layers
    known = {layer.name for layer in base.layers}
    first = next(i for i, layer in enumerate(layers) if layer.name not in known)
    for layer in layers[first:]:
        yield cell((layer.name, shown(counts(layer), counts(layer))))


def wrapped(body: list[tuple[str, str]]) -> Iterator[str]:
    """One line for neighbours that begin alike: what they share, then what each adds."""
    for start, group in groupby(body, key=lambda row: row[0][: row[0].find("_") + 1]):
        words = [cell((name.removeprefix(start), number)) for name, number in group]
        yield f"{start or '-'} {' '.join(words)}"


def cell(row: tuple[str, str]) -> str:
    name, number = row
    return name if number == "0" else f"{name}:{number}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="models to write; all without")
    FOLDER.mkdir(exist_ok=True)
    for each in parser.parse_args().names or applications():
        (FOLDER / f"{each}.txt").write_text(text(each), encoding="utf-8")
        print(each)
