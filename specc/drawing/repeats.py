"""Turns of a repetition that are alike are drawn once, with their number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from specc.drawing.picture import Box, Cluster, Edge, Path, Picture

_NUMBER = re.compile(r"_\d+$")
Token = tuple[str, object, str]  # where an edge comes from: inside, the turn before, or elsewhere


@dataclass(frozen=True)
class _Turn:
    """One turn of a repetition, with its boxes."""

    cluster: Cluster
    boxes: tuple[Box, ...]


def once(picture: Picture) -> Picture:
    """The picture with each run of turns that are alike drawn as its first one."""
    for depth in range(max((len(each.path) for each in picture.clusters), default=0), 0, -1):
        for turns in list(_repetitions(picture, depth)):
            for run in _runs(turns, _arrivals(picture.edges)):
                picture = _merged(picture, run) if len(run) > 1 else picture
    return picture


def _repetitions(picture: Picture, depth: int) -> Iterator[list[_Turn]]:
    """The turns of each repetition at this depth."""
    within: dict[Path, list[Box]] = {}
    for box in picture.nodes:
        within.setdefault(box.cluster[:depth], []).append(box)
    found = [
        _Turn(each, tuple(within.get(each.path, ())))
        for each in picture.clusters
        if each.turn is not None and len(each.path) == depth
    ]
    for _, turns in groupby(found, key=lambda turn: (turn.cluster.path[:-1], turn.cluster.turn)):
        yield list(turns)


def _arrivals(edges: Sequence[Edge]) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        found.setdefault(edge.target, []).append(edge)
    return found


def _runs(turns: list[_Turn], arrivals: Mapping[str, list[Edge]]) -> Iterator[list[_Turn]]:
    """Turns in a row that say the same and are wired alike."""
    run: list[_Turn] = []
    before: _Turn | None = None
    for turn in turns:
        if run and not _alike(run[-1], turn, before, arrivals):
            yield run
            run = []
        before = run[-1] if run else None
        run.append(turn)
    yield run


def _alike(
    one: _Turn, other: _Turn, before: _Turn | None, arrivals: Mapping[str, list[Edge]]
) -> bool:
    if len(one.boxes) != len(other.boxes):
        return False
    if any(_plain(a, one) != _plain(b, other) for a, b in zip(one.boxes, other.boxes, strict=True)):
        return False
    first = list(_tokens(one, before, arrivals))
    second = list(_tokens(other, one, arrivals))
    return _same_wiring(first, second)


def _plain(box: Box, turn: _Turn) -> Box:
    """A box without what differs from turn to turn."""
    inner = box.cluster[len(turn.cluster.path) :]
    return replace(box, id="", subtitle="", role="layer", cluster=inner)


def _tokens(
    turn: _Turn, before: _Turn | None, arrivals: Mapping[str, list[Edge]]
) -> Iterator[list[Token]]:
    inside = {box.id: place for place, box in enumerate(turn.boxes)}
    last = {box.id: place for place, box in enumerate(before.boxes)} if before else {}
    for box in turn.boxes:
        found: list[Token] = []
        for edge in arrivals.get(box.id, ()):
            name = edge.source
            if name in inside:
                found.append(("inside", inside[name], edge.label))
            elif name in last:
                found.append(("before", last[name], edge.label))
            else:
                found.append(("elsewhere", name, edge.label))
        yield found


def _same_wiring(first: list[list[Token]], second: list[list[Token]]) -> bool:
    """Whether the tokens agree; what the first turn takes from elsewhere, the second may take
    from the first."""
    entries: dict[object, object] = {}
    for ours, theirs in zip(first, second, strict=True):
        if len(ours) != len(theirs):
            return False
        for one, other in zip(ours, theirs, strict=True):
            if one == other:
                continue
            if (one[0], other[0]) != ("elsewhere", "before") or one[2] != other[2]:
                return False
            if entries.setdefault(other[1], one[1]) != one[1]:
                return False
    return True


def _merged(picture: Picture, run: list[_Turn]) -> Picture:
    """The first of the turns stands for all; what follows takes from it."""
    kept, second, last = run[0], run[1], run[-1]
    stands_for = {
        box.id: mine.id
        for turn in run[1:]
        for box, mine in zip(turn.boxes, kept.boxes, strict=True)
    }
    boxes = {
        mine.id: replace(mine, role=end.role, subtitle=_stem(mine.subtitle, other.subtitle))
        for mine, other, end in zip(kept.boxes, second.boxes, last.boxes, strict=True)
    }
    edges = (
        replace(edge, source=stands_for.get(edge.source, edge.source))
        for edge in picture.edges
        if edge.target not in stands_for
    )
    return replace(
        picture,
        nodes=tuple(boxes.get(b.id, b) for b in picture.nodes if b.id not in stands_for),
        edges=tuple(edges),
        clusters=tuple(_clusters(picture, run)),
    )


def _clusters(picture: Picture, run: list[_Turn]) -> Iterator[Cluster]:
    kept, other = run[0].cluster.path, run[1].cluster.path
    depth = len(kept)
    labels = {each.path: each.label for each in picture.clusters}
    gone = {turn.cluster.path for turn in run[1:]}
    for each in picture.clusters:
        if each.path == kept:
            yield replace(each, times=len(run))
        elif each.path[:depth] == kept:
            twin = labels.get((*other, *each.path[depth:]), each.label)
            yield replace(each, label=_stem(each.label, twin))
        elif each.path[:depth] not in gone:
            yield each


def _stem(one: str, other: str) -> str:
    """What the names of two turns have in common, if the numbers of the turns are all else."""
    stem = _NUMBER.sub("", one)
    return stem if one != other and stem == _NUMBER.sub("", other) else one
