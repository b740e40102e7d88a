"""A Keras program in neutral JSON: the questions that its parts ask of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from specc.registry import find
from specc.task import ACTIVATIONS

Json = Mapping[str, Any]

KINDS = {
    "InputLayer": "Input", "CuDNNLSTM": "LSTM", "CuDNNGRU": "GRU", "Convolution1D": "Conv1D",
    "Convolution2D": "Conv2D", "Convolution3D": "Conv3D", "Deconvolution2D": "Conv2DTranspose",
    "MaxPool1D": "MaxPooling1D", "MaxPool2D": "MaxPooling2D", "MaxPool3D": "MaxPooling3D",
    "AvgPool2D": "AveragePooling2D", "SeparableConvolution2D": "SeparableConv2D",
}  # fmt: skip
LABELS = {
    "integer": "integer", "one_hot": "one_hot", "binary": "binary", "multi_hot": "multi_hot",
    "continuous": "real", "string": "text",
}  # fmt: skip
PREPARING = ("Rescaling", "Normalization", "Preprocess", "Lambda")
OF_PLACES = ("grid", "mask", "map")  # targets that are pictures of labels


def kind_of(layer: Json) -> str:
    """The class of Keras 3, or the name of a layer that it has not."""
    name = str(layer.get("type", "Lambda"))
    return KINDS.get(name, name)


def layers_of(program: Json) -> list[Json]:
    return [each for each in listed(program.get("layers")) if isinstance(each, Mapping)]


def section(program: Json, key: str) -> Json:
    """A part of the program, empty where it is not there."""
    found = program.get(key)
    return found if isinstance(found, Mapping) else {}


def listed(value: Any) -> Sequence[Any]:
    """A list as it is, anything else as a list of it alone, and nothing as an empty one."""
    if value is None:
        return ()
    return value if isinstance(value, list | tuple) else (value,)


def counts(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def is_graph(program: Json) -> bool:
    return program.get("graph") == "functional" or any("in" in e for e in layers_of(program))


def several_inputs(program: Json) -> bool:
    return sum(kind_of(each) == "Input" for each in layers_of(program)) > 1


def leads(program: Json, layer: Json) -> bool:
    """Whether a layer is the first one, or what a graph begins with."""
    layers = [each for each in layers_of(program) if kind_of(each) != "Input"]
    if not is_graph(program):
        return bool(layers) and layer == layers[0]
    inputs = {each.get("id") for each in layers_of(program) if kind_of(each) == "Input"}
    return bool(inputs) and set(listed(layer.get("in"))) <= inputs


def adapted(program: Json) -> list[Json]:
    """Leading layers that learn mean and variance before the training: preprocessing."""
    found = [each for each in layers_of(program) if kind_of(each) == "Normalization"]
    return [] if several_inputs(program) else [each for each in found if leads(program, each)]


def words_of_labels(program: Json) -> list[str]:
    text = str(section(program, "data").get("label_encoding") or "").lower()
    return text.replace("-", "_").replace(",", " ").split()


def divided(program: Json) -> bool:
    """Whether class numbers have been scaled like inputs."""
    facts = section(section(program, "data"), "facts")
    return bool(facts.get("labels_scaled")) or "divided" in words_of_labels(program)


def labels_of(program: Json) -> str | None:
    """How the target of a row is written, where a word of the language says it."""
    words = words_of_labels(program)
    if divided(program):
        return "real"
    plain = len(words) == 1 or (len(words) > 1 and words[1][0] in "(pg" or _of_places(words))
    return LABELS.get(words[0]) if words and plain else None


def _of_places(words: list[str]) -> bool:
    return any(word in words for word in OF_PLACES)


def target_shape(program: Json) -> list[int] | None:
    """The shape of the target of a row; None where it has one for each step, or is not known."""
    data, labels = section(program, "data"), labels_of(program)
    words = words_of_labels(program)
    steps = listed(data.get("shape"))[:1] if words[1:] == ["per", "step"] else ()
    said = bool(steps) if "per" in words else len(words) == 1 or data.get("targets") is not None
    if not said or not all(map(counts, steps)):
        return None
    one = _one_target(data, labels)
    if one is not None and len(one) > 1:  # with its steps
        return one
    return None if one is None else [*steps, *one]


def _one_target(data: Json, labels: str | None) -> list[int] | None:
    if data.get("targets") is not None:
        return _sizes(data["targets"])
    classes = data.get("classes")
    if labels in ("one_hot", "multi_hot"):
        return [classes] if counts(classes) else None
    return None if labels in (None, "real") else []


def _sizes(targets: Any) -> list[int] | None:
    """`12`, `"28x28x1"` or `[28, 28, 1]`."""
    parts = targets.split("x") if isinstance(targets, str) else listed(targets)
    numbers = [int(each) if str(each).isdigit() else 0 for each in parts]
    return numbers if numbers and all(numbers) else None


def own_loss(program: Json) -> bool:
    """Whether the program has a loss of its own, of which the language knows nothing."""
    given = listed(section(program, "compile").get("loss"))
    losses = [each.get("name") if isinstance(each, Mapping) else each for each in given]
    return any(str(each).startswith("custom") and not keras_loss(each) for each in losses)


def keras_loss(name: Any) -> str | None:
    """The loss of Keras that a program has written anew: `custom_dice`."""
    word = str(name).removeprefix("custom_").removesuffix("_loss")
    known = word != str(name) and word != "ctc"  # Keras 2's took probabilities
    return word if known and find("losses", word) else None


def based(program: Json) -> bool:
    """Whether a pretrained base is part of the model."""
    kinds = (find("layers", kind_of(each)) for each in layers_of(program))
    return any(hasattr(kind, "takes") for kind in kinds if kind is not None)


def prepared(program: Json) -> bool:
    """Whether something in the program prepares the values for what reads them."""
    scales = any(kind_of(each) in PREPARING for each in layers_of(program))
    return scales or section(program, "data").get("normalised") is not False


def last_activation(layers: Sequence[Json]) -> str:
    """The activation that layers end with."""
    for layer in reversed(layers):
        if layer.get("activation"):
            return str(layer["activation"])
        if kind_of(layer) in ACTIVATIONS:
            return ACTIVATIONS[kind_of(layer)]
        if "units" in layer or "filters" in layer:
            break
    return "linear"
