"""What an index of images says: files, labels and parts, and which of it cannot be."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isfinite
from pathlib import Path as FilePath

from specc.data.images import Images
from specc.diagnostics import Diagnostic, Note, Severity
from specc.inspect.csv_lines import csv_lines
from specc.inspect.facts import Facts, Missing
from specc.inspect.known import facts_of
from specc.inspect.npy import Unreadable
from specc.source import Path
from specc.wording import listing
from specc.words import nearest

MOST = 10  # lines that one finding lists


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an index; `line` counts from 1."""

    line: int
    file: str
    labels: tuple[str, ...]
    numbers: tuple[str, ...] = ()  # cells for inputs that take numbers


@dataclass(frozen=True, slots=True)
class Index:
    """The rows of one part."""

    part: str
    path: Path
    name: str
    folder: FilePath  # where relative file names start
    rows: tuple[Row, ...]


class Unusable(Exception):
    """An index that cannot be read; holds what is wrong with it."""


def look_at_index(
    source: Images, path: Path, root: FilePath, pinned: tuple[str, ...] | None
) -> tuple[Facts, list[Diagnostic]]:
    """The facts of an index of images, and what is wrong with it."""
    facts = _named(facts_of("images", source.known()), source)
    missing = tuple(_missing(source, path, root))
    if missing:
        return replace(facts, missing=missing, present=False), []
    try:
        parts = [_part(source, path, root, part) for part in source.indices]
    except Unusable as error:
        return facts, [error.args[0]]
    facts = _counted(facts, source, parts, pinned)
    return facts, [d for part in parts for d in _wrong(source, part, facts.class_names)]


def _missing(source: Images, path: Path, root: FilePath) -> Iterator[Missing]:
    found = {(*path, *_place(source, part)): root / name for part, name in source.indices.items()}
    if source.path:
        found[(*path, "path")] = root / source.path
    for at, place in found.items():
        if not os.path.exists(place):
            yield Missing(at, place)


def _place(source: Images, part: str) -> tuple[str, ...]:
    return ("csv", part) if isinstance(source.csv, dict) else ("csv",)


def _part(source: Images, path: Path, root: FilePath, part: str) -> Index:
    at, place = (*path, *_place(source, part)), root / source.indices[part]
    named = source.label_columns or (str(source.label_column),)
    columns = (str(source.files_column), *named)
    inputs = tuple(name for each in source.number_inputs.values() for name in each)
    more = (source.split_column,) if source.split_column else ()
    rows = []
    for line, row in _lines(source, path, at, place, (*columns, *inputs, *more)):
        if not source.split_column or row[-1] == part:
            end = len(columns)
            rows.append(Row(line, row[0], row[1:end], row[end : end + len(inputs)]))
    if not rows:
        which = f" with `{part}` in `{source.split_column}`" if source.split_column else ""
        raise Unusable(_error(f"`{place.name}` has no rows{which}", at))
    folder = root / source.path if source.path else place.parent
    return Index(part, at, place.name, folder, tuple(rows))


