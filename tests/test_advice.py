"""Advice on the structure of networks: what it is given for, and the networks that it spares."""

from collections.abc import Iterator

import pytest

from specc.compiler import compile
from specc.configuration import Project
from specc.rules import load
from specc.source import read

# Rules with many exemptions, those that are off among them.
CODES = (
    *("A403", "A404", "A407", "A450", "A451", "A452", "A453", "A454", "A455", "A456"),
    *("A460", "A461", "A462", "A463", "A464", "A466", "S206"),
)
PROJECT = Project(extend=CODES)
COLOUR, GREY, TABLE = "[64, 64, 3]", "[64, 64, 1]", "[100]"
WIDE = "Dense: {units: 100, activation: relu}"
POOLED = "GlobalAveragePooling2D"
SMALL = "MaxPooling2D: 2"


def conv(filters: int = 32, kernel: object = 3, **options: object) -> str:
    given = "".join(f", {name}: {value}" for name, value in options.items())
    return f"Conv2D: {{filters: {filters}, kernel_size: {kernel}, activation: relu{given}}}"


def bare(layer: str) -> str:
    return layer.replace(", activation: relu", "")


SELU = "Dense: {units: 100, activation: selu, kernel_initializer: lecun_normal}"

# What comes in, the layers in front of `Dense: 10`, and which of the rules have something to say.
NETWORKS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (TABLE, (bare(WIDE), "BatchNormalization", "Activation: relu"), "A404"),
    (TABLE, (WIDE, "BatchNormalization"), ""),
    (TABLE, (bare(WIDE), "Dropout: 0.1", "BatchNormalization"), ""),
    (TABLE, (bare(WIDE), "BatchNormalization: {trainable: false}"), ""),
    (TABLE, ("Dense: {units: 100, use_bias: false}", "BatchNormalization"), ""),
    (COLOUR, (bare(conv()), "BatchNormalization: {axis: 3}", POOLED), "A404"),
    (COLOUR, (bare(conv()), "BatchNormalization: {axis: 1}", POOLED), ""),
    (COLOUR, (bare(conv()), "LayerNormalization", POOLED), ""),
    (COLOUR, (conv(kernel=2), POOLED), "S206"),
    (COLOUR, (conv(kernel=[3, 4]), POOLED), "S206"),
    (COLOUR, (conv(kernel=4, strides=4), POOLED), ""),
    (COLOUR, (conv(kernel=4, strides=2), POOLED), "S206"),
    (COLOUR, (conv(kernel=5), SMALL, conv(64), POOLED), "A450"),
    (COLOUR, (conv(kernel=[3, 5]), SMALL, conv(64, [5, 3]), POOLED), "A450"),
    (COLOUR, (conv(kernel=3), SMALL, conv(64, 5), POOLED), ""),
    (COLOUR, (conv(kernel=3), conv(64, 1), POOLED), ""),
    (TABLE, ("Dense: {units: 50, activation: relu}", WIDE), "A451"),
    (TABLE, (WIDE, "Dense: {units: 50, activation: relu}"), ""),
    (COLOUR, (conv(), "Dropout: 0.2", "Activation: relu", SMALL, "Flatten"), "A455"),
    (COLOUR, (conv(), "Dropout: 0.2", "AveragePooling2D: 2", "Flatten"), ""),
    (COLOUR, (conv(), "Dropout: 0.2", conv(), SMALL, "Flatten"), ""),
    ("[8]", (WIDE,), "A456"),
    ("[8]", ("Dense: {units: 8, activation: relu}", "Dense: {units: 7, activation: relu}"), ""),
    (GREY, ("Flatten", WIDE), ""),
    (COLOUR, (conv(7), SMALL, conv(16), POOLED), "A461"),
    (GREY, (conv(6), SMALL, conv(16), POOLED), ""),
    (COLOUR, (conv(3, 1), conv(16), POOLED), ""),
    (COLOUR, (conv(), SMALL, conv(2000), POOLED), "A461"),
    (COLOUR, (conv(), SMALL, conv(2000, 1), POOLED), ""),
    (COLOUR, (conv(), POOLED, WIDE, WIDE), ""),
    (COLOUR, (conv(), POOLED, WIDE, "Dropout: 0.2", WIDE, WIDE), "A462"),
    (TABLE, (WIDE, WIDE, WIDE, WIDE), ""),
    (TABLE, (SELU, SELU), ""),
    (TABLE, ("Dense: {units: 100, activation: selu}",), ""),
    ("[900]", ("Dense: {units: 100, activation: selu}",), "A463"),
    ("[900]", (bare(WIDE), "Activation: selu"), "A463"),
    ("[900]", ("Dense: 100", "BatchNormalization", "Activation: selu"), "A404"),
    ("[900]", (SELU.replace("lecun_normal", "he_uniform"),), "A463"),
    ("[900]", (SELU.replace("lecun_normal", "{VarianceScaling: {scale: 1.0}}"),), ""),
    (TABLE, (SELU, "Dropout: 0.2"), "A464"),
    (TABLE, (SELU, "AlphaDropout: 0.2"), ""),
    (TABLE, (WIDE, "AlphaDropout: 0.2"), "A464"),
    (TABLE, (WIDE, "Dropout: 0.2"), ""),
    (TABLE, ("Dense: {units: 90, activation: relu, bias_initializer: {Constant: -2}}",), "A466"),
    (TABLE, ("Dense: {units: 90, activation: relu, bias_initializer: {Constant: 0.9}}",), ""),
    (TABLE, ("LSTM: 90",), ""),
    (TABLE, ("Dense: {units: 13, activation: relu}",), "A403"),
    (TABLE, ("Dense: {units: 14, activation: relu}",), ""),
    (TABLE, (WIDE, "Dense: {units: 5, activation: relu}"), ""),
    (TABLE, (WIDE, "Dense: {units: 4, activation: relu}"), "A403"),
)  # fmt: skip


