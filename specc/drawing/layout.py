"""Where boxes, frames and lines stand: every frame is laid out by itself, innermost first.

Boxes stand in rows, and lines move sideways only between rows; so no line can run through a box.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from specc.drawing.levels import Levels, levels
from specc.drawing.picture import Path, Picture
from specc.drawing.sheet import Frame, Point, Sheet, Size

MARGIN = 12.0  # around the picture


@dataclass(frozen=True, slots=True)
class Area:
    """A box or a frame; `title` is where the title of a frame begins, from the left of all."""

    x: float
    y: float
    width: float
    height: float
    title: float = 0.0


@dataclass(frozen=True)
class Layout:
    """A picture with everything in its place, in pixels."""

    boxes: Mapping[str, Area]
    frames: Mapping[Path, Area]
    lines: Mapping[tuple[str, str], tuple[Point, ...]]
    width: float
    height: float


def lay_out(picture: Picture, sizes: Mapping[str, Size], titles: Mapping[Path, float]) -> Layout:
    """The layout for these sizes of boxes and widths of titles."""
    tree = levels(picture)
    frames: dict[Path, Frame] = {}
    for path in sorted(tree.level, key=len, reverse=True):
        title = ceil(titles[path]) if path else None
        frames[path] = Sheet(tree.level[path], sizes, frames, title).frame()
    corners = _corners(tree, frames)
    boxes = {
        key: Area(*_moved(point, corners[path]), *sizes[key])
        for path, frame in frames.items()
        for key, point in frame.at.items()
        if isinstance(key, str)
    }
    areas = {
        path: Area(*corners[path], frame.width, frame.height, corners[path][0] + frame.title)
        for path, frame in frames.items()
        if path
    }
    lines = {
        (edge.source, edge.target): tuple(
            _moved(point, corners[path])
            for path, leg in tree.way(edge)
            for point in frames[path].lines[leg]
        )
        for edge in picture.edges
    }
    whole = frames[()]
    return Layout(
        {box.id: boxes[box.id] for box in picture.nodes},
        areas,
        lines,
        whole.width + 2 * MARGIN,
        whole.height + 2 * MARGIN,
    )


def _moved(point: Point, by: Point) -> Point:
    return point[0] + by[0], point[1] + by[1]


def _corners(tree: Levels, frames: Mapping[Path, Frame]) -> dict[Path, Point]:
    """The upper left corner of each frame, from that of the picture."""
    corners: dict[Path, Point] = {(): (MARGIN, MARGIN)}
    for path in sorted(tree.level, key=len):
        for key, point in frames[path].at.items():
            if isinstance(key, tuple):
                corners[key] = _moved(point, corners[path])
    return corners
