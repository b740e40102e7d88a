"""A source of which some parts are read at other paths than those where they are written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from specc.source.reader import Source
from specc.source.spans import Path, Span

Moves = Mapping[Path, Path]  # the path at which a part is read -> that at which it is written


def moved(source: Source, data: Any, moves: Moves) -> Source:
    """The source with other data, whose parts still stand where they are written."""
    values, keys = Moved(source.values, moves), Moved(source.keys, moves)
    plain = Among(source.plain, moves)
    return replace(source, data=data, values=values, keys=keys, plain=plain)


def written(path: Path, moves: Moves) -> Path:
    """Where a part is written that is read at `path`."""
    for size in range(len(path), 0, -1):
        if path[:size] in moves:
            return moves[path[:size]] + path[size:]
    return path


@dataclass(frozen=True)
class Moved(Mapping[Path, Span]):
    """Spans by the paths at which their parts are read, and by those where they are written."""

    spans: Mapping[Path, Span]
    moves: Moves

    def __getitem__(self, path: Path) -> Span:
        return self.spans[written(path, self.moves)]

    def __contains__(self, path: object) -> bool:
        return isinstance(path, tuple) and written(path, self.moves) in self.spans

    def __iter__(self) -> Iterator[Path]:
        return iter(self.spans)

    def __len__(self) -> int:
        return len(self.spans)


@dataclass(frozen=True)
class Among(Collection[Path]):
    """Paths, likewise."""

    paths: Collection[Path]
    moves: Moves

    def __contains__(self, path: object) -> bool:
        return isinstance(path, tuple) and written(path, self.moves) in self.paths

    def __iter__(self) -> Iterator[Path]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)
