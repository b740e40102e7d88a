"""Multiply-adds against TensorFlow's own count of the operations in the traced layer."""

from collections.abc import Iterator
from typing import Any

import pytest
from oracle import evaluate

from specc.layers.base import Layer
from specc.registry import find
from specc.tensor import Tensor

PRODUCTS = {"MatMul", "Conv2D", "DepthwiseConv2dNative"}
TRACED = {"unroll": True, "use_cudnn": False}  # a loop would be counted once
ROWS: list[tuple[str, dict[str, Any], tuple[int, ...]]] = [
    ("Dense", {"units": 3}, (5,)),
    ("Dense", {"units": 3, "use_bias": False}, (4, 5)),
    ("Conv1D", {"filters": 4, "kernel_size": 3, "strides": 2}, (9, 2)),
    ("Conv2D", {"filters": 4, "kernel_size": (3, 2), "padding": "same"}, (8, 7, 2)),
    ("SeparableConv2D", {"filters": 4, "kernel_size": 3, "depth_multiplier": 2}, (8, 8, 2)),
    ("DepthwiseConv2D", {"kernel_size": 3, "depth_multiplier": 2}, (8, 8, 2)),
    ("SimpleRNN", {"units": 3, "unroll": True}, (4, 2)),
    ("GRU", {"units": 3} | TRACED, (4, 2)),
    ("LSTM", {"units": 3} | TRACED, (4, 2)),
    ("MaxPooling2D", {}, (8, 8, 2)),
    ("BatchNormalization", {}, (8,)),
]


def made(name: str, options: dict[str, Any]) -> Layer:
    kind = find("layers", name)
    assert kind is not None and issubclass(kind, Layer)
    return kind.model_validate(options)


def wrapped() -> list[tuple[Layer, tuple[int, ...]]]:
    lstm = made("LSTM", {"units": 3} | TRACED)
    dense = made("Dense", {"units": 2})
    return [
        (made("Bidirectional", {"layer": lstm}), (4, 2)),
        (made("TimeDistributed", {"layer": dense}), (3, 4)),
    ]


@pytest.mark.keras
def test_multiply_adds_are_those_that_tensorflow_counts() -> None:
    layers = [(made(name, options), shape) for name, options, shape in ROWS]
    for layer, shape in layers + wrapped():
        assert layer.macs(Tensor(shape)) == traced(layer, shape) / 2, layer


def test_transposed_convolution_spreads_every_input_over_its_window() -> None:
    layer = made("Conv2DTranspose", {"filters": 3, "kernel_size": 3, "strides": 2})
    assert layer.macs(Tensor((4, 4, 2))) == 4 * 4 * 2 * 3 * 3 * 3


def test_an_unknown_axis_makes_the_count_unknown() -> None:
    layers = [(made(name, options), len(shape)) for name, options, shape in ROWS]
    for layer, rank in layers:
        unknown = Tensor((None, *(4,) * (rank - 1)))
        assert rank == 1 or layer.macs(unknown) in (None, 0), layer


def traced(layer: Layer, shape: tuple[int, ...]) -> int:
    """Floating-point operations of the products in one sample."""
    import keras
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import (
        convert_variables_to_constants_v2 as frozen,
    )

    model = keras.Sequential([keras.Input(shape), evaluate(layer.call())])
    function = tf.function(model).get_concrete_function(tf.TensorSpec((1, *shape)))
    profiler = tf.compat.v1.profiler
    options = profiler.ProfileOptionBuilder.float_operation()
    options["output"] = "none"
    report = profiler.profile(frozen(function).graph, cmd="op", options=options)
    return sum(count for name, count in operations(report) if name in PRODUCTS)


def operations(report: Any) -> Iterator[tuple[str, int]]:
    yield report.name, report.float_ops
    for child in report.children:
        yield from operations(child)
