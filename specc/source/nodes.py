"""The tree of values and places that reading builds, and lookups in it by path."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from specc.source.spans import Mark, Path, Span, between


class Node:
    """A value and where it stands. `parts` are a mapping's (key, value) pairs or a list's items.

    `size` is what an alias to it costs: a value counts 1, and 1 more for each 64 characters.
    """

    __slots__ = ("data", "end", "height", "parts", "plain", "size", "start")

    def __init__(self, data: Any, start: Mark, end: Mark, parts: Any = None) -> None:
        self.data = data
        self.start = start
        self.end = end
        self.parts: dict[str, tuple[Node, Node]] | list[Node] | None = parts
        self.plain = False
        self.size = 1
        self.height = 0 if parts is None else 1

    @property
    def span(self) -> Span:
        return between(self.start, self.end)


def grow(parent: Node, node: Node) -> None:
    parent.size += node.size
    if node.height >= parent.height:
        parent.height = node.height + 1


def copied(target: Node, event: Any) -> Node:
    """The anchor's node at the alias: its own span, data of its own, the anchor's inner places."""
    node = Node(_fresh(target.data), event.start_mark, event.end_mark, target.parts)
    node.plain, node.size, node.height = target.plain, target.size, target.height
    return node


def _fresh(data: Any) -> Any:
    match data:
        case dict():
            return {key: _fresh(value) for key, value in data.items()}
        case list():
            return [_fresh(item) for item in data]
        case _:
            return data


class Spans(Mapping[Path, Span]):
    """The spans of all values, or of all keys, looked up in the tree when they are asked for."""

    def __init__(self, root: Node | None, of_keys: bool = False) -> None:
        self._root = root
        self._side = 0 if of_keys else 1

    def __getitem__(self, path: Path) -> Span:
        pair = find(self._root, path)
        node = pair[self._side]
        if node is None:
            raise KeyError(path)
        return node.span

    def __iter__(self) -> Iterator[Path]:
        return (path for path, pair in _pairs(self._root) if pair[self._side] is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class PlainPaths(Collection[Path]):
    """The paths of scalars written without quotes."""

    def __init__(self, root: Node | None) -> None:
        self._root = root

    def __contains__(self, path: object) -> bool:
        node = find(self._root, path)[1] if isinstance(path, tuple) else None
        return node is not None and node.plain

    def __iter__(self) -> Iterator[Path]:
        return (path for path, (_, node) in _pairs(self._root) if node is not None and node.plain)

    def __len__(self) -> int:
        return sum(1 for _ in self)


Pair = tuple[Node | None, Node | None]


def find(root: Node | None, path: Path) -> Pair:
    """The key node and the value node at a path; (None, None) where there is nothing."""
    pair: Pair = None, root
    for step in path:
        parts = pair[1].parts if pair[1] is not None else None
        match parts, step:
            case dict(), str() if step in parts:
                pair = parts[step]
            case list(), int() if 0 <= step < len(parts):
                pair = None, parts[step]
            case _:
                return None, None
    return pair


def _pairs(root: Node | None, path: Path = ()) -> Iterator[tuple[Path, Pair]]:
    if root is not None:
        yield from _below(path, (None, root))


def _below(path: Path, pair: Pair) -> Iterator[tuple[Path, Pair]]:
    yield path, pair
    match pair[1] and pair[1].parts:
        case dict() as parts:
            for key, inner in parts.items():
                yield from _below((*path, key), inner)
        case list() as items:
            for index, item in enumerate(items):
                yield from _below((*path, index), (None, item))
