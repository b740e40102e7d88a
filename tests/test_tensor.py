"""Shapes without TensorFlow: windows, broadcasting, and what they print."""

import math
import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specc.tensor import ShapeError, Tensor, Window, broadcast, show_shape, slide

BIG = st.integers(1, 64)
SMALL = st.integers(1, 7)
windows = st.builds(
    Window, BIG, SMALL, st.integers(1, 4), st.sampled_from(["valid", "same"]), st.integers(1, 3)
)
dims = st.none() | st.integers(1, 3)
shapes = st.lists(dims, max_size=4).map(tuple)


def computed(formula: str) -> tuple[float, float]:
    """Both sides of a formula as it is printed."""
    text = formula.replace("·", "*").replace("⌊", "floor(").replace("⌋", ")")
    text = text.replace("⌈", "ceil(").replace("⌉", ")")
    assert re.fullmatch(r"[-+*/()\d= a-z]+", text)
    left, right = text.split("=")
    known: Mapping[str, Any] = {"floor": math.floor, "ceil": math.ceil, "__builtins__": {}}
    return eval(left, dict(known)), eval(right, dict(known))  # digits and signs alone, see above


@given(windows)
def test_the_formula_is_true(window: Window) -> None:
    left, right = computed(window.formula)
    assert left == right == window.out


@given(windows)
def test_leftover_is_what_no_window_covers(window: Window) -> None:
    assert window.out is not None and window.size is not None
    if window.padding == "valid" and window.out > 0:
        last = (window.out - 1) * window.stride + window.reach
        assert last + window.leftover == window.size


def test_formulas_read_well() -> None:
    assert Window(28, 3, 1).formula == "(28 - 3 + 2·0)/1 + 1 = 26"
    assert Window(6, 9, 1).formula == "(6 - 9 + 2·0)/1 + 1 = -2"
    assert Window(15, 2, 2).formula == "⌊(15 - 2 + 2·0)/2⌋ + 1 = 7"
    assert Window(28, 3, 1, "valid", 2).formula == "(28 - ((3 - 1)·2 + 1) + 2·0)/1 + 1 = 24"
    assert Window(28, 3, 2, "same").formula == "⌈28/2⌉ = 14"
    assert Window(None, 3, 1).formula == "(? - 3 + 2·0)/1 + 1 = ?"


def test_a_window_that_does_not_fit_shows_the_axis_where() -> None:
    image = Tensor((9, 6, 64))
    with pytest.raises(ShapeError) as caught:
        slide([Window(9, 9, 1), Window(6, 9, 1)], image, option="kernel_size")
    assert caught.value.message == "window (9, 9) does not fit in 9x6x64"
    assert caught.value.label == "output would be (6 - 9 + 2·0)/1 + 1 = -2"


def test_shapes_read_well() -> None:
    assert [show_shape(shape) for shape in [(28, 28, 1), (None, 3), ()]] == [
        "28x28x1",
        "?x3",
        "scalar",
    ]
    assert Tensor((4, None)).size is None and Tensor((4, 3)).size == 12


@pytest.mark.keras
@settings(max_examples=60)
@given(windows)
def test_windows_slide_as_in_keras(window: Window) -> None:
    import keras

    row = keras.Input((window.size, 1))
    dilation = window.dilation if window.stride == 1 else 1
    ours = Window(window.size, window.width, window.stride, window.padding, dilation)
    conv = keras.layers.Conv1D(
        1, ours.width, ours.stride, padding=ours.padding, dilation_rate=dilation
    )
    assert length(conv, row) == fits(ours)
    pooling = keras.layers.MaxPooling1D(ours.width, ours.stride, ours.padding)
    assert length(pooling, row) == fits(Window(ours.size, ours.width, ours.stride, ours.padding))


def length(layer: Any, row: Any) -> int | None:
    try:
        return int(layer(row).shape[1])
    except ValueError:
        return None


def fits(window: Window) -> int | None:
    return window.out if window.out is not None and window.out > 0 else None


@pytest.mark.keras
@given(shapes, shapes)
def test_broadcasting_is_that_of_keras(left: tuple[Any, ...], right: tuple[Any, ...]) -> None:
    import keras

    pair = [keras.KerasTensor((2, *shape)) for shape in padded(left, right)]
    try:
        theirs: tuple[Any, ...] | None = tuple(keras.ops.add(*pair).shape[1:])
    except ValueError:
        theirs = None
    assert broadcast(left, right) == theirs


def padded(left: tuple[Any, ...], right: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    longest = max(len(left), len(right))
    return [(1,) * (longest - len(shape)) + shape for shape in (left, right)]
