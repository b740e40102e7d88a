"""What the headers of NumPy's files say, and small arrays of targets."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isnan, prod, sqrt
from operator import mul
from pathlib import Path as FilePath
from typing import Any

from specc.data.arrays import Arrays
from specc.diagnostics import Diagnostic, Severity
from specc.inspect.facts import Facts, Missing, not_a_file
from specc.inspect.known import facts_of, origins
from specc.inspect.labels import Labels, labels_of
from specc.inspect.npy import Header, Unreadable, header, keys, numbers, opened
from specc.source import Path
from specc.wording import listing

UNKNOWN = Facts()
MOST_TARGETS = 10 << 20  # bytes of targets that are read
MOST_INPUTS = 1 << 20  # bytes of inputs that are read, for their range


@dataclass(frozen=True)
class Place:
    """Where one array of one part is: a file, and the key in it for an `.npz` file."""

    part: str
    index: int  # 0 for x, 1 for y
    of: str | None  # the input or output, where they have names
    path: Path
    file: FilePath
    key: str | None

    @property
    def name(self) -> str:
        return f"`{self.key or self.file.name}`"


@dataclass(frozen=True)
class Seen:
    """An array that could be read: its header, and the first of its numbers."""

    place: Place
    header: Header
    numbers: Any

    @property
    def rows(self) -> int:
        return self.header.shape[0]


def look(
    source: Arrays, path: Path, root: FilePath, classes: tuple[str, ...] | None
) -> tuple[Facts, list[Diagnostic]]:
    """The facts of arrays, and what is wrong with their files."""
    facts = _named(facts_of("arrays", source.known()), source)
    places = list(_places(source, path, root))
    missing = tuple(_missing(source, path, places))
    if missing:
        return replace(facts, missing=missing, present=False), []
    seen, found = _all_read(source, path, places)
    found = found or list(_misfits(seen))
    return (facts if found else _facts(facts, seen)), found


def _named(facts: Facts, source: Arrays) -> Facts:
    """With the names of inputs and targets, of which nothing is known yet."""
    return replace(
        facts,
        inputs=dict.fromkeys(source.input_names, UNKNOWN),
        targets=dict.fromkeys(source.target_names, UNKNOWN),
    )


def _places(source: Arrays, path: Path, root: FilePath) -> Iterator[Place]:
    for part, pair in source.pairs().items():
        for index, names in enumerate(pair):
            at = (*path, *source.option(part, index))
            for of, name in names.items() if isinstance(names, dict) else ((None, names),):
                place = (*at, of) if of and at[-1] != "path" else at
                file, key = (source.path, name) if source.path else (name, None)
                yield Place(part, index, of, place, root / file, key)


def _missing(source: Arrays, path: Path, places: list[Place]) -> Iterator[Missing]:
    """Each file that is not there, once."""
    first = {place.file: place for place in reversed(places)}
    for file, place in reversed(first.items()):
        if not os.path.isfile(file):
            yield Missing((*path, "path") if source.path else place.path, file, not_a_file(file))


def _all_read(
    source: Arrays, path: Path, places: list[Place]
) -> tuple[list[Seen], list[Diagnostic]]:
    seen: list[Seen] = []
    found: list[Diagnostic] = []
    if source.path is not None:
        try:
            keys(places[0].file)
        except Unreadable as error:
            return seen, [_unusable(f"`{places[0].file.name}` {error}", (*path, "path"))]
    for place in places:
        try:
            seen.append(_read(place))
        except Unreadable as error:
            found.append(_unreadable(place, error))
    return seen, found


def _unusable(message: str, path: Path, help: str = "") -> Diagnostic:
    return Diagnostic("D527", Severity.ERROR, message, path, help=help)


def _read(place: Place) -> Seen:
    with opened(place.file, place.key) as stream:
        head = header(stream)
        if head.dtype in ("object", "string"):
            what = "Python objects, which only unpickling could read"
            raise Unreadable(f"holds {what if head.dtype == 'object' else 'text'}")
        if not head.shape:
            raise Unreadable("holds a single number")
        return Seen(place, head, numbers(stream, head, (MOST_INPUTS, MOST_TARGETS)[place.index]))


def _unreadable(place: Place, error: Unreadable) -> Diagnostic:
    help = ""
    if place.key is not None and "has no array" in str(error):
        help = f"it has {listing(keys(place.file))}"
        message = f"`{place.file.name}` {error}"
    else:
        message = f"{place.name} {error}"
    return _unusable(message, place.path, help)


def _misfits(seen: list[Seen]) -> Iterator[Diagnostic]:
    """Arrays that do not go together."""
    firsts: dict[str, Seen] = {}
    for one in seen:
        first = firsts.setdefault(one.place.part, one)
        if first.rows != one.rows:
            message = (
                f"{first.place.name} has {first.rows} rows and {one.place.name} has {one.rows}"
            )
            yield _unusable(message, one.place.path)
    trained = {(each.place.index, each.place.of): each for each in reversed(seen)}
    for one in seen:
        first = trained[one.place.index, one.place.of]
        if one.header.shape[1:] != first.header.shape[1:]:
            message = (
                f"rows of {one.place.name} have the shape {one.header.shape[1:]}, "
                f"those of {first.place.name} {first.header.shape[1:]}"
            )
            yield _unusable(message, one.place.path)


def _facts(facts: Facts, seen: list[Seen]) -> Facts:
    """With what the headers say of rows, inputs and targets."""
    given = {each.place.part: each.rows for each in seen}
    arrays: dict[tuple[int, str | None], list[Seen]] = {}
    for each in seen:
        arrays.setdefault((each.place.index, each.place.of), []).append(each)
    for (index, of), parts in arrays.items():
        if of is None:
            facts = _with(facts, index, parts)
        elif index:
            facts = replace(facts, targets={**facts.targets, of: _with(UNKNOWN, 1, parts)})
        else:
            facts = replace(facts, inputs={**facts.inputs, of: _with(UNKNOWN, 0, parts)})
    origin = ", ".join(dict.fromkeys(f"`{one.place.file.name}`" for one in seen[:2]))
    return replace(facts, given=given, origins={**facts.origins, "samples": origin})


def _with(facts: Facts, index: int, parts: list[Seen]) -> Facts:
    """With what one array says in all parts: of an input, or of a target."""
    values = _of_targets(parts) if index else _of_inputs(parts[0])
    origin = f"`{parts[0].place.file.name}`"
    return replace(facts, origins={**facts.origins, **origins(values, origin)}, **values)


def _of_inputs(x: Seen) -> dict[str, Any]:
    return {
        "shape": x.header.shape[1:],
        "dtype": x.header.dtype,
        "range": _span(x.numbers),
        "standardised": _standardised(x.numbers),
    }


def _of_targets(parts: list[Seen]) -> dict[str, Any]:
    labels, shape = _labels(parts), parts[0].header.shape[1:]
    return {
        "labels": labels.kind,
        "classes": labels.classes,
        "target_range": labels.target_range,
        "target_shape": () if shape == (1,) else shape,
        "balance": labels.balance,
        "ordered": labels.ordered,
    }


def _labels(targets: list[Seen]) -> Labels:
    """What the targets are; unknown where they are too many to be read, or have more axes."""
    shape = targets[0].header.shape
    whole = all(t.numbers is not None and len(t.numbers) == prod(t.header.shape) for t in targets)
    if not whole or len(shape) > 2:
        return Labels(None)
    columns_first = targets[0].header.columns_first
    return labels_of([t.numbers for t in targets], prod(shape[1:]), columns_first)


def _span(values: Any) -> tuple[float, float] | None:
    """The smallest and largest of the first numbers."""
    known = [value for value in values or () if not isnan(value)]
    return (float(min(known)), float(max(known))) if known else None


def _standardised(values: Any) -> bool | None:
    """Whether the first numbers have about mean 0 and variance 1."""
    if not values:
        return None
    mean = sum(values) / len(values)
    deviation = sqrt(max(sum(map(mul, values, values)) / len(values) - mean * mean, 0))
    return abs(mean) <= 1 and 0.3 <= deviation <= 3
