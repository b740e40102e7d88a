"""Random specs that train on small arrays: plausible ones mostly, some that cannot be right."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from hypothesis import strategies as st
from programs import KINDS, objects
from pydantic import ValidationError
from strategies import layers
from training_kinds import REQUIRED

from specc.kind import Kind
from specc.layers.base import Layer
from specc.resolved import plain, to_yaml
from specc.tensor import ShapeError, Tensor

if TYPE_CHECKING:
    import numpy as np

ROWS = 24
INPUTS = {
    "table": Tensor((6,)),
    "steps": Tensor((8, 3)),
    "image": Tensor((8, 8, 3)),
    "pixels": Tensor((8, 8, 1), "uint8"),
    "words": Tensor((8,), "int32"),
}
# Targets: classes or columns, and the heads and losses that are made for them.
SIGMOID, SOFTMAX = ("sigmoid",), ("softmax",)
CLASSES = ("sparse_categorical_crossentropy", "categorical_crossentropy")
TARGETS: dict[str, tuple[int, tuple[str | None, ...], tuple[str, ...]]] = {
    "binary": (1, SIGMOID, ("binary_crossentropy", "hinge", "mse")),
    "classes": (4, SOFTMAX, CLASSES),
    "one_hot": (4, SOFTMAX, CLASSES[1:]),
    "multi_hot": (4, SIGMOID, ("binary_crossentropy",)),
    "number": (1, (None,), ("mse", "mae", "huber", "log_cosh")),
    "numbers": (2, (None,), ("mse", "mae")),
    "share": (1, SIGMOID, ("mse", "binary_crossentropy")),
}
# Values for options; those are drawn that a kind takes.
VALUES = (
    *(True, False, None, 0, 1, 2, 3, 5, 10, 0.0, 1e-4, 0.01, 0.1, 0.5, 0.9, 0.99, 1.0, 2.0, -1.0),
    *("auto", "min", "max", "epoch", "val_loss", "loss", "accuracy", "logs", "1/10", "a_name"),
    *((1,), (0.5,), (0, 1), (0.1, 0.5)),
)
SILENT = {"RemoteMonitor", "TensorBoard"}  # callbacks that need a server, or a long time
MORE = {name: given for name, given in REQUIRED.items() if name != "LossScaleOptimizer"}


def write_arrays(folder: Path) -> None:
    """The files that the specs read: a pair of arrays for each kind of input and target."""
    import numpy as np

    for entry, tensor in INPUTS.items():
        for target in TARGETS:
            np.savez(folder / f"{entry}_{target}.npz", x=_inputs(tensor), y=_targets(target))


def _inputs(tensor: Tensor) -> "np.ndarray":
    import numpy as np

    random, shape = np.random.default_rng(0), (ROWS, *tensor.shape)
    if "float" in tensor.dtype:
        return random.normal(size=shape).astype("float32")
    return random.integers(0, 9 if tensor.dtype == "int32" else 255, shape).astype(tensor.dtype)


def _targets(target: str) -> "np.ndarray":
    import numpy as np

    random, (width, _, _) = np.random.default_rng(1), TARGETS[target]
    match target:
        case "binary":
            return np.arange(ROWS) % 2
        case "classes":
            return np.arange(ROWS) % width
        case "one_hot":
            return np.eye(width, dtype="float32")[np.arange(ROWS) % width]
        case "multi_hot":
            return random.integers(0, 2, (ROWS, width)).astype("float32")
        case "share":
            return random.random(ROWS).astype("float32")
        case _:
            return random.normal(size=(ROWS, width)[: 1 + (width > 1)]).astype("float32")


@st.composite
def specs(draw: st.DrawFn) -> str:
    """The text of a spec; about half of them have no errors."""
    entry, target = draw(st.sampled_from(list(INPUTS))), draw(st.sampled_from(list(TARGETS)))
    data: dict[str, Any] = {"arrays": {"path": f"{entry}_{target}.npz", "x": "x", "y": "y"}}
    data["batch_size"] = draw(st.sampled_from((1, 4, 7, 24, 100)))
    if entry == "pixels":
        data["preprocess"] = [{"Rescaling": "1/255"}]
    elif draw(_seldom()) and entry != "words":
        data["preprocess"] = ["Normalization"]
    if draw(_seldom()):
        data["split"] = draw(
            st.sampled_from(("none", {"test": 0.25}, {"validation": 4, "test": 4}))
        )
    spec = {"specc": 1, "name": "random", "seed": draw(st.integers(0, 9)), "data": data}
    return to_yaml(spec | {"model": draw(_model(entry, target)), "train": draw(_train(target))})


def _seldom() -> st.SearchStrategy[bool]:
    return st.sampled_from((False, False, False, True))


@st.composite
def _model(draw: st.DrawFn, entry: str, target: str) -> list[Any]:
    """Random layers, of which most fit what is above them, and a head."""
    found: list[Any] = []
    current: Tensor | None = INPUTS[entry]
    if entry == "words" and not draw(_seldom()):
        found.append({"Embedding": {"input_dim": 10, "output_dim": 4}})
        current = Tensor((8, 4))
    for kind in draw(st.lists(st.sampled_from(KINDS), max_size=4)):
        layer = draw(layers(kind))
        after = _after(layer, current)
        if after is not None or (draw(_seldom()) and draw(_seldom())):
            found.append(as_written(layer))
            current = after
    if draw(_seldom()) and draw(_seldom()):
        return found or ["Flatten"]
    if current is None or current.rank > 1:
        found.append("Flatten")
    return [*found, {"Dense": draw(_head(target))}]


def _after(layer: Layer, entry: Tensor | None) -> Tensor | None:
    """What comes out; None for nothing, or for what no small computer can hold."""
    try:
        made = None if entry is None else layer.infer(entry)
    except ShapeError:
        return None
    return made if made is not None and (made.size or 0) < 100_000 else None


@st.composite
def _head(draw: st.DrawFn, target: str) -> dict[str, Any]:
    units, activations, _ = TARGETS[target]
    if draw(_seldom()) and draw(_seldom()):
        return {"units": draw(st.sampled_from((1, 2, 4))), "activation": "relu"}
    return {"units": units, "activation": draw(st.sampled_from(activations))}


@st.composite
def _train(draw: st.DrawFn, target: str) -> dict[str, Any]:
    usual = st.sampled_from(TARGETS[target][2])
    train = {
        "optimizer": draw(_object("optimizers")),
        "loss": draw(_object("losses")) if draw(_seldom()) and draw(_seldom()) else draw(usual),
        "metrics": draw(st.lists(_metric(target), max_size=2)),
        "epochs": draw(st.integers(1, 3)),
        "callbacks": draw(st.lists(_object("callbacks"), max_size=2)),
    }
    if draw(_seldom()):
        train["steps_per_epoch"] = draw(st.sampled_from((1, 3, 20)))
    if draw(_seldom()):
        train["class_weight"] = draw(st.sampled_from(("balanced", {"0": 1.0, "1": 2.5})))
    return train


def _metric(target: str) -> st.SearchStrategy[Any]:
    usual = ("mae", "mse") if "number" in target or target == "share" else ("accuracy",)
    return st.sampled_from(usual) | st.sampled_from(usual) | _object("metrics")


@st.composite
def _object(draw: st.DrawFn, family: str) -> Any:
    """A word, a class, or a class with options that it takes."""
    base = draw(objects(family).filter(lambda kind: type(kind).__name__ not in SILENT))
    if base.word is not None:
        return base.word
    given = dict(MORE.get(type(base).__name__, {}))
    if type(base).__name__ == "LossScaleOptimizer":
        given = {"inner_optimizer": "sgd"}
        return {"LossScaleOptimizer": given}
    for option in draw(st.sets(st.sampled_from(sorted(type(base).model_fields)), max_size=3)):
        if option not in type(base).held() and option not in given:
            wanted = {option: draw(st.sampled_from(taken(type(base), option)))}
            given |= wanted if _takes(type(base), given | wanted) else {}
    return {type(base).__name__: {key: plain(value) for key, value in given.items()}}


@cache
def taken(kind: type[Kind], option: str) -> tuple[Any, ...]:
    """The values that an option takes, by itself."""
    values = (*VALUES, *_words(kind.model_fields[option].annotation))
    needed = MORE.get(kind.__name__, {})
    return tuple(v for v in values if _takes(kind, needed | {option: v})) or (None,)


def _takes(kind: type[Kind], given: dict[str, Any]) -> bool:
    try:
        kind.model_validate(given)
    except ValidationError:
        return False
    return True


def _words(annotation: Any) -> Iterator[str]:
    """The words that a type has to choose from."""
    if get_origin(annotation) is Literal:
        yield from (arm for arm in get_args(annotation) if isinstance(arm, str))
    else:
        for arm in get_args(annotation):
            yield from _words(arm)


def as_written(layer: Layer) -> Any:
    """The layer as a spec has it, with the options that were drawn."""
    given = {name: plain(getattr(layer, name)) for name in sorted(layer.model_fields_set)}
    return {type(layer).__name__: given} if given else type(layer).__name__
