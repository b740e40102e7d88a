"""The names that Keras gives layers in a fresh session."""

from collections import Counter
from collections.abc import Iterable, Iterator

from specc.kind import snake_case
from specc.layers.base import Layer

INPUT = "Input"


def layer_name(kind: Layer | None, counts: Counter[str], given: str | None = None) -> str:
    """The given or written name or the one Keras gives; what is inside a layer is named first."""
    if kind is None:
        return given or keras_name("Unknown", counts)
    for inner in inner_layers(kind):
        layer_name(inner, counts)
    for part in kind.named_inside():
        keras_name(part, counts)
    return given or kind.name or next_name(counted_as(kind), counts)


def counted_as(kind: Layer) -> str:
    """What the names that Keras gives start with; a whole model is called as people do."""
    name = kind.class_name or type(kind).__name__
    return name.lower() if kind.whole_model else _stem(name)


def used_up(kinds: Iterable[Layer | None]) -> frozenset[str]:
    """What Keras' names start with where whole models have taken the first of them."""
    return frozenset(name for kind in kinds if kind is not None for name in kind.used_up())


def name_in_block(kind: Layer | None, counts: Counter[str], given: str | None = None) -> str:
    """The name in a block, where every layer has one of its own and Keras counts none of them."""
    own = kind.name if kind is not None else None
    return given or own or keras_name(type(kind).__name__ if kind else "Unknown", counts)


def inner_layers(kind: Layer) -> Iterator[Layer]:
    """The layers that a layer holds: that of a wrapper, the cells of a recurrent layer."""
    for option, mark in kind.held().items():
        if mark.family == "layers":
            held = getattr(kind, option)
            each = held if isinstance(held, tuple) else (held,)
            yield from (inner for inner in each if isinstance(inner, Layer))


def keras_name(kind: str, counts: Counter[str]) -> str:
    """The name Keras gives the next unnamed layer of a kind in a fresh session."""
    return next_name(_stem(kind), counts)


def _stem(name: str) -> str:
    return snake_case("InputLayer" if name == INPUT else name)


def next_name(stem: str, counts: Counter[str]) -> str:
    """The stem alone at first, then with a number behind it: `dense`, `dense_1`, …"""
    counts[stem] += 1
    return stem if counts[stem] == 1 else f"{stem}_{counts[stem] - 1}"
