"""Layers of one sort, one behind the other, whatever stands between them."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from specc.axes import spread
from specc.graph import Node
from specc.subject import Subject

POOLING = ("MaxPooling", "AveragePooling")


class Pair(NamedTuple):
    """A layer, and the last one of its sort before it."""

    before: Node
    node: Node


def in_a_row(subject: Subject, counts: Callable[[Node], bool]) -> Iterator[Pair]:
    """Each layer that counts with the last one on the way to it that does.

    A way ends where it forks: a branch has only a part of what there is.
    """
    readers = Counter(ref for node in subject.nodes for ref in node.inputs)
    last: dict[str, Node] = {}
    for node in subject.nodes:
        before = next((last[name] for name in node.inputs if name in last), None)
        if counts(node):
            if before is not None:
                yield Pair(before, node)
            before = node
        if before is not None and readers[node.name] < 2:
            last[node.name] = before


def convolves(node: Node) -> bool:
    """Whether a layer finds patterns, and is none of 1x1 that only mixes channels."""
    forward = node.kind is not None and node.kind.convolves and "Transpose" not in node.kind_name
    return forward and bool(node.filters) and set(windows(node)) not in (set(), {1})


def convolutions(subject: Subject) -> list[Node]:
    """All those layers, in the order of the model."""
    return list(filter(convolves, subject.that(lambda kind: kind.convolves)))


def windows(node: Node) -> tuple[int, ...]:
    """The sizes of the windows of a convolution, one for each axis; none where not known."""
    size = getattr(node.kind, "kernel_size", None)
    return () if size is None else spread(size, getattr(node.kind, "rank", 1))


def pools(node: Node) -> bool:
    """Whether a layer pools window by window."""
    return node.kind_name.startswith(POOLING)


def deep(subject: Subject) -> bool:
    """Whether convolutions and pooling are ten layers or more, as deep ones of the classic form."""
    return sum(convolves(node) or pools(node) for node in subject.nodes) >= 10
