"""Models of `keras.applications` inside a spec: both back ends, names behind them, precision."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from test_back_ends import assert_built
from test_random_graphs import compiled, fresh, trainable

from specc.backends.keras import build_model

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*`input_shape` is undefined:UserWarning"),
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),
]
MODES = {"MobileNetV2": "tf", "DenseNet121": "torch", "ResNet50": "caffe"}
HEAD: list[Any] = [
    "GlobalAveragePooling2D",
    "BatchNormalization",
    {"Dense": 8},
    "ReLU",
    {"Dense": 3},
]


def text(model: Any, **train: Any) -> str:
    return json.dumps(
        {"specc": 1, "model": model, "train": {"optimizer": "sgd", "loss": "mse", **train}}
    )


def base(kind: str) -> dict[str, Any]:
    weights = f"WEIGHTS/{kind}.weights.h5"
    return {"weights": weights, "include_top": False, "trainable": False}


def listed(kind: str, **options: Any) -> list[Any]:
    return [{"Input": [32, 32, 3]}, {kind: {**base(kind), **options}}, *HEAD]


def wired(kind: str) -> dict[str, Any]:
    """The model on one of two inputs, and unnamed merging layers behind it."""
    return {
        "inputs": {"photo": [32, 32, 3], "other": [1, 1, 3]},
        "layers": [
            {"Dense": {"from": "other", "units": 4, "activation": "tanh"}},
            {kind: {"from": "photo", **base(kind), "name": "eyes"}},
            {"Dense": {"units": 4, "name": "seen"}},
            {"Subtract": {"from": ["seen", "dense"]}},
            {"Add": {"from": ["seen", "subtract_1" if MODES[kind] == "tf" else "subtract"]}},
            *HEAD,
        ],
    }


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files with random weights, one for each of these models."""
    import keras

    folder = tmp_path_factory.mktemp("weights")
    for kind in MODES:
        make = partial(getattr(keras.applications, kind), weights=None, include_top=False)
        fresh(partial(make, input_shape=(32, 32, 3))).save_weights(folder / f"{kind}.weights.h5")
    return folder


def counted() -> list[Any]:
    """Unnamed layers of kinds that the model has inside, too: ahead, behind and in a loop."""
    many = {"repeat": {"times": 2, "layers": [{"Dense": 4}, "ReLU", {"Dropout": 0.1}]}}
    whole = {"MobileNetV3Small": {"weights": None, "include_top": False}}
    return [{"Input": [32, 32, 3]}, {"Dropout": 0.1}, whole, {"Dropout": 0.1}, many, *HEAD]


CASES = {
    "counted": text(counted()),
    **{kind: text(listed(kind)) for kind in MODES},
    **{f"{kind}_in_a_graph": text(wired(kind)) for kind in MODES},
    "trained": text(listed("MobileNetV2", trainable=True)),
    "as_it_is": text(listed("ResNet50", preprocess="none")),
    "half": text(listed("MobileNetV2"), dtype_policy="mixed_float16"),
}


@pytest.mark.keras
@pytest.mark.parametrize("spec", CASES.values(), ids=CASES)
def test_a_model_inside_a_spec_is_what_keras_builds(spec: str, weights: Path) -> None:
    found = compiled(spec.replace("WEIGHTS", str(weights)))
    assert found.report.ok
    model = assert_built(trainable(found.program))
    graph = found.graph
    tensors = {graph.out(node) for node in graph.nodes if node.name in graph.tensors}
    for node in graph.nodes:
        layer = model.get_layer(node.name)
        shape, dtype = layer.output.shape, layer.output.dtype
        out = graph.out(node)
        assert out is not None and out in tensors
        if not node.kind or not node.kind.whole_model:
            assert (out.shape, out.dtype) == (tuple(shape[1:]), dtype)
        assert layer.trainable or not getattr(node.kind, "trainable", True)
    assert model.count_params() == sum(graph.params(node) for node in graph.nodes)
    trained = sum(weight.shape.num_elements() for weight in model.trainable_weights)
    assert trained == sum(graph.trained(node) for node in graph.nodes)


@pytest.mark.keras
@pytest.mark.parametrize(("kind", "mode"), MODES.items())
def test_pixels_are_prepared_as_the_model_was_trained(kind: str, mode: str, weights: Path) -> None:
    import keras
    import numpy as np

    pixels = np.random.default_rng(0).uniform(0, 255, (2, 32, 32, 3)).astype("float32")
    spec = text(listed(kind)[:2]).replace("WEIGHTS", str(weights))
    spec = spec.replace('"trainable": false', '"trainable": true')
    model = fresh(lambda: build_model(compiled(spec).program))
    whole = next(layer for layer in model.layers if hasattr(layer, "layers"))
    prepared = keras.applications.imagenet_utils.preprocess_input(pixels.copy(), mode=mode)
    first, second = model(pixels, training=False), whole(prepared, training=False).numpy()
    closely = 1e-4 * abs(second).max()
    np.testing.assert_allclose(first.numpy(), second, atol=closely)
    assert not np.allclose(whole(pixels, training=False).numpy(), second, atol=100 * closely)
