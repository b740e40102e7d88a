"""What training kinds say about themselves against what Keras does."""

import inspect
from importlib import import_module
from math import isfinite
from typing import Any

import pytest
from oracle import evaluate
from training_kinds import REQUIRED, kind_of, smallest

from specc.registry import names, words
from specc.training.base import Callback, GradientOptimizer, Loss, Metric, logged_names

pytestmark = pytest.mark.keras


def sample(encoding: str) -> tuple[Any, Any]:
    """Targets of that encoding for eight samples, and outputs that fit."""
    import numpy as np

    ids = np.arange(8) % 6
    single, many = np.linspace(0.1, 0.9, 8)[:, None], np.linspace(0.1, 0.9, 48).reshape(8, 6)
    shares = many / many.sum(axis=1, keepdims=True)
    return {
        "binary": ((ids % 2)[:, None], single),
        "integer": (ids[:, None], shares),
        "one_hot": (np.eye(6)[ids], shares),
        "multi_hot": ((many > 0.4).astype(int), many),
        "real": (many[::-1].copy(), many),
        "sequence": (np.tile(ids[:4] + 1, (8, 1)), np.tile(many[:, None], (1, 9, 1))),
    }[encoding]


def metrics_for(encoding: str) -> list[Metric]:
    """Every metric that can measure it: by each of its words, then as an object, twice for AUC."""
    found: list[Metric] = []
    for word in words("metrics"):
        metric = kind_of("metrics", word)()
        assert isinstance(metric, Metric)
        found.append(metric.written_as(word))
    for name in (*names("metrics"), "AUC"):
        options = {"k": 2} if name.startswith(("TopK", "SparseTopK")) else REQUIRED.get(name, {})
        metric = kind_of("metrics", name).model_validate(options)
        assert isinstance(metric, Metric)
        found.append(metric)
    return [metric for metric in found if encoding in metric.measures()]


@pytest.mark.filterwarnings("ignore:The model does not have any trainable weights")
@pytest.mark.parametrize("encoding", ["binary", "integer", "one_hot", "multi_hot", "real"])
def test_metrics_measure_what_they_say_under_the_name_they_say(encoding: str) -> None:
    import keras

    y, outputs = sample(encoding)
    metrics = metrics_for(encoding)
    keras.utils.clear_session()
    model = keras.Sequential([keras.Input(outputs.shape[1:]), keras.layers.Activation("linear")])
    compiled = [evaluate(metric.spelled()) for metric in metrics]
    model.compile(loss="mse", metrics=compiled, run_eagerly=True)
    if encoding == "integer":
        model.compile(loss="sparse_categorical_crossentropy", metrics=compiled, run_eagerly=True)
    history = model.fit(outputs, y, validation_data=(outputs, y), verbose=0).history
    expected = {"loss", *logged_names(metrics)}
    assert set(history) == expected | {f"val_{name}" for name in expected}
    assert all(
        isfinite(values[0]) for values in history.values() if getattr(values[0], "ndim", 0) == 0
    )


@pytest.mark.parametrize("name", names("metrics"))
def test_direction_of_metrics(name: str) -> None:
    metric = smallest("metrics", name)
    theirs = {"up": "max", "down": "min"}.get(getattr(evaluate(metric.call()), "_direction", ""))
    assert metric.direction == theirs  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", names("losses"))
def test_losses_take_the_labels_they_say(name: str) -> None:
    loss = smallest("losses", name)
    assert isinstance(loss, Loss)
    for encoding in loss.labels:
        y, outputs = sample("sequence" if "sequence" in loss.tasks else encoding)
        y = y[:, 0] if name in ("Circle", "CategoricalGeneralizedCrossEntropy") else y
        assert isfinite(float(evaluate(loss.call())(y, outputs)))
        assert y.dtype.kind != "f" or loss.targets.holds(y.min(), y.max())


@pytest.mark.parametrize("name", names("losses"))
def test_losses_read_probabilities_unless_told_otherwise(name: str) -> None:
    loss = smallest("losses", name)
    assert isinstance(loss, Loss)
    has_option = "from_logits" in type(loss).model_fields
    assert loss.logits == (name == "CTC")
    assert not has_option or (
        loss.probabilistic and type(loss).model_validate({"from_logits": True}).logits
    )


@pytest.mark.parametrize("name", names("schedules"))
def test_highest_rate_of_a_schedule(name: str) -> None:
    schedule = smallest("schedules", name)
    theirs = evaluate(schedule.call())
    rates = [float(theirs(step)) for step in range(12)]
    assert schedule.highest == pytest.approx(max(rates))  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(set(names("initializers")) - {"STFT"}))
def test_deviation_of_initial_weights(name: str) -> None:
    initializer = smallest("initializers", name)
    weights = evaluate(initializer.call())((300, 200)).numpy()
    assert weights.std() == pytest.approx(initializer.deviation(300, 200), rel=0.05)  # type: ignore[attr-defined]
    constant = float(weights.min()) == float(weights.max())
    assert initializer.constant == constant  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["L1", "L2", "L1L2"])
def test_strength_of_a_penalty(name: str) -> None:
    import numpy as np

    options = {"L1": {"l1": 0.3}, "L2": {"l2": 0.2}, "L1L2": {"l1": 0.3, "l2": 0.2}}[name]
    penalty = kind_of("regularizers", name).model_validate(options)
    absolute, squared = penalty.strength  # type: ignore[attr-defined]
    weights = np.array([[-2.0, 1.0]], dtype="float32")
    assert float(evaluate(penalty.call())(weights)) == pytest.approx(3 * absolute + 5 * squared)


@pytest.mark.parametrize("name", names("callbacks"))
def test_callbacks_that_can_act_on_batches(name: str) -> None:
    base, theirs = (getattr(import_module("keras.callbacks"), n) for n in ("Callback", name))
    hooks = ["on_train_batch_begin", "on_train_batch_end", "on_batch_begin", "on_batch_end"]
    busy = {"save_freq": 5, "update_freq": 5}
    kind = kind_of("callbacks", name)
    options = {option: busy[option] for option in busy if option in kind.model_fields}
    callback = kind.model_validate({**REQUIRED.get(name, {}), **options})
    assert isinstance(callback, Callback)
    overrides = any(getattr(theirs, hook) is not getattr(base, hook) for hook in hooks)
    assert callback.per_batch == overrides


def test_gradient_optimizers_share_the_options_of_their_base() -> None:
    optimizers = import_module("keras.optimizers")
    shared = set.intersection(
        *(
            set(inspect.signature(getattr(optimizers, name)).parameters)
            for name in names("optimizers")
            if issubclass(kind_of("optimizers", name), GradientOptimizer)
        )
    )
    assert shared - {"kwargs"} == set(GradientOptimizer.model_fields)
