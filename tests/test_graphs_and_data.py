"""Several inputs and outputs, text and sequences in front of data: told before training."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from test_back_ends import both
from test_random_graphs import trainable

from specc.api import build_model, loads
from specc.compiler import buildable
from specc.diagnostics import Severity

CROSS = "sparse_categorical_crossentropy"


def codes(text: str) -> list[str]:
    """The errors and warnings, besides what is said of the number of epochs."""
    found = loads(text).report.diagnostics
    hard = (each.code for each in found if each.severity is not Severity.HINT)
    return sorted(code for code in hard if code not in ("T607", "A427"))


HIDDEN = "    - Dense: {units: 8, activation: relu, name: h}\n"
KIND = "    - Dense: {from: h, units: 3, activation: softmax, name: kind}\n"
SAME = "    - Dense: {from: h, units: 4, name: same}\n"
JOINED = "    - Concatenate: {from: [a, b]}\n    - Dense: {units: 3, activation: softmax}\n"
GRAPHS = {
    "one input of any name": ("{flower: [4]}", HIDDEN + KIND, "[kind]", CROSS, []),
    "two inputs": ("{a: [4], b: [4]}", JOINED, "", CROSS, ["D535"]),
    "two inputs of half the columns": ("{a: [2], b: [2]}", JOINED, "", CROSS, ["D535"]),
    "an input that nothing takes": (
        "{a: [4], b: [3]}",
        HIDDEN.replace("units", "from: a, units") + KIND,
        "",
        CROSS,
        ["D535", "F033"],
    ),
    "two outputs": (
        "{a: [4]}",
        HIDDEN + KIND + SAME,
        "[kind, same]",
        f"{{kind: {CROSS}, same: mse}}",
        ["D536"],
    ),
    "two outputs, one without a loss": (
        "{a: [4]}",
        HIDDEN + KIND + SAME,
        "[kind, same]",
        f"{{kind: {CROSS}, same: null}}",
        ["D536"],
    ),
    "two outputs, one unused": ("{a: [4]}", HIDDEN + KIND + SAME, "[kind]", CROSS, ["F032"]),
    "both": (
        "{a: [4], b: [4]}",
        "    - Concatenate: {from: [a, b]}\n" + HIDDEN + KIND + SAME,
        "[kind, same]",
        f"{{kind: {CROSS}, same: mse}}",
        ["D535", "D536"],
    ),
    "an input of another shape": ("{a: [5]}", HIDDEN + KIND, "[kind]", CROSS, ["S210"]),
    "an input of text": (
        "{a: {shape: [4], dtype: string}}",
        "    - StringLookup: {vocabulary: [x], output_mode: multi_hot}\n" + HIDDEN + KIND,
        "[kind]",
        CROSS,
        ["S210"],
    ),
}


def graph(name: str, data: bool = True) -> str:
    inputs, layers, outputs, loss, _ = GRAPHS[name]
    source = "data: {dataset: {sklearn: iris}, preprocess: [Normalization]}\n" if data else ""
    named = f"  outputs: {outputs}\n" if outputs else ""
    train = f"train: {{optimizer: adam, loss: {loss}, epochs: 20}}\n"
    return f"specc: 1\n{source}model:\n  inputs: {inputs}\n  layers:\n{layers}{named}{train}"


@pytest.mark.parametrize("name", GRAPHS)
def test_a_graph_in_front_of_data(name: str) -> None:
    assert codes(graph(name)) == GRAPHS[name][-1]
    assert buildable(loads(graph(name))) == []
    alone = codes(graph(name, data=False))
    assert alone == [each for each in GRAPHS[name][-1] if each in ("F032", "F033")]


@pytest.mark.parametrize("code", ["D535", "D536"])
def test_what_the_data_do_not_give_is_refused_by_keras(code: str) -> None:
    import numpy as np

    name = {"D535": "two inputs", "D536": "two outputs"}[code]
    model = build_model(loads(graph(name, data=False)))
    with pytest.raises(ValueError, match=r"named input|different structures"):
        model.fit(np.ones((8, 4), "float32"), np.ones(8, "int32"), verbose=0)


def test_reconstruction_has_one_output_too() -> None:
    text = "task: reconstruction\n" + graph("two outputs").replace(
        f"loss: {{kind: {CROSS}, same: mse}}", "loss: mse"
    )
    assert "D536" in codes(text)


LISTED = """specc: 1
model:
  - Input: {shape: [], dtype: string}
  - TextVectorization: {vocabulary: [good, bad], output_sequence_length: 6}
  - Embedding: {input_dim: 4, output_dim: 3}
  - GlobalAveragePooling1D
  - Dense: {units: 1, activation: sigmoid}