def found(text: str) -> Iterator[str]:
    """The codes of what is said of a spec, as far as they are among those here."""
    report = compile(read("spec.yaml", text.encode()), project=PROJECT).report
    assert not report.errors or not any(each.code[0] == "F" for each in report.errors)
    yield from sorted({each.code for each in report.diagnostics} & set(CODES))


def spec(entry: str, layers: tuple[str, ...], data: str = "") -> str:
    last = "Dense: {units: 10, activation: softmax}"
    rows = [*([f"Input: {entry}"] if entry else []), *layers, last]
    train = "train: {optimizer: adam, loss: categorical_crossentropy, epochs: 20}"
    return "\n".join(["specc: 1", data, "model:", *(f"  - {row}" for row in rows), train])


@pytest.mark.parametrize(("entry", "layers", "codes"), NETWORKS)
def test_advice_on_networks(entry: str, layers: tuple[str, ...], codes: str) -> None:
    assert " ".join(found(spec(entry, layers))) == codes


DATA = "data: {{python: {{function: 'own:rows', shape: {}}}, facts: {{classes: {}}}}}"


@pytest.mark.parametrize(
    ("shape", "classes", "layers", "codes"),
    [
        ("[32, 32, 3]", 10, (conv(), SMALL, conv(), POOLED), "A460"),
        ("[32, 32, 3]", 10, (conv(8), SMALL, conv(), POOLED), "A460 A461"),
        ("[32, 32, 3]", 10, (conv(), SMALL, conv(), conv(64, 1), POOLED), "A460"),
        ("[32, 32, 3]", 10, (conv(), "DepthwiseConv2D: 5", conv(64, 1), POOLED), ""),
        ("[32, 32, 3]", 10, (conv(), SMALL, conv(), conv(), POOLED), ""),
        ("[32, 32, 3]", 4, (conv(), SMALL, conv(), POOLED), ""),
        ("[28, 28, 3]", 10, (conv(), SMALL, conv(), POOLED), ""),
        ("[32, 32, 1]", 10, (conv(), SMALL, conv(), POOLED), ""),
        ("[32, 32, 1]", 10, (conv(), POOLED), "A460"),
        ("[32, 32, 3]", 10, ("MobileNetV2: {include_top: false, weights: imagenet}", POOLED), ""),
        ("[32, 32, 3]", 10, (conv(), "Reshape: [-1, 32]", "LSTM: 32"), ""),
    ],
)
def test_advice_on_photographs(
    shape: str, classes: int, layers: tuple[str, ...], codes: str
) -> None:
    text = spec("", layers, DATA.format(shape, classes)).replace("units: 10", f"units: {classes}")
    assert " ".join(found(text)) == codes


