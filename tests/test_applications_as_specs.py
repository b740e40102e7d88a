"""Networks of the literature written as specs are those of Keras: as many weights, and with the
same weights the same outputs.
"""

import gc
import re
from pathlib import Path
from typing import Any

import pytest

from specc.api import build_model, load

SPECS = Path(__file__).parents[1] / "specs"
PARAMS = {"resnet50": 25_636_712, "vgg16": 138_357_544}
both = pytest.mark.parametrize("name", PARAMS)


def of_resnet(name: str) -> str:
    """What Keras calls a layer of `specs/resnet50.yaml`."""
    match re.fullmatch(r"stage(\d)(?:_identity_(\d))?(?:_way)?_(conv|bn)_(\d)", name):
        case None:
            return {"conv1": "conv1_conv", "bn1": "conv1_bn", "dense": "predictions"}[name]
        case found:
            stage, turn, kind, number = found.groups()
            block = 1 if turn is None else int(turn) + 2
            return f"conv{stage}_block{block}_{number}_{kind}"


def of_vgg(name: str) -> str:
    """What Keras calls a layer of `specs/vgg16.yaml`."""
    return re.sub(r"_conv_(\d)$", lambda found: f"_conv{int(found[1]) + 1}", name)


NAMES = {"resnet50": of_resnet, "vgg16": of_vgg}


@both
def test_the_check_counts_the_weights_of_the_application(name: str) -> None:
    graph = load(SPECS / f"{name}.yaml").graph
    assert sum(graph.params(node) for node in graph.nodes) == PARAMS[name]


def application(name: str) -> Any:
    """The model of Keras with random numbers for all weights, of averages and biases too."""
    import keras
    import numpy as np

    made = {"resnet50": keras.applications.ResNet50, "vgg16": keras.applications.VGG16}[name]
    model = made(weights=None)
    generator = np.random.default_rng(0)
    for weight in model.weights:
        if weight.name != "kernel":
            low, high = (
                (-0.1, 0.1) if weight.name in ("bias", "beta", "moving_mean") else (0.8, 1.2)
            )
            weight.assign(generator.uniform(low, high, weight.shape))
    return model


def of_layers(model: Any) -> dict[str, dict[str, Any]]:
    """The weights by the names of the layer and of the weight."""
    return {
        layer.name: {weight.name: weight.numpy() for weight in layer.weights}
        for layer in model.layers
        if layer.weights
    }


@pytest.mark.keras
@both
def test_with_the_weights_of_the_application_its_outputs(name: str) -> None:
    import keras
    import numpy as np

    keras.utils.clear_session()
    x = np.random.default_rng(1).uniform(-120, 130, (2, 224, 224, 3)).astype("float32")
    original = application(name)
    assert original.count_params() == PARAMS[name]
    expected, known = original(x, training=False).numpy(), of_layers(original)
    del original
    gc.collect()
    model = build_model(SPECS / f"{name}.yaml")
    assert model.count_params() == PARAMS[name]
    layers = {NAMES[name](layer.name): layer for layer in model.layers if layer.weights}
    assert layers.keys() == known.keys()
    for there, layer in layers.items():
        assert [weight.name for weight in layer.weights] == [*known[there]]
        for weight in layer.weights:
            weight.assign(known[there][weight.name])
    found = model(x, training=False).numpy()
    assert np.abs(found - expected).max() <= 1e-5
    np.testing.assert_allclose(found, expected, rtol=1e-4)
    assert np.abs(found[0] - found[1]).max() > 1e-5
