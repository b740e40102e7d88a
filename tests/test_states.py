"""States of recurrent layers: handed from one to another, and refused where Keras cannot run."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle import keras_runs, ours
from strategies import inputs, layers, wanted
from test_back_ends import assert_built, assert_printed
from test_layers import FUZZ, KINDS, kind_of
from test_random_graphs import compiled, train, trainable

from specc.compiler import Compiled
from specc.layers.base import Layer
from specc.tensor import ShapeError, Tensor

GIVEN = [name for name in KINDS if "initial_state" in kind_of(name).tensors_at_call]
TWO = """\
specc: 1
model:
  inputs: {{words: [5, 4], said: [3, 2]}}
  layers:
    - {encoder}
    - {decoder}
    - Dense: 2
train: {{optimizer: adam, loss: mse}}
"""
PAIRS = {
    "LSTM": ("LSTM: {units: 3", 2),
    "GRU": ("GRU: {units: 3", 1),
    "SimpleRNN": ("SimpleRNN: {units: 3", 1),
    "cell": ("RNN: {cell: {LSTMCell: 3}", 2),
    "cells": ("RNN: {cell: [{GRUCell: 3}, {SimpleRNNCell: 2}]", 2),
}
LAYER = "LSTM: {units: 3, return_state: true}"
LIST = f"""\
specc: 1
model:
  - Input: [5, 4]
  - {LAYER}
  - Dense: 2
train: {{optimizer: adam, loss: mse}}
"""


def translation(layer: str, states: int) -> str:
    """An encoder whose last states the decoder starts with."""
    names = ", ".join(f"encoder.{number}" for number in range(1, states + 1))
    encoder = f"{layer}, from: words, return_state: true, name: encoder}}"
    decoder = f"{layer}, from: said, return_sequences: true, initial_state: [{names}]}}"
    return TWO.format(encoder=encoder, decoder=decoder)


def both_ways() -> str:
    layer = "{LSTM: {units: 3, return_state: true}}"
    names = "[encoder.1, encoder.2, encoder.3, encoder.4]"
    encoder = f"Bidirectional: {{from: words, layer: {layer}, name: encoder}}"
    decoder = f"Bidirectional: {{from: said, layer: {{LSTM: 3}}, initial_state: {names}}}"
    return TWO.format(encoder=encoder, decoder=decoder)


SPECS = {name: translation(*pair) for name, pair in PAIRS.items()}
SPECS |= {
    "both ways": both_ways(),
    "a list": LIST,
    "a list that ends": LIST.replace("  - Dense: 2\n", ""),
}


def accepted(text: str) -> Compiled:
    found = compiled(text)
    assert found.report.ok, found.report.diagnostics
    return found


@pytest.mark.parametrize("text", SPECS.values(), ids=SPECS)
def test_the_script_hands_states_on(text: str) -> None:
    assert_printed(trainable(accepted(text).program))


@pytest.mark.keras
@pytest.mark.parametrize("text", SPECS.values(), ids=SPECS)
def test_states_are_handed_on_in_both_models_alike(text: str) -> None:
    found = accepted(text)
    model = assert_built(trainable(found.program))
    before = model.get_weights()
    train(model)
    assert all((a != b).any() for a, b in zip(before, model.get_weights(), strict=True))
    assert model.count_params() == sum(found.graph.params(node) for node in found.graph.nodes)


REFUSED = {
    "a cell of its own": (LIST.replace(LAYER, "LSTMCell: 3"), "S231"),
    "one state": (translation(*PAIRS["LSTM"]).replace(", encoder.2", ""), "S231"),
    "another size": (translation(*PAIRS["GRU"]).replace("units: 3", "units: 4", 1), "S208"),
    "no such output": (translation(*PAIRS["GRU"]).replace("encoder.1", "encoder.2"), "F030"),
    "no state": (translation(*PAIRS["GRU"]).replace(", return_state: true", ""), "F030"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code"), REFUSED.values(), ids=REFUSED)
def test_states_that_cannot_be_are_told_once(text: str, code: str) -> None:
    [found] = compiled(text).report.diagnostics
    assert found.code == code
    assert code == "S231" or found.path[:5] == ("model", "layers", 1, *found.path[3:5])
    assert "LSTMCell" in text or "initial_state" in found.path


@pytest.mark.keras
@pytest.mark.slow
@pytest.mark.parametrize("name", GIVEN)
def test_states_that_are_refused_fail_when_keras_runs(name: str) -> None:
    """Keras looks at them no sooner; where it would stretch or drop one we are stricter."""
    refused = []

    @FUZZ
    @given(st.data())
    def check(data: st.DataObject) -> None:
        layer = data.draw(layers(kind_of(name)))
        entries = data.draw(inputs(layer))
        plain = ours(layer, entries)
        assume(layer.initial_state and not isinstance(plain, ShapeError))
        named = data.draw(wanted(layer, entries))
        assume(not loose(layer, entries, named["initial_state"]))
        assume(runs(layer, entries, plain, {}))
        found = ours(layer, entries, named)
        assert isinstance(found, ShapeError) != runs(layer, entries, plain, named), found
        refused.append(isinstance(found, ShapeError))

    check()
    assert set(refused) == {True, False}


def runs(layer: Layer, entries: tuple[Tensor, ...], plain: Any, named: Any) -> bool:
    return keras_runs(layer, entries, plain.outputs, named)


def loose(layer: Any, entries: tuple[Tensor, ...], given: tuple[Tensor, ...]) -> bool:
    """Whether Keras may drop a state too many, or stretch one of another shape."""
    wanted = states(layer, *entries)
    if len(given) > len(wanted):
        return True
    pairs = [(one.shape, other) for one, other in zip(given, wanted, strict=False)]
    return any(one != other and stretched(one, other) for one, other in pairs)


def states(layer: Any, x: Tensor) -> tuple[Any, ...]:
    """The shapes of the states that a layer starts with."""
    inner = layer._both if hasattr(layer, "_both") else (layer,)
    return tuple(state for each in inner for state in each.one_step(x)[1])


def stretched(one: tuple[int | None, ...], other: tuple[int | None, ...]) -> bool:
    """Whether a batch of two such states can be added up, an unknown size being 3."""
    sizes = [(2, *(size or 3 for size in shape)) for shape in (one, other)]
    try:
        np.broadcast_shapes(*sizes)
    except ValueError:
        return False
    return True
