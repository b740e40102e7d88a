"""The data of a Keras program in neutral JSON, as the `data` of a spec, and its task."""

from collections.abc import Iterator
from typing import Any

from _program import (
    Json,
    adapted,
    based,
    counts,
    divided,
    is_graph,
    kind_of,
    labels_of,
    layers_of,
    own_loss,
    prepared,
    section,
    several_inputs,
    target_shape,
    words_of_labels,
)
from _program_model import outputs_of

KNOWN = ("integer", "one_hot", "binary", "multi_hot", "text")
BYTE = 255  # how many times larger values are when one part is not scaled, if nothing says so
CHANNELS = {"rgb": 3, "grayscale": 1, "rgba": 4}
MOST = 10  # numbers beyond this are no standardised ones
TASKS = {
    "multi-label": "multilabel", "multilabel": "multilabel", "multi-class": "multiclass",
    "multiclass": "multiclass", "binary classification": "binary", "regression": "regression",
}  # fmt: skip


def task_of(program: Json) -> str | None:
    """The task where the data do not say it: what is rebuilt, or what the labels leave open."""
    words = str(program.get("task") or "").lower()
    if own_loss(program) or several_inputs(program) or several_outputs(program):
        return None
    if "autoencoder" in words:
        return "reconstruction"
    if "segmentation" in words:
        return "segmentation"
    if labels_of(program) or len(words_of_labels(program)) > 1:
        return None
    return next((task for word, task in TASKS.items() if words.startswith(word)), None)


def several_outputs(program: Json) -> bool:
    return is_graph(program) and len(outputs_of(program)) > 1


def data_of(program: Json) -> dict[str, Any]:
    """A source, what is declared of it, and how it is shared out; {} for several inputs."""
    if several_inputs(program) or several_outputs(program):
        return {}
    fit = section(program, "fit")
    facts = {key: value for key, value in _facts(program) if value is not None}
    steps = ["Normalization" for _ in adapted(program)]
    return {
        **_parts(fit, section(section(program, "data"), "facts")),
        **({"facts": facts} if facts else {}),
        **({"batch_size": fit["batch_size"]} if counts(fit.get("batch_size")) else {}),
        **({"preprocess": steps} if steps else {}),
    }


def _parts(fit: Json, facts: Json) -> dict[str, Any]:
    """The arrays, and how they are shared out: Keras 2 cuts the last rows off."""
    share = fit.get("validation_split")
    alone = {"x": "y.npy" if facts.get("x_is_y") else "x.npy", "y": "y.npy"}
    if isinstance(share, float) and 0 < share < 1:
        return {"arrays": alone, "split": {"validation": share, "shuffle": False}}
    if fit.get("validation") == "none":
        return {"arrays": alone, "split": "none"}
    own = ["x_validation.npy", "y_validation.npy"]
    train = [alone["x"], "y.npy"]
    validation = train if facts.get("validation_overlaps_training") else own
    return {"arrays": {"train": train, "validation": validation}}


def _facts(program: Json) -> Iterator[tuple[str, Any]]:
    data = section(program, "data")
    yield "samples", data.get("n_samples") if counts(data.get("n_samples")) else None
    yield "shape", _shape(data)
    yield "range", _range(program, data)
    yield "standardised", _standardised(program, data)
    if own_loss(program):
        return
    labels = labels_of(program)
    yield "labels", labels
    known = labels in KNOWN or divided(program)
    yield "classes", _classes(data.get("classes")) if known else None
    yield "target_range", _span(data.get("target_range"))
    yield "target_shape", target_shape(program)
    yield "balance", _balance(data)


def _classes(given: Any) -> int | None:
    return given if counts(given) and given > 1 else None


def _shape(data: Json) -> list[int] | None:
    """The shape of a row, where all sizes are known, with the channels that a generator gives."""
    shape = data.get("shape")
    if not isinstance(shape, list) or not shape or not all(map(counts, shape)):
        return None
    mode = str(section(data, "facts").get("generator_color_mode") or "").split()
    channels = CHANNELS.get(mode[0]) if mode else None
    return [*shape[:2], channels] if channels and len(shape) == 3 else shape


def _range(program: Json, data: Json) -> Any:
    """The values that the source delivers; None where the program scales them out of sight."""
    span, scaled = _span(data.get("value_range")), bool(data.get("normalised"))
    if span is None or (based(program) and prepared(program)):
        return None
    hidden = scaled and max(map(abs, span)) > MOST
    if hidden and not (_rescales(program) or adapted(program)):
        return None
    if not section(data, "facts").get("train_test_preprocessing_differs"):
        return span
    factor = BYTE if scaled else 1 / BYTE
    return {"train": span, "test": [each * factor for each in span]}


def _balance(data: Json) -> list[int] | None:
    """The rows of each class, where the program says that they are many and few."""
    facts, rows = section(data, "facts"), data.get("n_samples")
    classes = _classes(data.get("classes"))
    if not counts(rows) or classes is None:
        return None
    if facts.get("label_constant"):
        return [rows, *[0] * (classes - 1)]
    if classes > 2:
        return None
    ratio = facts.get("class_ratio")
    if not isinstance(ratio, int | float) or isinstance(ratio, bool) or ratio <= 0:
        return None
    few = round(rows * (ratio if ratio < 1 else 1 / ratio) / (1 if ratio < 1 else 1 + 1 / ratio))
    return [rows - few, few]


def _standardised(program: Json, data: Json) -> bool | None:
    """Whether values outside -1 to 1 are said to be normalised all the same."""
    span = _span(data.get("value_range"))
    inside = span is not None and max(map(abs, span)) <= 1
    hidden = inside or based(program) or _rescales(program) or adapted(program)
    return True if data.get("normalised") is True and span is not None and not hidden else None


def _rescales(program: Json) -> bool:
    return any(kind_of(each) == "Rescaling" for each in layers_of(program))


def _span(given: Any) -> list[float] | None:
    match given:
        case [int() | float() as low, int() | float() as high] if low < high:
            return [low, high]
    return None