train: {optimizer: adam, loss: binary_crossentropy, epochs: 20}
"""
WIRED = """specc: 1
model:
  inputs: {text: {shape: [], dtype: string}, colour: {shape: [2], dtype: string}}
  layers:
    - TextVectorization: {from: text, vocabulary: [good, bad], output_mode: multi_hot, name: words}
    - Reshape: {from: colour, target_shape: [2, 1]}
    - Flatten
    - StringLookup: {vocabulary: [red, blue], output_mode: multi_hot, name: colours}
    - Concatenate: {from: [words, colours]}
    - Dense: {units: 1, activation: sigmoid}
train: {optimizer: adam, loss: binary_crossentropy, epochs: 20}
"""
PREPARED = f"""specc: 1
data: {{{{dataset: {{{{sklearn: iris}}}}, preprocess: [{{{{{{}}}}}}]}}}}
model: [{{{{Dense: {{{{units: 3, activation: softmax}}}}}}}}]
train: {{{{optimizer: adam, loss: {CROSS}, epochs: 40}}}}
"""
WORDS = "  - StringLookup: {vocabulary: [good, bad], invert: true}\ntrain: {optimizer: adam}\n"
TEXTS = {
    "right": (LISTED, []),
    "wired": (WIRED, []),
    "numbers": (LISTED.replace(", dtype: string", ""), ["S233"]),
    "not declared": (LISTED.replace("  - Input: {shape: [], dtype: string}\n", ""), ["S218"]),
    "learned from numbers": (
        PREPARED.format("StringLookup: {vocabulary: [x], output_mode: multi_hot}"),
        ["S233"],
    ),
    "numbers prepared": (PREPARED.format("Rescaling: 1/2"), []),
    "written back": (LISTED.split("  - Text")[0].replace("string", "int64") + WORDS, []),
    "text written back": (LISTED.split("  - Text")[0] + WORDS, ["S233"]),
    "computed with": (
        "specc: 1\nmodel: [{Input: {shape: [4], dtype: string}}, Flatten, {Dense: 1}]\n"
        "train: {optimizer: adam, loss: mse}\n",
        ["S233"],
    ),
    "hashed": (
        "specc: 1\nmodel: [{Input: {shape: [4], dtype: string}}, {Hashing: 9}, "
        "{Embedding: {input_dim: 9, output_dim: 2}}, Flatten, {Dense: 1}]\n"
        "train: {optimizer: adam, loss: mse}\n",
        [],
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text(name: str) -> None:
    text, expected = TEXTS[name]
    assert codes(text) == expected


def test_the_help_declares_text() -> None:
    text, _ = TEXTS["not declared"]
    assert "dtype: string" in loads(text).report.errors[0].help


@pytest.mark.keras
@pytest.mark.filterwarnings("ignore:`shuffle=True` was passed:UserWarning")
@pytest.mark.parametrize("text", [LISTED, WIRED], ids=["listed", "wired"])
def test_both_back_ends_read_text(text: str) -> None:
    import tensorflow as tf

    one, other = both(trainable(loads(text).program))
    assert one.get_config() == other.get_config()
    x = {"text": tf.constant(["good", "bad"]), "colour": tf.constant([["red", "x"]] * 2)}
    rows = x if len(one.inputs) > 1 else x["text"]
    data = tf.data.Dataset.from_tensor_slices((rows, tf.constant([[1.0], [0.0]]))).batch(2)
    assert one.fit(data, verbose=0).history["loss"][0] > 0


@pytest.mark.keras
@pytest.mark.parametrize("name", ["numbers", "computed with"])
def test_keras_fails_on_what_is_refused(name: str) -> None:
    """It builds the model all the same."""
    import keras
    import tensorflow as tf

    if name == "numbers":
        shape, dtype, layer = (), "float32", keras.layers.TextVectorization(vocabulary=["good"])
    else:
        shape, dtype, layer = (4,), "string", keras.layers.Dense(1)
    entry = keras.Input(shape, dtype=dtype)
    model = keras.Model(entry, layer(entry))
    with pytest.raises((ValueError, tf.errors.OpError)):
        model(tf.zeros((2, *shape)) if dtype == "float32" else tf.fill((2, *shape), "1"))


SYMBOLS = """specc: 1
task: sequence
model:
  - Input: [6, 5]
  - Dense: {{units: 4{activation}}}
