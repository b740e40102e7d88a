"""A picture as SVG: on a light ground of its own, without styles, scripts or foreign fonts."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import dropwhile, pairwise
from xml.sax.saxutils import escape, quoteattr

from specc.drawing.colours import FRAME, GROUND, INK, MUTED, OUTPUT, SHARED, WIRE, colours
from specc.drawing.layout import Area, Layout, lay_out
from specc.drawing.letters import FONT, cut, width
from specc.drawing.picture import Box, Edge, Picture
from specc.drawing.sheet import Point, Size

TITLE, TEXT, HEAD = 13.0, 11.0, 12.0  # font sizes: of a box, in it, and of a frame
LINE = 15.0  # from one line of text to the next
PAD = 10.0  # between the border of a box and its text
NARROWEST = 84.0
ARROW = 6.0
STACK = 4.0  # how far the frames of a repetition lie apart

HATCH = (
    '<pattern id="frozen" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)">'
    '<rect width="7" height="7" fill="#e6e8eb"/>'
    '<path d="M0 0V7" stroke="#cfd4d9" stroke-width="3"/></pattern>'
)


def svg(picture: Picture) -> str:
    """A document that says what it shows in `title` and `desc` too."""
    sizes = {box.id: _size(box) for box in picture.nodes}
    titles = {
        path: width(cut(frame.title), HEAD, bold=True) for path, frame in picture.frames.items()
    }
    layout = lay_out(picture, sizes, titles)
    return "\n".join(_document(picture, layout)) + "\n"


def _document(picture: Picture, layout: Layout) -> Iterator[str]:
    wide, high = _number(layout.width), _number(layout.height)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" role="img" font-family={quoteattr(FONT)}>'
    )
    yield f"<title>{_safe(picture.title)}</title>"
    yield f"<desc>{_safe(picture.description)}</desc>"
    if any(box.frozen for box in picture.nodes):
        yield f"<defs>{HATCH}</defs>"
    yield f'<rect width="{wide}" height="{high}" rx="6" fill="{GROUND}"/>'
    yield from _frames(picture, layout)
    yield from _lines(picture, layout)
    for box in picture.nodes:
        yield from _box(box, layout.boxes[box.id])
    yield "</svg>"


def _frames(picture: Picture, layout: Layout) -> Iterator[str]:
    paths = sorted(layout.frames, key=len)
    if not paths:
        return
    yield f'<g fill="{INK}" fill-opacity="0.035" stroke="{FRAME}">'
    for path in paths:
        if picture.frames[path].times > 1:
            for layer in (2, 1):
                yield _rect(layout.frames[path], 8, f'fill="{GROUND}" fill-opacity="1"', layer)
            yield _rect(layout.frames[path], 8, f'fill="{GROUND}" fill-opacity="1"')
        yield _rect(layout.frames[path], 8)
    yield "</g>"
    yield f'<g fill="{MUTED}" font-size="{HEAD:g}" font-weight="bold">'
    for path in paths:
        area, frame = layout.frames[path], picture.frames[path]
        size = width(cut(frame.title), HEAD, bold=True)
        yield _text(cut(frame.title), area.title, area.y + 17, size)
    yield "</g>"


def _rect(area: Area, radius: float, more: str = "", layer: int = 0) -> str:
    x, y, wide, high = map(_number, (area.x, area.y, area.width, area.height))
    moved = f' transform="translate({STACK * layer:g} {STACK * layer:g})"' if layer else ""
    more = f" {more}" if more else ""
    return f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="{radius:g}"{more}{moved}/>'


def _lines(picture: Picture, layout: Layout) -> Iterator[str]:
    if not picture.edges:
        return
    heads = dict.fromkeys(line[-1] for line in layout.lines.values())
    yield f'<g fill="none" stroke="{WIRE}" stroke-width="1.3">'
    yield from (f'<path d="{curve}"/>' for curve in _curves(layout.lines.values()))
    yield "</g>"
    yield f'<path fill="{WIRE}" d="{"".join(map(_head, heads))}"/>'
    yield from _labels(picture.edges, layout.lines)


def _curves(lines: Iterable[tuple[Point, ...]]) -> Iterator[str]:
    """Each line from where it leaves those drawn before."""
    drawn: set[tuple[Point, Point]] = set()
    for line in lines:
        pieces = [pair for pair in pairwise(line) if pair[0] != pair[1]]
        fresh = list(dropwhile(drawn.__contains__, pieces))
        drawn.update(fresh)
        if fresh:
            yield _curve(fresh)


def _curve(pieces: list[tuple[Point, Point]]) -> str:
    """Straight down where the line keeps its place, else in a bow that begins and ends so."""
    last = pieces[-1][1]
    parts = ["M" + _pair(pieces[0][0])]
    for (x, y), (to, down) in pieces:
        down -= ARROW - 1 if (to, down) == last else 0
        if to != x:
            half = _number((y + down) / 2)
            parts.append(f"C{_number(x)} {half} {_number(to)} {half} {_pair((to, down))}")
            continue
        if parts[-1].startswith("V"):
            parts.pop()
        parts.append(f"V{_number(down)}")
    return "".join(parts)


def _pair(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _head(point: Point) -> str:
    return f"M{_pair(point)}l-3.5-{ARROW:g}h7z"


def _labels(
    edges: Iterable[Edge], lines: Mapping[tuple[str, str], tuple[Point, ...]]
) -> Iterator[str]:
    """What an edge carries, beside the end of its line."""
    for edge in edges:
        if edge.label:
            x, y = lines[edge.source, edge.target][-1]
            label = cut(edge.label)
            halo = f'stroke="{GROUND}" stroke-width="3" paint-order="stroke"'
            style = f'font-size="{TEXT - 1:g}" fill="{MUTED}" {halo}'
            yield _text(label, x + 6, y - 5, width(label, TEXT - 1), style)


def _size(box: Box) -> Size:
    """Even, so that centres are whole."""
    widest = max(_heading(box)[1], *(width(row, TEXT) for row, _ in _rows(box)), 0.0)
    needed = max(NARROWEST, widest + 2 * PAD)
    return 2.0 * round(needed / 2 + 0.5), 2 * PAD + LINE * len(_rows(box)) + TITLE - 1


def _heading(box: Box) -> tuple[float, float]:
    """Where the name begins behind the kind, and the width of both."""
    start = width(cut(box.title), TITLE, bold=True)
    if not box.subtitle:
        return start, start
    return start + 6, start + 6 + width(cut(box.subtitle), TEXT)


def _rows(box: Box) -> list[tuple[str, str]]:
    """The lines below the heading, each with its colour."""
    tone = SHARED if box.shares else OUTPUT[1] if box.role == "output" else MUTED
    tags = [(" · ".join(box.tags), tone)] if box.tags else []
    return [(cut(row), colour) for row, colour in [*((row, INK) for row in box.rows), *tags]]


def _box(box: Box, area: Area) -> Iterator[str]:
    fill, stroke = colours(box)
    fill = "url(#frozen)" if box.frozen else fill
    heavy = ' stroke-width="2"' if box.role != "layer" or box.shares else ""
    radius = area.height / 2 if box.role == "input" else 5
    yield "<g>"
    yield f"<title>{_safe(_words(box))}</title>"
    yield _rect(area, min(radius, 20), f'fill="{fill}" stroke="{stroke}"{heavy}')
    offset, whole = _heading(box)
    x, y = area.x + (area.width - whole) / 2, area.y + PAD + TITLE - 3
    bold = f'font-size="{TITLE:g}" font-weight="bold" fill="{INK}"'
    title = cut(box.title)
    yield _text(title, x, y, width(title, TITLE, bold=True), bold)
    if box.subtitle:
        name = cut(box.subtitle)
        plain = f'font-size="{TEXT:g}" fill="{MUTED}"'
        yield _text(name, x + offset, y, width(name, TEXT), plain)
    for number, (row, colour) in enumerate(_rows(box), start=1):
        size = width(row, TEXT)
        style = f'font-size="{TEXT:g}" fill="{colour}"'
        yield _text(row, area.x + (area.width - size) / 2, y + number * LINE, size, style)
    yield "</g>"


def _words(box: Box) -> str:
    """All that a box says, uncut, for those who point at it or listen."""
    return ", ".join(part for part in (box.title, box.subtitle, *box.rows, *box.tags) if part)


def _text(text: str, x: float, y: float, size: float, style: str = "") -> str:
    """`textLength` holds the text in its place where the font is another one."""
    style = f" {style}" if style else ""
    long = f' textLength="{_number(size)}" lengthAdjust="spacingAndGlyphs"' if text else ""
    return f'<text x="{_number(x)}" y="{_number(y)}"{long}{style}>{_safe(text)}</text>'


def _safe(text: str) -> str:
    """Text that XML can hold: control characters and halves of pairs cannot be written in it."""
    kept = "".join(
        c if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
        else "\ufffd" for c in text
    )  # fmt: skip
    return escape(kept)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