DEEP = (
    (["conv", "conv", "max"] * 4, ""),
    (["conv", "conv", "mean"] * 4, "A454"),
    (["conv", "conv", "mean"] * 3, ""),
    (["conv", "max"] * 5, "A452"),
    (["conv", "max"] * 4 + ["conv", "conv", "max"], ""),
    (["conv", "wide", "max"] * 4, "A453"),
    (["conv", "conv", "max", "wide", "wide", "max"] * 2, "A450"),
)


@pytest.mark.parametrize(("words", "codes"), DEEP)
def test_advice_on_deep_networks(words: list[str], codes: str) -> None:
    layers = {
        "conv": conv(padding="same"),
        "wide": conv(32, 5, padding="same"),
        "max": "MaxPooling2D: {pool_size: 2, padding: same}",
        "mean": "AveragePooling2D: {pool_size: 2, padding: same}",
    }
    said = set(found(spec("[128, 128, 3]", (*(layers[word] for word in words), POOLED))))
    assert " ".join(sorted(said - ({"A450"} if codes != "A450" else set()))) == codes


BLOCK = """specc: 1
blocks:
  step:
    layers: [{Dense: {units: 100}}]
model:
  - Input: [100]
  - step
  - BatchNormalization
  - Activation: relu
  - step
  - %s
  - Activation: relu
  - Dense: {units: 10, activation: softmax}
train: {optimizer: adam, loss: categorical_crossentropy}
"""


def test_a_bias_that_one_use_of_a_block_needs_is_left() -> None:
    assert list(found(BLOCK % "BatchNormalization")) == ["A404"]
    assert list(found(BLOCK % "Dropout: 0.1")) == []


TWICE = """specc: 1
model:
  inputs: {a: [100]}
  layers:
    - Dense: {units: 100, from: a, name: wide}
    - BatchNormalization: {name: even}
    - Add: {from: [even, %s]}
    - Activation: relu
    - Dense: {units: 10, activation: softmax, name: out}
  outputs: [out]
train: {optimizer: adam, loss: categorical_crossentropy}
"""


BRANCHES = """specc: 1
model:
  inputs: {x: [64, 64, 3]}
  layers:
    - Conv2D: {filters: 64, kernel_size: 5, padding: same, from: x, name: first}
    - ReLU: {name: start}
    - Conv2D: {filters: 32, kernel_size: 3, padding: same, from: start, activation: relu, name: a}
    - Conv2D: {filters: 32, kernel_size: 3, padding: same, from: %s, activation: relu, name: b}
    - Concatenate: {from: [a, b]}
    - GlobalAveragePooling2D
    - Dense: {units: 10, activation: softmax, name: out}
  outputs: [out]
train: {optimizer: adam, loss: categorical_crossentropy}
"""


def test_branches_are_narrower_than_what_they_come_from() -> None:
    assert list(found(BRANCHES % "start")) == []
    assert list(found(BRANCHES % "a")) == ["A407", "A450"]


def test_a_bias_that_is_read_elsewhere_too_is_left() -> None:
    assert list(found(TWICE % "a")) == ["A404"]
    assert list(found(TWICE % "wide")) == []


def test_what_is_tested_here_is_there() -> None:
    off = {code for code, rule in load().items() if rule.off}
    assert off - {"U903"} <= set(CODES) <= set(load())
