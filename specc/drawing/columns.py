"""Where the vertices of ordered rows stand from left to right.

After Brandes and Köpf, "Fast and Simple Horizontal Coordinate Assignment" (2002): vertices are
aligned into vertical lines in four ways, up or down and left or right; the mean of the middle
two of the four is taken. Lines may join boxes beside their centre.
"""

from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import NamedTuple

from specc.drawing.ranks import in_order

Rows = Sequence[Sequence[int]]


class Link(NamedTuple):
    """A step between rows; straight when `lower` stands `shift` to the right of `upper`."""

    upper: int
    lower: int
    shift: float
    wish: int  # 0: straight before all others, 1: then this one, 2: if it comes to that


def columns(rows: Rows, links: Sequence[Link], widths: Sequence[float], gap: float) -> list[float]:
    """The centre of each vertex; neighbours in a row stand at least `gap` apart."""
    turned = [Link(link.lower, link.upper, -link.shift, link.wish) for link in links]
    ways = []
    for ordered, joined in ((rows, links), (rows[::-1], turned)):
        ways.append(_one_way(ordered, joined, widths, gap))
        mirrored = [link._replace(shift=-link.shift) for link in joined]
        right = _one_way([row[::-1] for row in ordered], mirrored, widths, gap)
        ways.append([-x for x in right])
    return _middle(ways, widths)


def _one_way(rows: Rows, links: Sequence[Link], widths: Sequence[float], gap: float) -> list[float]:
    """Every vertex in line with one above it, where possible, and all to the left."""
    root, shift = _aligned(rows, links, len(widths))
    return _compact(rows, root, shift, widths, gap)


def _aligned(rows: Rows, links: Sequence[Link], size: int) -> tuple[list[int], list[float]]:
    """For each vertex the top of its line, and how far to the right of that it stands."""
    place = [0] * size
    above: list[list[Link]] = [[] for _ in range(size)]
    for row in rows:
        for number, vertex in enumerate(row):
            place[vertex] = number
    for link in links:
        above[link.lower].append(link)
    root, shift = list(range(size)), [0.0] * size
    for row in rows[1:]:
        for link in _chosen(row, above, place):
            root[link.lower] = root[link.upper]
            shift[link.lower] = shift[link.upper] + link.shift
    return root, shift


def _chosen(row: Sequence[int], above: list[list[Link]], place: list[int]) -> list[Link]:
    """At most one link for each vertex, no two of which cross or begin at the same one."""
    offers = [
        (link.wish, turn, place[vertex], link)
        for vertex in row
        for turn, link in enumerate(_medians(sorted(above[vertex], key=lambda up: place[up.upper])))
    ]
    taken: list[tuple[int, int]] = []  # places above and below
    chosen: list[Link] = []
    lower: set[int] = set()
    for _, _, below, link in sorted(offers, key=lambda offer: offer[:3]):
        pair = (place[link.upper], below)
        at = bisect_left(taken, pair)
        fits = (at == 0 or _apart(taken[at - 1], pair)) and (
            at == len(taken) or _apart(pair, taken[at])
        )
        if fits and link.lower not in lower:
            insort(taken, pair)
            lower.add(link.lower)
            chosen.append(link)
    return chosen


def _apart(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[0] < right[0] and left[1] < right[1]


def _medians(links: list[Link]) -> list[Link]:
    """What a vertex would be in line with: what it wishes for, then the one in the middle."""
    middle = (len(links) - 1) // 2
    wished = [link for link in links if link.wish < 2]
    return [*wished, *links[middle : middle + 2 - len(links) % 2]]


def _compact(
    rows: Rows,
    root: list[int],
    shift: list[float],
    widths: Sequence[float],
    gap: float,
) -> list[float]:
    """Lines as far to the left as their neighbours let them, then back as far as they can."""
    size = len(root)
    left: list[dict[int, float]] = [{} for _ in range(size)]
    right: list[dict[int, float]] = [{} for _ in range(size)]
    for row in rows:
        for a, b in zip(row, row[1:], strict=False):
            apart = (widths[a] + widths[b]) / 2 + gap + shift[a] - shift[b]
            one, other = root[a], root[b]
            apart = max(apart, left[other].get(one, apart))
            left[other][one] = right[one][other] = apart
    lines = in_order([list(each) for each in left], [list(each) for each in right])
    x = [0.0] * size
    for line in lines:
        x[line] = max((x[other] + apart for other, apart in left[line].items()), default=0.0)
    for line in reversed(lines):
        if right[line]:
            x[line] = min(x[other] - apart for other, apart in right[line].items())
    return [x[root[vertex]] + shift[vertex] for vertex in range(size)]


def _middle(ways: list[list[float]], widths: Sequence[float]) -> list[float]:
    """Between the middle two of four positions, once all are as near as can be to the narrowest."""
    lows = [min(x - w / 2 for x, w in zip(way, widths, strict=True)) for way in ways]
    highs = [max(x + w / 2 for x, w in zip(way, widths, strict=True)) for way in ways]
    best = min(range(4), key=lambda i: highs[i] - lows[i])
    moves = [lows[best] - lows[i] if i % 2 == 0 else highs[best] - highs[i] for i in range(4)]
    found = []
    for each in zip(*ways, strict=True):
        values = sorted(x + move for x, move in zip(each, moves, strict=True))
        found.append((values[1] + values[2]) / 2)
    return found
