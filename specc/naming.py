"""The names that Keras gives layers in a fresh session."""

from collections import Counter

from specc.kind import snake_case
from specc.layers.base import Layer

INPUT = "Input"


def layer_name(kind: Layer | None, counts: Counter[str]) -> str:
    """The written name or the one Keras gives; a wrapped layer is named before its wrapper."""
    if kind is None:
        return keras_name("Unknown", counts)
    for option, mark in kind.held().items():
        inner = getattr(kind, option) if mark.family == "layers" else None
        if isinstance(inner, Layer):
            layer_name(inner, counts)
    return kind.name or keras_name(type(kind).__name__, counts)


def keras_name(kind: str, counts: Counter[str]) -> str:
    """The name Keras gives the next unnamed layer of a kind in a fresh session."""
    kind = "InputLayer" if kind == INPUT else kind
    stem = snake_case(kind)
    counts[stem] += 1
    return stem if counts[stem] == 1 else f"{stem}_{counts[stem] - 1}"
