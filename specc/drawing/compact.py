"""Pictures made smaller: frames in frames, and layers that only finish what one before did."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from specc.drawing.picture import Box, Cluster, Path, Picture

MANY = 48  # boxes that still can be read one by one


def compact(picture: Picture, finishing: Collection[str]) -> Picture:
    """`finishing` are the boxes that may become a line in the box before them.

    That happens in large pictures alone, and where no other box takes something from in between.
    """
    picture = _unnested(picture)
    return _finished(picture, set(finishing)) if len(picture.nodes) > MANY else picture


def _unnested(picture: Picture) -> Picture:
    """A frame with nothing in it but another frame becomes one with that."""
    held: dict[Path, set[Path | str]] = {}
    for box in picture.nodes:
        for depth in range(1, len(box.cluster) + 1):
            inner = box.cluster[: depth + 1] if depth < len(box.cluster) else box.id
            held.setdefault(box.cluster[:depth], set()).add(inner)
    lone = {path for path, inner in held.items() if len(inner) == 1}
    joined = {path for path in lone if isinstance(next(iter(held[path])), tuple)}
    by_path = {each.path: each for each in picture.clusters}
    for outer in sorted(joined, key=len):
        inner = next(iter(held[outer]))
        if isinstance(inner, tuple) and outer in by_path and inner in by_path:
            one, other = by_path[outer], by_path[inner]
            if one.times == 1 or other.times == 1:
                by_path[inner] = _joined(one, other)
                del by_path[outer]
    gone = {each.path for each in picture.clusters} - set(by_path)
    return _without(picture, gone, by_path)


def _joined(outer: Cluster, inner: Cluster) -> Cluster:
    label = f"{outer.label} · {inner.label}"
    if outer.turn is not None:
        label = inner.label
    return replace(inner, label=label, times=outer.times * inner.times)


def _without(picture: Picture, gone: Collection[Path], by_path: dict[Path, Cluster]) -> Picture:
    def kept(path: Path) -> Path:
        parts = (path[: depth + 1] for depth in range(len(path)))
        return tuple("/".join(part) for part in parts if part not in gone)

    return replace(
        picture,
        nodes=tuple(replace(box, cluster=kept(box.cluster)) for box in picture.nodes),
        clusters=tuple(replace(each, path=kept(path)) for path, each in by_path.items()),
    )


def _finished(picture: Picture, finishing: set[str]) -> Picture:
    boxes = {box.id: box for box in picture.nodes}
    sources = Counter(edge.target for edge in picture.edges)
    targets = Counter(edge.source for edge in picture.edges)
    before = {edge.target: edge.source for edge in picture.edges if not edge.label}
    into: dict[str, str] = {}
    for box in picture.nodes:
        source = before.get(box.id)
        if source is None or box.id not in finishing or sources[box.id] != 1:
            continue
        host = into.get(source, source)
        if targets[source] == 1 and _fits(boxes[host], boxes[source], box):
            into[box.id] = host
            boxes[host] = _with(boxes[host], box)
    edges = [
        replace(edge, source=into.get(edge.source, edge.source))
        for edge in picture.edges
        if edge.target not in into
    ]
    nodes = tuple(boxes[box.id] for box in picture.nodes if box.id not in into)
    return replace(picture, nodes=nodes, edges=tuple(edges))


def _fits(host: Box, source: Box, box: Box) -> bool:
    if "input" in (host.role, source.role) or source.role == "output":
        return False
    return (
        not (host.shares or box.shares)
        and host.frozen == box.frozen
        and host.cluster == box.cluster
    )


def _with(host: Box, box: Box) -> Box:
    *facts, size = box.rows
    line = " ".join(["+", box.title, *facts]) + "".join(size.partition(" · ")[1:])
    role = host.role if box.role == "layer" else box.role
    return replace(host, rows=(*host.rows, line), role=role)
