"""The names that Keras gives layers in a fresh session."""

from collections import Counter
from collections.abc import Iterator

from specc.kind import snake_case
from specc.layers.base import Layer

INPUT = "Input"


def layer_name(kind: Layer | None, counts: Counter[str], given: str | None = None) -> str:
    """The given or written name or the one Keras gives; what is inside a layer is named first."""
    if kind is None:
        return given or keras_name("Unknown", counts)
    for inner in inner_layers(kind):
        layer_name(inner, counts)
    for part in kind.parts_inside:
        keras_name(part, counts)
    return given or kind.name or keras_name(kind.class_name or type(kind).__name__, counts)


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
    kind = "InputLayer" if kind == INPUT else kind
    stem = snake_case(kind)
    counts[stem] += 1
    return stem if counts[stem] == 1 else f"{stem}_{counts[stem] - 1}"
