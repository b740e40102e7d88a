"""The values that reach a base, an augmentation or the last layer: told where they do not fit."""

from typing import Any

import pytest

from specc.api import loads
from specc.diagnostics import Severity
from specc.registry import find, names
from specc.rules.value_range_of_other_images import SAME_IN_A_NARROWER, SAME_IN_A_WIDER

CROSS = "sparse_categorical_crossentropy"


def codes(text: str) -> list[str]:
    """The errors and warnings, besides what is said of the number of epochs."""
    found = loads(text).report.diagnostics
    hard = (each.code for each in found if each.severity is not Severity.HINT)
    return sorted(code for code in hard if code not in ("T607", "A427"))


RAW = "[]"
PIXELS = "[{Rescaling: 1/255}]"
SIGNED = "[{Rescaling: {scale: 2/255, offset: -1}}]"
COLOURS = "[{Rescaling: {scale: 1, offset: [-103.9, -116.8, -123.7]}}]"
STANDARD = "[Normalization]"
WAYS = (RAW, PIXELS, SIGNED, COLOURS, STANDARD)
OWN = ("", "D505", "D505", "D505", "D505")
BASES = {
    "VGG16: {include_top: false": OWN,
    "MobileNetV2: {include_top: false": OWN,
    "MobileNetV2: {include_top: false, weights: null": OWN,
    "EfficientNetB0: {include_top: false": OWN,
    "EfficientNetB0: {include_top: false, preprocess: none": OWN,
    "EfficientNetB0: {include_top: false, preprocess: none, weights: null": OWN,
    "ConvNeXtTiny: {include_top: false, preprocess: none": OWN,
    "VGG16: {include_top: false, preprocess: none": ("X701", "X701", "X701", "", "X701"),
    "MobileNetV2: {include_top: false, preprocess: none": ("X701", "X701", "", "X701", ""),
    "DenseNet121: {include_top: false, preprocess: none": ("X701", "X701", "X701", "X701", ""),
    "VGG16: {include_top: false, preprocess: none, weights: null": ("D504", "", "", "D504", ""),
}


@pytest.mark.parametrize("base", BASES)
def test_what_a_base_is_fed(base: str) -> None:
    for way, expected in zip(WAYS, BASES[base], strict=True):
        preprocess = "" if way == RAW else f", preprocess: {way}"
        text = f"""specc: 1
data: {{dataset: {{keras: cifar10}}{preprocess}}}
model:
  - {base}, trainable: false}}
  - GlobalAveragePooling2D
  - Dense: {{units: 10, activation: softmax}}
train: {{optimizer: adam, loss: {CROSS}}}
"""
        assert codes(text) == ([expected] if expected else []), (base, way)


TWO_WAYS = """specc: 1
data: {{dataset: {{keras: cifar10}}}}
model:
  inputs: {{image: [32, 32, 3]}}
  layers:
    - Rescaling: {{from: image, scale: 1/255, name: small}}
    - VGG16: {{from: {taken}, include_top: false, trainable: false, pooling: avg, name: seen}}
    - GlobalAveragePooling2D: {{from: small, name: colour}}
    - Concatenate: {{from: [seen, colour]}}
    - Dense: {{units: 10, activation: softmax}}
train: {{optimizer: adam, loss: {loss}}}
"""


@pytest.mark.parametrize(("taken", "expected"), [("image", []), ("small", ["D505"])])
def test_a_base_is_fed_what_it_takes(taken: str, expected: list[str]) -> None:
    assert codes(TWO_WAYS.format(taken=taken, loss=CROSS)) == expected


def told_a_range() -> list[str]:
    kinds = {name: find("layers", name) for name in names("layers")}
    return [name for name, kind in kinds.items() if kind and "value_range" in kind.model_fields]


ARGUMENTS: dict[str, dict[str, Any]] = {
    "RandomBrightness": {"factor": 0.2},
    "RandomContrast": {"factor": 0.2},
    "RandomHue": {"factor": 0.2},
    "RandomSaturation": {"factor": 0.3},
    "RandomColorJitter": {"brightness_factor": 0.2, "contrast_factor": 0.2},
    "RandomColorDegeneration": {"factor": 0.5},
    "RandomInvert": {"factor": 1.0},
    "RandomPosterization": {"factor": 4},
    "RandomSharpness": {"factor": 0.5},
    "ContrastLimitedAdaptiveHistogramEqualization": {"tile_grid_size": (2, 2)},
}


