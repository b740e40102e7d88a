"""One level laid out: rows from top to bottom, vertices from left to right, lines in between."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from specc.drawing.columns import Link, columns
from specc.drawing.levels import Entry, Exit, Key, Leg, Level
from specc.drawing.order import Joint, ordered
from specc.drawing.picture import Path
from specc.drawing.ranks import Rows, Step, in_rows

GAP = 18.0  # between boxes of a row
LANE = 12.0  # the width of a line that passes boxes
DROP = 24.0  # between rows
BRIEF = 10.0  # between the title of a frame and the first row, where lines are straight
WIDE = 26.0  # the most that is added between rows where lines go far to the side
CLEAR = 40.0  # how much longer one of two ways must be to go straight on
SIDE = 14.0  # between a frame and what is in it
HEAD, FOOT = 24.0, 14.0  # a frame's strip for its title, and its lower edge

Size = tuple[float, float]
Point = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """A level by itself, from its upper left corner."""

    width: float
    height: float
    at: Mapping[Key, Point]  # the upper left corners of its boxes and frames, and the ports
    lines: Mapping[Leg, tuple[Point, ...]]
    title: float = SIDE


class Sheet:
    """One level while it is laid out."""

    def __init__(
        self,
        level: Level,
        sizes: Mapping[str, Size],
        frames: Mapping[Path, Frame],
        title: float | None,
    ) -> None:
        self._frames = frames
        self._title = title  # None for the whole picture, which has no border
        self._sheet: Rows = in_rows(level)
        self._keys = self._sheet.keys
        self._sizes = [self._size(key, sizes) for key in self._keys]
        joints = [self._joint(step) for step in self._sheet.steps]
        self._rows = ordered(self._sheet.rows, joints)
        self._row = {v: number for number, row in enumerate(self._rows) for v in row}

    def _size(self, key: Key | None, sizes: Mapping[str, Size]) -> Size:
        match key:
            case str():
                return sizes[key]
            case tuple():
                return self._frames[key].width, self._frames[key].height
            case Entry():
                return LANE, HEAD
            case Exit():
                return LANE, FOOT
            case _:
                return LANE, 0.0

    def _port(self, vertex: int, port: Entry | Exit) -> float:
        """Where a line meets a vertex, to the right of its centre."""
        key = self._keys[vertex]
        if not isinstance(key, tuple):
            return 0.0
        frame = self._frames[key]
        return frame.at[port][0] - frame.width / 2

    def _out(self, step: Step) -> float:
        return self._port(step.upper, Exit(step.source))

    def _into(self, step: Step) -> float:
        return self._port(step.lower, Entry(step.source))

    def _joint(self, step: Step) -> Joint:
        upper, lower = self._sizes[step.upper][0] + 1, self._sizes[step.lower][0] + 1
        return Joint(step.upper, step.lower, self._out(step) / upper, self._into(step) / lower)

    def frame(self) -> Frame:
        """The level in its place."""
        x, width, title = self._across()
        tops, bottoms = self._down(x)
        at: dict[Key, Point] = {
            key: (x[v] - self._sizes[v][0] / 2, self._top(v, tops, bottoms))
            for v, key in enumerate(self._keys)
            if isinstance(key, str | tuple)
        }
        height = bottoms[-1] if bottoms else 0.0
        if self._title is not None and not any(isinstance(k, Exit) for k in self._keys):
            height += FOOT
        at |= {
            key: (x[v], 0.0 if isinstance(key, Entry) else height)
            for v, key in enumerate(self._keys)
            if isinstance(key, Entry | Exit)
        }
        lines = self._lines(x, tops, bottoms)
        return Frame(width, height, at, lines, title)

    def _across(self) -> tuple[list[float], float, float]:
        """The centres of all vertices, the width, and where the title begins."""
        if not self._keys:
            return [], 0.0, SIDE
        widths = [width for width, _ in self._sizes]
        x = columns(self._rows, self._links(), widths, GAP)
        side = 0.0 if self._title is None else SIDE
        left = min(each - width / 2 for each, width in zip(x, widths, strict=True)) - side
        x = [each - left for each in x]
        right = max(each + width / 2 for each, width in zip(x, widths, strict=True)) + side
        if self._title is None:
            return x, right, SIDE
        ports = [x[v] for v, key in enumerate(self._keys) if isinstance(key, Entry)]
        if len(ports) == 1:  # as much room on both sides, so that the line stays in the middle
            lacking = max(0.0, SIDE + self._title + LANE / 2 - ports[0])
            return [each + lacking for each in x], right + 2 * lacking, SIDE
        start = _free(sorted(ports), self._title, right)
        return x, max(right, start + self._title + SIDE), start

    def _links(self) -> list[Link]:
        mutual = self._favourites(True) & self._favourites(False)
        found = []
        for number, step in enumerate(self._sheet.steps):
            bends = self._keys[step.upper] is None and self._keys[step.lower] is None
            wish = 0 if bends else 1 if number in mutual else 2
            found.append(Link(step.upper, step.lower, self._out(step) - self._into(step), wish))
        return found

    def _favourites(self, upward: bool) -> set[int]:
        """For each vertex the step to its only neighbour, or to that on the longer way of two."""
        length = self._lengths(upward)
        met: dict[int, list[int]] = {}
        for number, step in enumerate(self._sheet.steps):
            met.setdefault(step.lower if upward else step.upper, []).append(number)
        found = set()
        for numbers in met.values():
            ways = [length[self._end(number, upward)] for number in numbers]
            best = max(ways)
            if len(ways) == 1 or (len(ways) == 2 and best - min(ways) > CLEAR):
                found.add(numbers[ways.index(best)])
        return found

    def _end(self, number: int, upward: bool) -> int:
        step = self._sheet.steps[number]
        return step.upper if upward else step.lower

    def _lengths(self, upward: bool) -> list[float]:
        """How much stands on the longest way from each vertex to the top or the bottom."""
        ahead: list[list[int]] = [[] for _ in self._keys]
        for number, step in enumerate(self._sheet.steps):
            ahead[step.lower if upward else step.upper].append(self._end(number, upward))
        length = [0.0] * len(self._keys)
        for row in self._rows if upward else self._rows[::-1]:
            for vertex in row:
                longest = max((length[other] for other in ahead[vertex]), default=0.0)
                length[vertex] = longest + self._sizes[vertex][1]
        return length

    def _down(self, x: list[float]) -> tuple[list[float], list[float]]:
        """The upper and lower edge of each row; more room where lines go far to the side."""
        far = [0.0] * len(self._rows)
        for step in self._sheet.steps:
            way = x[step.upper] + self._out(step) - x[step.lower] - self._into(step)
            below = self._row[step.lower]
            far[below] = max(far[below], abs(way))
        y = 0.0 if self._title is None or Entry in self._sorts(0) else HEAD + 4
        tops, bottoms = [], []
        for number, row in enumerate(self._rows):
            if number:
                y += self._gap(number, far[number])
            tops.append(y)
            y += max((self._sizes[vertex][1] for vertex in row), default=0.0)
            bottoms.append(y)
        return tops, bottoms

    def _gap(self, row: int, far: float) -> float:
        """The height between a row and the one above it."""
        if far:
            return DROP + min(WIDE, far // 12)
        if Exit in self._sorts(row):
            return 0.0
        return BRIEF if Entry in self._sorts(row - 1) else DROP

    def _sorts(self, row: int) -> set[type]:
        return {type(self._keys[vertex]) for vertex in self._rows[row]} if self._rows else set()

    def _top(self, vertex: int, tops: list[float], bottoms: list[float]) -> float:
        """The upper edge of a vertex: it stands in the middle of its row."""
        row = self._row[vertex]
        return (tops[row] + bottoms[row] - self._sizes[vertex][1]) / 2

    def _lines(
        self, x: list[float], tops: list[float], bottoms: list[float]
    ) -> dict[Leg, tuple[Point, ...]]:
        return {
            leg: tuple(self._line(leg[1], way, x, tops, bottoms))
            for leg, way in self._sheet.ways.items()
        }

    def _line(
        self, source: str, way: tuple[int, ...], x: list[float], tops: list[float],
        bottoms: list[float],
    ) -> Iterable[Point]:  # fmt: skip
        """Out of the first vertex, straight through rows, sideways between them, into the last."""
        first, last = way[0], way[-1]
        out = x[first] + self._port(first, Exit(source))
        entry = isinstance(self._keys[first], Entry)
        yield out, 0.0 if entry else self._top(first, tops, bottoms) + self._sizes[first][1]
        yield out, bottoms[self._row[first]]
        for bend in way[1:-1]:
            yield x[bend], tops[self._row[bend]]
            yield x[bend], bottoms[self._row[bend]]
        into = x[last] + self._port(last, Entry(source))
        yield into, tops[self._row[last]]
        low = isinstance(self._keys[last], Exit)
        yield into, bottoms[-1] if low else self._top(last, tops, bottoms)


def _free(ports: list[float], title: float, right: float) -> float:
    """Where a title fits between the lines that come in, as far to the left as it can."""
    edges = [SIDE - LANE / 2, *ports, right]
    for left, end in pairwise(edges):
        if end - left >= title + LANE:
            return left + LANE / 2
    return edges[-2] + LANE / 2
