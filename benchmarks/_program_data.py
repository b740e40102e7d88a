"""The data of a Keras program in neutral JSON, as the `data` of a spec, and its task."""

from collections.abc import Iterator
from typing import Any

from _program import (
    Json,
    adapted,
    counts,
    kind_of,
    labels_of,
    layers_of,
    own_loss,
    section,
    several_inputs,
)

from specc.registry import find

KNOWN = ("integer", "one_hot", "binary", "multi_hot")
MOST = 10  # numbers beyond this are no standardised ones
TASKS = {
    "multi-label": "multilabel", "multilabel": "multilabel", "multi-class": "multiclass",
    "multiclass": "multiclass", "binary classification": "binary", "regression": "regression",
}  # fmt: skip


def task_of(program: Json) -> str | None:
    """The task where the data do not say it: what is rebuilt, or what the labels leave open."""
    words = str(program.get("task") or "").lower()
    if own_loss(program) or several_inputs(program):
        return None
    if "autoencoder" in words:
        return "reconstruction"
    if "segmentation" in words:
        return "segmentation"
    if labels_of(program):
        return None
    return next((task for word, task in TASKS.items() if words.startswith(word)), None)


def data_of(program: Json) -> dict[str, Any]:
    """A source, what is declared of it, and how it is shared out; {} for several inputs."""
    if several_inputs(program):
        return {}
    fit = section(program, "fit")
    facts = {key: value for key, value in _facts(program) if value is not None}
    steps = ["Normalization" for _ in adapted(program)]
    return {
        **_parts(fit),
        **({"facts": facts} if facts else {}),
        **({"batch_size": fit["batch_size"]} if counts(fit.get("batch_size")) else {}),
        **({"preprocess": steps} if steps else {}),
    }


def _parts(fit: Json) -> dict[str, Any]:
    """The arrays, and how they are shared out: Keras 2 cuts the last rows off."""
    share = fit.get("validation_split")
    alone = {"x": "x.npy", "y": "y.npy"}
    if isinstance(share, float) and 0 < share < 1:
        return {"arrays": alone, "split": {"validation": share, "shuffle": False}}
    if fit.get("validation") == "none":
        return {"arrays": alone, "split": "none"}
    validation = ["x_validation.npy", "y_validation.npy"]
    return {"arrays": {"train": ["x.npy", "y.npy"], "validation": validation}}


def _facts(program: Json) -> Iterator[tuple[str, Any]]:
    data = section(program, "data")
    yield "samples", data.get("n_samples") if counts(data.get("n_samples")) else None
    yield "shape", _shape(data.get("shape"))
    yield "range", _range(program, data)
    if own_loss(program):
        return
    labels = labels_of(program)
    yield "labels", labels
    yield "classes", _classes(data.get("classes")) if labels in KNOWN else None
    yield "target_range", _span(data.get("target_range"))


def _classes(given: Any) -> int | None:
    return given if counts(given) and given > 1 else None


def _shape(shape: Any) -> list[int] | None:
    """A shape whose sizes are all known."""
    known = isinstance(shape, list) and bool(shape) and all(map(counts, shape))
    return shape if known else None


def _range(program: Json, data: Json) -> list[float] | None:
    """The values that the source delivers; None where the program scales them out of sight."""
    span, scaled = _span(data.get("value_range")), bool(data.get("normalised"))
    if span is None or (scaled and _based(program)):
        return None
    hidden = scaled and max(map(abs, span)) > MOST
    return None if hidden and not (_rescales(program) or adapted(program)) else span


def _rescales(program: Json) -> bool:
    return any(kind_of(each) == "Rescaling" for each in layers_of(program))


def _based(program: Json) -> bool:
    """Whether a pretrained base is what the values are prepared for."""
    kinds = (find("layers", kind_of(each)) for each in layers_of(program))
    return any(hasattr(kind, "takes") for kind in kinds if kind is not None)


def _span(given: Any) -> list[float] | None:
    match given:
        case [int() | float() as low, int() | float() as high] if low < high:
            return [low, high]
    return None