def changed(name: str, images: Any, told: tuple[int, int]) -> Any:
    """Mean and deviation of what the layer makes of images in training."""
    import keras
    import numpy as np

    keras.utils.set_random_seed(0)
    made = getattr(keras.layers, name)(value_range=told, **ARGUMENTS.get(name, {}))
    out = np.array(made(images, training=True), "float64")
    return np.array([out.mean(), out.std()])


@pytest.mark.keras
@pytest.mark.parametrize("name", told_a_range())
def test_value_range_matters_where_it_is_told(name: str) -> None:
    import numpy as np

    light = np.random.default_rng(0).random((16, 12, 12, 3)).astype("float32")
    wider = np.abs(changed(name, light, (0, 255)) - changed(name, light, (0, 1)))
    assert (wider.max() > 0.1) == (name not in SAME_IN_A_WIDER)
    pixels = light * 255
    narrower = changed(name, pixels, (0, 1)) / changed(name, pixels, (0, 255))
    assert (np.abs(narrower - 1).max() > 0.2) == (name not in SAME_IN_A_NARROWER)


RANGES = {
    ("RandomBrightness: 0.2", PIXELS): ["D537"],
    ("RandomBrightness: {factor: 0.2, value_range: [0, 1]}", PIXELS): [],
    ("RandomBrightness: {factor: 0.2, value_range: [0, 1]}", RAW): ["D537"],
    ("RandomContrast: 0.2", PIXELS): [],
    ("RandomContrast: {factor: 0.2, value_range: [0, 1]}", RAW): ["D537"],
    ("RandomBrightness: {factor: 0.2, value_range: [-1, 1]}", SIGNED): [],
}


@pytest.mark.parametrize(("layer", "way"), RANGES)
def test_value_range(layer: str, way: str) -> None:
    preprocess = "" if way == RAW else f", preprocess: {way}"
    text = f"""specc: 1
data: {{dataset: {{keras: cifar10}}{preprocess}}}
model:
  - RandomFlip
  - {layer}
  - Flatten
  - BatchNormalization
  - Dense: {{units: 10, activation: softmax}}
train: {{optimizer: adam, loss: {CROSS}}}
"""
    assert codes(text) == RANGES[layer, way]


POLICIES = ("float16", "mixed_float16", "bfloat16", "mixed_bfloat16", "float64", "float32")
PENALTY = """specc: 1
model:
  - Input: [8]
  - Dense: {{units: 4, {option}: l2}}
  - Dense: {{units: 1, dtype: {last}}}
train: {{optimizer: sgd, loss: mse, dtype_policy: {policy}}}
"""


@pytest.mark.keras
@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("option", ["kernel_regularizer", "activity_regularizer"])
def test_penalties_under_a_policy(policy: str, option: str) -> None:
    import keras
    import numpy as np

    text = PENALTY.format(policy=policy, option=option, last="float32")
    told = "A430" in codes(text)
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        layers = keras.layers.Dense(4, **{option: "l2"}), keras.layers.Dense(1, dtype="float32")
        model = keras.Sequential([keras.Input((8,)), *layers])
        model.compile("sgd", "mse")
        fails = False
        try:
            model.fit(np.ones((4, 8)), np.ones((4, 1)), verbose=0)
        except (TypeError, ValueError):
            fails = True
    finally:
        keras.config.set_dtype_policy(before)
    assert told == fails


PRICES = """specc: 1
data: {{dataset: {{keras: california_housing}}, preprocess: [Normalization]}}
model:
  - Dense: {{units: 64, activation: relu}}
  - Dense: {last}
train: {{optimizer: {{Adam: {{learning_rate: 0.01}}}}, loss: mae, epochs: 20{policy}}}
"""


@pytest.mark.parametrize(
    ("policy", "last", "expected"),
    [
        (", dtype_policy: mixed_float16", "1", ["P331"]),
        (", dtype_policy: mixed_float16", "{units: 1, dtype: float32}", []),
        (", dtype_policy: mixed_bfloat16", "1", []),
        ("", "{units: 1, dtype: float16}", ["P331"]),
        ("", "1", []),
    ],
)
def test_numbers_beyond_half_precision(policy: str, last: str, expected: list[str]) -> None:
    assert codes(PRICES.format(policy=policy, last=last)) == expected


def test_probabilities_in_half_precision_are_sound() -> None:
    """Measured: a softmax in mixed precision learns as well as one in `float32`."""
    text = f"""specc: 1
data: {{dataset: {{sklearn: digits}}, preprocess: [{{Rescaling: 1/16}}]}}
model:
  - Flatten
  - Dense: {{units: 32, activation: relu}}
  - Dense: {{units: 10, activation: softmax}}
train: {{optimizer: adam, loss: {CROSS}, epochs: 20, dtype_policy: mixed_float16}}
"""
    assert codes(text) == []
