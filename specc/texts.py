"""Which layers read text, and which compute with numbers."""

from collections.abc import Iterable

from specc.layers.base import Layer
from specc.tensor import Tensor

TEXT = "string"
# Layers that leave text as it is, or make numbers of it, besides those that move or drop values.
PASS = frozenset({"Identity", "RepeatVector", "Hashing", "HashedCrossing", "Custom"})


def reads_text(kind: Layer) -> bool:
    return kind.takes_text and not getattr(kind, "invert", False)


def computes(kind: Layer) -> bool:
    """Whether text makes the layer fail."""
    passes = kind.moves or kind.drops or kind.merges or type(kind).__name__ in PASS
    return not (passes or reads_text(kind))


def misread(kind: Layer, inputs: Iterable[Tensor]) -> bool:
    """Whether a layer that computes gets text."""
    return computes(kind) and any(tensor.dtype == TEXT for tensor in inputs)