def _lines(
    source: Images, path: Path, at: Path, place: FilePath, columns: tuple[str, ...]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The lines of an index with their texts in these columns; raises Unusable."""
    try:
        with csv_lines(place, strict=True) as reader:
            header = next(reader, [])
            places = [_column(source, path, name, header) for name in columns]
            for row in filter(None, reader):
                if len(row) <= max(places):
                    said = f"line {reader.line_num} of `{place.name}` has too few columns"
                    raise Unusable(_error(said, at))
                yield reader.line_num, tuple(row[place] for place in places)
    except Unreadable as error:
        raise Unusable(_error(f"`{place.name}` {error}", at)) from error


def _column(source: Images, path: Path, name: str, header: list[str]) -> int:
    if header.count(name) == 1:
        return header.index(name)
    tables = source.tables()
    at = (*path, *(tables.used[name] if tables and name in tables.used else ("split_column",)))
    if name in header:
        raise Unusable(_error(f"the index has two columns named `{name}`", at))
    meant = nearest(name, header)
    known = f"it has {listing(header)}" if header else "it is empty"
    help = f"did you mean `{meant}`?" if meant else known
    raise Unusable(_error(f"the index has no column `{name}`", at, help))


def _named(facts: Facts, source: Images) -> Facts:
    """With what is known of each input, where there are several."""
    if not source.inputs:
        return facts
    image = Facts("images", shape=facts.shape, dtype=facts.dtype, range=facts.range)
    numbers = source.number_inputs.items()
    others = {name: Facts("images", shape=(len(each),), dtype="float32") for name, each in numbers}
    return replace(facts, inputs={source.image_input: image, **others})


def _ranges(facts: Facts, source: Images, rows: tuple[Row, ...]) -> dict[str, Facts]:
    """What is known of each input, with the smallest and largest of its numbers."""
    found, start = dict(facts.inputs), 0
    for name, columns in source.number_inputs.items():
        end = start + len(columns)
        cells = (_number(cell) for row in rows for cell in row.numbers[start:end])
        known = [number for number in cells if number is not None]
        if known:
            found[name] = replace(found[name], range=(min(known), max(known)))
        start = end
    return found


def _counted(
    facts: Facts, source: Images, parts: list[Index], pinned: tuple[str, ...] | None
) -> Facts:
    """With rows, and with classes and how many rows of the training part each has."""
    facts = replace(facts, given={part.part: len(part.rows) for part in parts})
    train = parts[0].rows
    facts = replace(facts, inputs=_ranges(facts, source, train))
    if facts.labels == "real":
        return _spanned(facts, parts)
    if facts.labels == "multi_hot":
        columns = zip(*(row.labels for row in train), strict=True)
        return replace(facts, balance=tuple(column.count("1") for column in columns))
    counts = Counter(row.labels[0] for row in train)
    names = pinned or tuple(sorted(counts))
    origin = "`classes` of the spec" if pinned else f"`{parts[0].name}`"
    numbers = [names.index(row.labels[0]) for row in train if row.labels[0] in names]
    return replace(
        facts,
        classes=len(names),
        class_names=names,
        balance=tuple(counts[name] for name in names),
        ordered=all(a <= b for a, b in pairwise(numbers)),
        origins={**facts.origins, **dict.fromkeys(("classes", "class_names"), origin)},
    )


def _spanned(facts: Facts, parts: list[Index]) -> Facts:
    values = [v for part in parts for row in part.rows if (v := _number(row.labels[0])) is not None]
    return replace(facts, target_range=(min(values), max(values))) if values else facts


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _wrong(source: Images, index: Index, names: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Files that are not there, labels that are none, and rows that are there twice."""
    absent = [row for row in index.rows if not os.path.isfile(index.folder / row.file)]
    if absent:
        said = _said(
            index, absent, "names a file that is not there", "names files that are not there"
        )
        yield _error(said, index.path, "relative names start at `path`, else at the index", absent)
    strange = [row for row in index.rows if not _fits(source, row, names)]
    if strange:
        wanted = {"real": "a number", "multi_hot": "0 or 1"}.get(source.label_kind, "a class")
        said = _said(
            index, strange, f"has a label that is not {wanted}", f"has labels that are not {wanted}"
        )
        known = f"classes are {listing(names)}" if source.label_kind == "integer" else ""
        yield _error(said, index.path, known, strange)
    numberless = [row for row in index.rows if None in map(_number, row.numbers)]
    if numberless:
        found = ("has a cell that is no number", "has cells that are no numbers")
        said = _said(index, numberless, *found)
        help = "`inputs` of an index take numbers; fill in what is missing"
        notes = _cells(source, numberless)
        yield replace(_error(said, index.path, help), notes=notes)
    for rows, what, help in _odd(index):
        said = _said(index, rows, *what)
        yield Diagnostic("D570", Severity.WARNING, said, index.path, help=help, notes=_notes(rows))


def _odd(index: Index) -> Iterator[tuple[list[Row], tuple[str, str], str]]:
    counts = Counter(os.path.normpath(row.file) for row in index.rows)
    twice = [row for row in index.rows if counts[os.path.normpath(row.file)] > 1]
    if twice:
        help = "keep one row for each file: a split may put one of two on either side"
        yield twice, ("names a file twice", "names files twice"), help
    outside = [row for row in index.rows if os.path.normpath(row.file).startswith("..")]
    if outside:
        found = ("names a file outside of its folder", "names files outside of its folder")
        yield outside, found, "let `path` name the folder that holds all of them"


def _fits(source: Images, row: Row, names: tuple[str, ...]) -> bool:
    match source.label_kind:
        case "real":
            return _number(row.labels[0]) is not None
        case "multi_hot":
            return all(label in ("0", "1") for label in row.labels)
    return row.labels[0] in names


def _said(index: Index, rows: list[Row], one: str, many: str) -> str:
    lines = "in 1 line" if len(rows) == 1 else f"in {len(rows):,} lines"
    return f"`{index.name}` {one if len(rows) == 1 else many} {lines}"


def _notes(rows: list[Row]) -> tuple[Note, ...]:
    shown = [f"line {row.line}: `{row.file}`, {listing(row.labels)}" for row in rows[:MOST]]
    if len(rows) > MOST:
        shown.append(f"and {len(rows) - MOST:,} more")
    return tuple(Note(each) for each in shown)


def _cells(source: Images, rows: list[Row]) -> tuple[Note, ...]:
    """The lines with the cells that are no numbers, by their columns."""
    columns = [name for each in source.number_inputs.values() for name in each]
    shown = [
        f"line {row.line}: `{name}` is `{cell}`"
        for row in rows
        for name, cell in zip(columns, row.numbers, strict=True)
        if _number(cell) is None
    ]
    more = [f"and {len(shown) - MOST:,} more"] if len(shown) > MOST else []
    return tuple(Note(each) for each in (*shown[:MOST], *more))


def _error(said: str, path: Path, help: str = "", rows: list[Row] | None = None) -> Diagnostic:
    return Diagnostic("D527", Severity.ERROR, said, path, help=help, notes=_notes(rows or []))
