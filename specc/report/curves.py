"""Curves over the epochs as SVG without colours: those are the page's, for light and dark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import isfinite
from xml.sax.saxutils import escape, quoteattr

from specc.drawing.letters import width
from specc.report.axis import Axis, axis, whole
from specc.report.histories import RATE, History
from specc.runs.progress import number

WIDTH, HEIGHT = 420.0, 250.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 12.0, 20.0, 38.0
LETTERS = 12.0  # pixels, as the style of the page says
ON_ALL_ROWS = "training on all rows"
POINTS, DOTS = 100, 24  # epochs up to which each can be pointed at, and has a dot for that

Point = tuple[float, float]


@dataclass(frozen=True)
class Panel:
    """One quantity, and the picture of it; `note` is what must be said of its axis."""

    name: str
    svg: str
    note: str = ""


@dataclass(frozen=True)
class _Line:
    """Values by epoch, of training or validation; `said` is what it is called."""

    kind: str
    said: str
    epochs: Sequence[int]
    values: Sequence[float]
    spread: Sequence[float]

    @property
    def reach(self) -> Iterator[float]:
        """All that must be seen of it."""
        for value, around in zip(self.values, self.spread, strict=True):
            yield from (value - around, value + around)


def panels(history: History, last: History | None = None) -> list[Panel]:
    """A panel for each quantity, with its training and validation values; beside those of folds
    are those of the last training, on all rows."""
    return [_panel(history, last, name) for name in history.quantities]


def _said(name: str) -> str:
    return name.replace("_", " ")


def _panel(history: History, last: History | None, name: str) -> Panel:
    lines = list(_lines(history, last, name))
    across = whole(max((epoch for line in lines for epoch in line.epochs), default=1))
    up = axis([value for line in lines for value in line.reach])
    label = f"{_said(name)} over {len(history.epochs)} epochs: {_summary(lines)}"
    drawn = "".join(_picture(history, lines, across, up, label))
    return Panel(_said(name), drawn, "logarithmic" if up.logarithmic else "")


def _picture(
    history: History, lines: Sequence[_Line], across: Axis, up: Axis, label: str
) -> Iterator[str]:
    box = f'viewBox="0 0 {WIDTH:g} {HEIGHT:g}"'
    yield f'<svg class="curves" {box} role="img" aria-label={quoteattr(label)}>'
    yield from _grid(across, up)
    yield from _phases(history, across)
    for line in lines:
        yield from _drawn(line, across, up)
    yield "</svg>"


def _lines(history: History, last: History | None, name: str) -> Iterator[_Line]:
    nothing = (0.0,) * len(history.epochs)
    for kind, column in (("training", name), ("validation", f"val_{name}")):
        if column in history.columns:
            spread = [0.0 if s != s else s for s in history.spread.get(column, nothing)]
            kind = "rate" if name == RATE else kind
            yield _Line(kind, kind, history.epochs, history.columns[column], spread)
    if last and name in last.columns:
        values = last.columns[name]
        yield _Line("again", ON_ALL_ROWS, last.epochs, values, (0.0,) * len(values))


def _summary(lines: Sequence[_Line]) -> str:
    """The first and the last value of each line, in words."""
    known = [(line.said, line.values[0], line.values[-1]) for line in lines if line.values]
    return ", ".join(f"{said} from {number(a)} to {number(b)}" for said, a, b in known)


def _grid(across: Axis, up: Axis) -> Iterator[str]:
    yield '<g class="grid">'
    for tick in up.ticks:
        yield f'<path d="M{LEFT:g} {_y(up, tick):.1f}H{WIDTH - RIGHT:g}"/>'
    yield '</g><g class="ticks">'
    for tick in up.ticks:
        yield f'<text x="{LEFT - 7:g}" y="{_y(up, tick) + 4:.1f}" text-anchor="end">{tick:g}</text>'
    for tick in across.ticks:
        at = f'x="{_x(across, tick):.1f}" y="{HEIGHT - BOTTOM + 17:g}"'
        yield f'<text {at} text-anchor="middle">{tick:g}</text>'
    middle = (LEFT + WIDTH - RIGHT) / 2
    yield f'<text x="{middle:g}" y="{HEIGHT - 4:g}" text-anchor="middle">epoch</text></g>'


def _phases(history: History, across: Axis) -> Iterator[str]:
    """A line between phases, and the name of each that ends before the next one begins."""
    begins = [LEFT, *(_x(across, epoch - 0.5) for epoch, _ in history.starts[1:]), WIDTH]
    for (_, name), (x, end) in zip(history.starts, pairwise(begins), strict=False):
        if x > LEFT:
            yield f'<path class="phase" d="M{x:.1f} {TOP:g}V{HEIGHT - BOTTOM:g}"/>'
        if x + 4 + width(name, LETTERS) <= end:
            yield f'<text class="phase" x="{x + 4:.1f}" y="{TOP - 8:g}">{escape(name)}</text>'


def _drawn(line: _Line, across: Axis, up: Axis) -> Iterator[str]:
    """The line in as many pieces as gaps leave, and the band of its deviation."""
    every = [*zip(line.epochs, line.values, line.spread, strict=True)]
    for known, piece in groupby(every, key=lambda row: isfinite(row[1])):
        if not known:
            continue
        rows = list(piece)
        if any(row[2] for row in rows):
            yield _band(line.kind, rows, across, up)
        points = [(_x(across, epoch), _y(up, value)) for epoch, value, _ in rows]
        yield f'<path class="{line.kind}" d="{_path(points)}"/>'
        if len(line.epochs) <= POINTS:
            yield from _dots(line, rows, points)


def _band(kind: str, rows: Sequence[tuple[int, float, float]], across: Axis, up: Axis) -> str:
    above = [(_x(across, epoch), _y(up, value + around)) for epoch, value, around in rows]
    below = [(_x(across, epoch), _y(up, value - around)) for epoch, value, around in rows]
    return f'<path class="{kind} band" d="{_path(above + below[::-1])}Z"/>'


def _dots(
    line: _Line, rows: Sequence[tuple[int, float, float]], points: Sequence[Point]
) -> Iterator[str]:
    still = " still" if len(rows) > DOTS else ""
    size = 4.5 if still else 2.6
    for (epoch, value, around), (x, y) in zip(rows, points, strict=True):
        beside = f" ± {number(around)}" if around else ""
        said = f"epoch {epoch}, {line.said}: {number(value)}{beside}"
        yield (
            f'<circle class="{line.kind}{still}" cx="{x:.1f}" cy="{y:.1f}" r="{size}">'
            f"<title>{escape(said)}</title></circle>"
        )


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _x(across: Axis, epoch: float) -> float:
    return LEFT + across.share(epoch) * (WIDTH - LEFT - RIGHT)


def _y(up: Axis, value: float) -> float:
    """Nothing leaves the panel: what has no logarithm stands at its foot."""
    if up.logarithmic and value <= 0:
        return HEIGHT - BOTTOM
    share = min(1.0, max(0.0, up.share(value)))
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)
