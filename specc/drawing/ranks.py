"""Ranks: a level in rows, each edge in steps from one row to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from specc.drawing.levels import Entry, Exit, Key, Leg, Level


class Step(NamedTuple):
    """A piece of an edge between two rows; `source` is the box whose tensor it carries."""

    upper: int
    lower: int
    source: str


@dataclass(frozen=True)
class Rows:
    """Vertices by number: the keys of the level, then bends (None) where edges pass a row."""

    keys: tuple[Key | None, ...]
    rows: tuple[tuple[int, ...], ...]
    steps: tuple[Step, ...]
    ways: Mapping[Leg, tuple[int, ...]]  # the vertices that each leg goes through


def in_rows(level: Level) -> Rows:
    """Every leg leads downward. What one box gives is one line, from which others branch off."""
    numbers = {key: number for number, key in enumerate(level.keys)}
    ranks = _ranks(level, numbers)
    keys: list[Key | None] = list(level.keys)
    steps: dict[Step, None] = {}
    ways: dict[Leg, tuple[int, ...]] = {}
    for (start, source), ends in _by_tensor(level.legs).items():
        line = [numbers[start]]
        first = ranks[line[0]]
        for rank in range(first + 1, max(ranks[numbers[end]] for end in ends)):
            keys.append(None)
            ranks.append(rank)
            steps[Step(line[-1], len(keys) - 1, source)] = None
            line.append(len(keys) - 1)
        for end in ends:
            upper = ranks[numbers[end]] - 1 - first
            steps[Step(line[upper], numbers[end], source)] = None
            ways[start, source, end] = (*line[: upper + 1], numbers[end])
    rows: list[list[int]] = [[] for _ in range(max(ranks, default=-1) + 1)]
    for number, rank in enumerate(ranks):
        rows[rank].append(number)
    return Rows(tuple(keys), tuple(map(tuple, rows)), tuple(steps), ways)


def _by_tensor(legs: Sequence[Leg]) -> dict[tuple[Key, str], list[Key]]:
    found: dict[tuple[Key, str], list[Key]] = {}
    for start, source, end in legs:
        found.setdefault((start, source), []).append(end)
    return found


def _ranks(level: Level, numbers: Mapping[Key, int]) -> list[int]:
    """Each vertex right below the lowest one that it depends on; places on the border at it."""
    above: list[list[int]] = [[] for _ in level.keys]
    below: list[list[int]] = [[] for _ in level.keys]
    for start, _, end in level.legs:
        below[numbers[start]].append(numbers[end])
        above[numbers[end]].append(numbers[start])
    ordered = in_order(above, below)
    ranks = _lowest(level.keys, above, ordered)
    inner = [r for r, key in zip(ranks, level.keys, strict=True) if not isinstance(key, Exit)]
    last = max(inner, default=0) + 1
    for vertex in reversed(ordered):
        if isinstance(level.keys[vertex], Exit):
            ranks[vertex] = last
        elif above[vertex] and len(below[vertex]) > len(above[vertex]):
            ranks[vertex] = min(ranks[other] for other in below[vertex]) - 1
    return ranks


def _lowest(
    keys: Sequence[Key], above: Sequence[Sequence[int]], ordered: Sequence[int]
) -> list[int]:
    """Each vertex as near to the top as it can be; only entries stand at the border itself."""
    floor = int(any(isinstance(key, Entry) for key in keys))
    ranks = [0] * len(keys)
    for vertex in ordered:
        if not isinstance(keys[vertex], Entry):
            ranks[vertex] = max((ranks[other] + 1 for other in above[vertex]), default=floor)
    return ranks


def in_order(above: Sequence[Sequence[int]], below: Sequence[Sequence[int]]) -> list[int]:
    """The vertices, each behind those above it."""
    waiting = [len(others) for others in above]
    free = [vertex for vertex, count in enumerate(waiting) if not count]
    for vertex in free:
        for other in below[vertex]:
            waiting[other] -= 1
            if not waiting[other]:
                free.append(other)
    return free