train: {{optimizer: adam, loss: ctc}}
"""


@pytest.mark.parametrize(
    ("activation", "expected"),
    [("linear", []), ("log_softmax", []), ("softmax", ["P330"]), ("tanh", ["P330"])],
)
def test_activation_before_ctc(activation: str, expected: list[str]) -> None:
    assert codes(SYMBOLS.format(activation=f", activation: {activation}")) == expected


@pytest.mark.parametrize(
    ("shape", "high", "expected"),
    [((600, 3), 4, []), ((600, 3), 5, ["P332"]), ((600,), 4, ["P332"]), ((600, 3), -4, ["P332"])],
)
def test_symbols(shape: tuple[int, ...], high: int, expected: list[str], tmp_path: Path) -> None:
    import numpy as np

    np.save(tmp_path / "x.npy", np.random.default_rng(0).normal(size=(600, 8, 4)))
    np.save(tmp_path / "y.npy", np.resize([1, 2, high], shape))
    text = """specc: 1
task: sequence
data: {arrays: {x: x.npy, y: y.npy}}
model: [{LSTM: {units: 8, return_sequences: true}}, {Dense: 5}]
train: {optimizer: adam, loss: ctc, epochs: 30}
"""
    found = loads(text, data_dir=tmp_path).report
    assert [each.code for each in (*found.errors, *found.warnings)] == expected


def likelihood(probabilities: Any, symbols: list[int]) -> float:
    """The probability of all ways to spread the symbols over the steps, by trying all of them."""
    steps, width = probabilities.shape
    total = 0.0
    for way in product(range(width), repeat=steps):
        kept = [s for s, before in zip(way, (None, *way), strict=False) if s != before]
        if [symbol for symbol in kept if symbol] == symbols:
            total += float(probabilities[range(steps), way].prod())
    return total


@pytest.mark.keras
@pytest.mark.parametrize("activation", ["", ", activation: log_softmax"])
def test_ctc_is_the_likelihood_under_one_softmax(activation: str) -> None:
    import numpy as np

    model = build_model(loads(SYMBOLS.format(activation=activation)))
    x = np.random.default_rng(0).normal(size=(2, 6, 5)).astype("float32")
    y = np.array([[1, 2, 3], [2, 2, 0]])
    powers = np.exp(model.predict(x, verbose=0).astype("float64"))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    rows = zip(probabilities, ([1, 2, 3], [2, 2]), strict=True)
    expected = np.mean([-np.log(likelihood(row, symbols)) for row, symbols in rows])
    assert model.evaluate(x, y, verbose=0) == pytest.approx(expected, rel=1e-5)
