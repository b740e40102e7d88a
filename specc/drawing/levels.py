"""One graph for each frame: its boxes and inner frames, and where edges enter and leave it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from specc.drawing.picture import Edge, Path, Picture


@dataclass(frozen=True, slots=True)
class Entry:
    """Where the tensor of an outer box comes into a frame."""

    source: str


@dataclass(frozen=True, slots=True)
class Exit:
    """Where the tensor of an inner box leaves a frame."""

    source: str


Key = str | Path | Entry | Exit  # a box, a frame, or a place on the border
Leg = tuple[Key, str, Key]  # from, the box whose tensor it is, to


@dataclass(frozen=True)
class Level:
    """What stands in one frame, in the order of the picture."""

    keys: tuple[Key, ...]
    legs: tuple[Leg, ...]


@dataclass(frozen=True)
class Levels:
    """All levels by the path of their frame, `()` for the whole picture."""

    level: Mapping[Path, Level]
    homes: Mapping[str, tuple[Path, ...]]  # the frames around each box, outermost first

    def way(self, edge: Edge) -> Iterator[tuple[Path, Leg]]:
        """The legs of an edge: out of frames, across, and into frames."""
        source = edge.source
        above, below = self.homes[source], self.homes[edge.target]
        common = sum(1 for _ in _alike(above, below))
        start: Key = source
        for path in reversed(above[common:]):
            yield path, (start, source, Exit(source))
            start = path
        stops: tuple[Key, ...] = (*below[common:], edge.target)
        yield (((), *above)[common], (start, source, stops[0]))
        for path, stop in zip(below[common:], stops[1:], strict=True):
            yield path, (Entry(source), source, stop)


def _alike(one: tuple[Path, ...], other: tuple[Path, ...]) -> Iterator[Path]:
    for a, b in zip(one, other, strict=False):
        if a != b:
            return
        yield a


def levels(picture: Picture) -> Levels:
    """The levels of a picture.

    A frame that edges leave and enter again cannot stand in one piece: it is not drawn.
    """
    homes = {
        box.id: tuple(box.cluster[: depth + 1] for depth in range(len(box.cluster)))
        for box in picture.nodes
    }
    while True:
        found = _split(picture, homes)
        rings = [_ring(level) for level in found.level.values()]
        broken = {key for ring in rings for key in ring if isinstance(key, tuple)}
        if not broken:
            return found
        homes = {
            name: tuple(path for path in paths if path not in broken)
            for name, paths in homes.items()
        }


def _split(picture: Picture, homes: Mapping[str, tuple[Path, ...]]) -> Levels:
    keys: dict[Path, dict[Key, None]] = {(): {}}
    legs: dict[Path, dict[Leg, None]] = {(): {}}
    for box in picture.nodes:
        for outer, inner in pairwise(((), *homes[box.id])):
            keys[outer][inner] = None
            keys.setdefault(inner, {})
            legs.setdefault(inner, {})
        keys[((), *homes[box.id])[-1]][box.id] = None
    empty = Levels({}, homes)
    for edge in picture.edges:
        for path, leg in empty.way(edge):
            legs[path][leg] = None
    return Levels({path: _level(keys[path], legs[path]) for path in keys}, homes)


def _level(keys: Mapping[Key, None], legs: Mapping[Leg, None]) -> Level:
    entries = dict.fromkeys(leg[0] for leg in legs if isinstance(leg[0], Entry))
    exits = dict.fromkeys(leg[2] for leg in legs if isinstance(leg[2], Exit))
    return Level((*entries, *keys, *exits), tuple(legs))


def _ring(level: Level) -> set[Key]:
    """The keys on circles, and between them; none where the legs lead onward."""
    ahead: dict[Key, set[Key]] = {key: set() for key in level.keys}
    behind: dict[Key, set[Key]] = {key: set() for key in level.keys}
    for start, _, end in level.legs:
        ahead[start].add(end)
        behind[end].add(start)
    return _peeled(ahead, behind) & _peeled(behind, ahead)


def _peeled(ahead: Mapping[Key, set[Key]], behind: Mapping[Key, set[Key]]) -> set[Key]:
    """What is left when keys with nothing behind them are taken away, time and again."""
    waiting = {key: len(behind[key]) for key in behind}
    free = [key for key, count in waiting.items() if not count]
    while free:
        key = free.pop()
        del waiting[key]
        for other in ahead[key]:
            waiting[other] -= 1
            if not waiting[other]:
                free.append(other)
    return set(waiting)
