"""What rules ask about `augment` and its layers."""

from collections.abc import Iterator
from typing import Any

from specc.augment import Augment
from specc.kind import Kind
from specc.source import Path
from specc.subject import Subject

AUGMENT: Path = ("data", "augment")


def augment_of(subject: Subject) -> Augment | None:
    """What the spec says under `augment`, as far as it could be read."""
    return subject.spec.data.augment if subject.spec.data else None


def layers_of(subject: Subject) -> Iterator[tuple[Any, Path]]:
    """The layers under `augment` that could be read, and where they stand."""
    augment = augment_of(subject)
    for i, kind in enumerate(augment.layers if augment else ()):
        if kind is not None:
            yield kind, (*AUGMENT, "layers", i)


def inside(kind: Kind) -> tuple[Any, ...]:
    """The layers of a pipeline; any other layer itself."""
    return tuple(kind.layers) if hasattr(kind, "layers") else (kind,)
