"""Deep models: built by both back ends, or refused before Keras overflows the stack."""

import json
from typing import Any

import programs
import pytest

from specc.api import SpecError, build_model, check, emit, loads
from specc.backends import depth


def chain(layers: int) -> str:
    """A spec of so many layers in all, of which each takes what the one before gives."""
    same: list[Any] = [{"Activation": "tanh"}] * (layers - 1)
    head = {"Dense": {"units": 10, "activation": "softmax", "name": "head"}}
    items = [{"Flatten": {"from": "x"}}, *same[1:], head]
    spec = {
        "specc": 1,
        "name": "deep",
        "data": {"dataset": {"sklearn": "digits"}, "split": {"train": 0.8, "test": 0.2}},
        "model": {"inputs": {"x": [8, 8, 1]}, "layers": items},
        "train": {"optimizer": "sgd", "loss": "sparse_categorical_crossentropy", "epochs": 1},
    }
    return json.dumps(spec)


@pytest.mark.keras
def test_too_deep_a_model_is_refused_where_it_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(depth, "DEEPEST", 500)
    assert "@deeply" in emit(loads(chain(500)))
    spec = loads(chain(501))
    assert check(spec).ok
    for work in (emit, build_model):
        with pytest.raises(SpecError) as caught:
            work(spec)
        [found] = [each for each in caught.value.report.diagnostics if each.code == "F004"]
        assert found.path == ("model",) and "501 layers" in found.message


def built(layers: int) -> None:
    """Both back ends make a model of so many layers, and it predicts."""
    import keras
    import numpy as np

    spec = loads(chain(layers))
    keras.utils.clear_session()
    evaluated = build_model(spec)
    keras.utils.clear_session()
    printed = programs.executed(spec.program).build_model()
    assert len(evaluated.layers) == len(printed.layers) == layers + 1
    x = np.zeros((1, 8, 8, 1), "float32")
    first, second = (model(x).numpy() for model in (evaluated, printed))
    assert first.shape == (1, 10) and (first == second).all()


@pytest.mark.keras
def test_a_deep_graph_is_built() -> None:
    built(1_200)


@pytest.mark.keras
@pytest.mark.slow
def test_a_graph_of_2500_layers_is_built() -> None:
    built(2_500)
