"""The order within rows: few crossings, by sweeps of medians and by swapping neighbours."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from typing import NamedTuple

WORK = 40_000  # steps that sweeps look at, which bounds the time
PATIENCE = 6  # sweeps without a gain


class Joint(NamedTuple):
    """A step between two rows, and where on its boxes it begins and ends: -0.5 left, 0.5 right."""

    upper: int
    lower: int
    out: float
    into: float


Row = list[int]


def ordered(rows: Sequence[Sequence[int]], joints: Sequence[Joint]) -> list[Row]:
    """The rows with their vertices from left to right."""
    return _Sweeper(rows, joints).best()


class _Sweeper:
    """Rows on their way to a good order."""

    def __init__(self, rows: Sequence[Sequence[int]], joints: Sequence[Joint]) -> None:
        size = sum(map(len, rows))
        self._joints = joints
        self._above: list[list[Joint]] = [[] for _ in range(size)]
        self._below: list[list[Joint]] = [[] for _ in range(size)]
        for joint in joints:
            self._above[joint.lower].append(joint)
            self._below[joint.upper].append(joint)
        self._place = [0] * size
        self._rows = [list(row) for row in rows]
        rank = {vertex: number for number, vertex in enumerate(self._walk())}
        for row in self._rows:
            self._set(row, sorted(row, key=rank.__getitem__))

    def _walk(self) -> list[int]:
        """All vertices as a walk from the top meets them, so that a branch stays together."""
        seen: dict[int, None] = {}
        waiting = [vertex for row in reversed(self._rows) for vertex in reversed(row)]
        while waiting:
            vertex = waiting.pop()
            if vertex not in seen:
                seen[vertex] = None
                waiting += [joint.upper for joint in reversed(self._above[vertex])]
                waiting += [joint.lower for joint in reversed(self._below[vertex])]
        return list(seen)

    def _set(self, row: Row, vertices: Row) -> None:
        row[:] = vertices
        for place, vertex in enumerate(row):
            self._place[vertex] = place

    def best(self) -> list[Row]:
        kept, least, failed = [list(row) for row in self._rows], self._crossings(), 0
        for sweep in range(max(2, WORK // (len(self._joints) + 1))):
            if not least or failed == PATIENCE:
                break
            self._sweep(down=sweep % 2 == 0)
            self._swap()
            count = self._crossings()
            failed += 1
            if count < least:
                kept, least, failed = [list(row) for row in self._rows], count, 0
        return kept

    def _sweep(self, down: bool) -> None:
        for row in self._rows[1:] if down else self._rows[-2::-1]:
            values = {vertex: _median(self._values(vertex, down)) for vertex in row}
            key = {v: self._place[v] if m is None else m for v, m in values.items()}
            self._set(row, sorted(row, key=key.__getitem__))

    def _values(self, vertex: int, up: bool) -> list[float]:
        """Where the neighbours in one direction are, in order."""
        if up:
            return sorted(self._place[j.upper] + j.out for j in self._above[vertex])
        return sorted(self._place[j.lower] + j.into for j in self._below[vertex])

    def _swap(self) -> None:
        """Neighbours change places as long as that saves crossings."""
        for row in self._rows:
            if len(row) > 1:
                values = {v: (self._values(v, True), self._values(v, False)) for v in row}
                for _ in range(4):
                    if not self._swap_in(row, values):
                        break

    def _swap_in(self, row: Row, values: dict[int, tuple[list[float], list[float]]]) -> bool:
        gained = False
        for place in range(len(row) - 1):
            left, right = row[place], row[place + 1]
            pairs = list(zip(values[left], values[right], strict=True))
            if sum(_inversions(a, b) for a, b in pairs) > sum(_inversions(b, a) for a, b in pairs):
                row[place], row[place + 1] = right, left
                self._place[left], self._place[right] = place + 1, place
                gained = True
        return gained

    def _crossings(self) -> int:
        return sum(self._crossings_below(row) for row in self._rows[:-1])

    def _crossings_below(self, row: Row) -> int:
        place = self._place
        ends = sorted(
            (place[j.upper] + j.out, place[j.lower] + j.into)
            for vertex in row
            for j in self._below[vertex]
        )
        return _unsorted_pairs(end for _, end in ends)


def _unsorted_pairs(values: Iterator[float]) -> int:
    seen: list[float] = []
    count = 0
    for value in values:
        count += len(seen) - bisect_right(seen, value)
        insort(seen, value)
    return count


def _inversions(left: list[float], right: list[float]) -> int:
    """Crossings of the lines of two neighbours."""
    return sum(bisect_left(right, value) for value in left)


def _median(values: list[float]) -> float | None:
    if not values:
        return None
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2
