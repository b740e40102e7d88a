"""Columns that are neither inputs nor targets: groups, times and weights of rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from math import isfinite
from pathlib import Path as FilePath
from typing import NamedTuple

from specc.data.base import Tables
from specc.diagnostics import Diagnostic, Edit, Severity
from specc.inspect.csv_lines import csv_lines
from specc.inspect.facts import Facts
from specc.inspect.npy import Unreadable
from specc.inspect.times import moment
from specc.schema import Data
from specc.shares import Split
from specc.source import Path
from specc.wording import listing
from specc.words import nearest


class Cells(NamedTuple):
    """The rows of a part: the texts of each column, and the line in which each row ends."""

    file: FilePath
    columns: Mapping[str, Sequence[str]]
    lines: Sequence[int]


def beside(data: Data, facts: Facts, root: FilePath) -> tuple[Facts, list[Diagnostic]]:
    """The facts with what such columns tell, and what is wrong with them."""
    tables = data.source.tables()
    if tables is None or not data.beside:
        return facts, []
    parts = read(tables, root)
    found = [each for cells in parts.values() for each in _wrong(data, cells)]
    if found or not parts:
        return facts, found
    group = data.split.group if isinstance(data.split, Split) else None
    groups = len({*parts["train"].columns[group]}) if group else None
    return replace(facts, groups=groups, weights=_weights(data.sample_weight, parts)), []


def _weights(name: str | None, parts: Mapping[str, Cells]) -> tuple[float, float] | None:
    """The smallest weight of all, and the smallest of those that are the largest of a part."""
    if name is None:
        return None
    weights = [[float(cell) for cell in cells.columns[name]] for cells in parts.values()]
    return min(map(min, weights)), min(map(max, weights))


def read(tables: Tables, root: FilePath) -> dict[str, Cells]:
    """The cells of each part; nothing where a file cannot be read, which its source tells."""
    try:
        return {part: _cells(tables, part, root / name) for part, name in tables.files.items()}
    except Unreadable:
        return {}


def _cells(tables: Tables, part: str, file: FilePath) -> Cells:
    with csv_lines(file, tables.delimiter) as reader:
        rows = [(reader.line_num, row) for row in reader if row]
    if tables.strips:
        rows = [(line, [cell.strip() for cell in row]) for line, row in rows]
    header = list(tables.header) if tables.header else rows.pop(0)[1] if rows else []
    if tables.split_column in header:
        place = header.index(tables.split_column)
        rows = [(line, row) for line, row in rows if row[place : place + 1] == [part]]
    columns = zip_longest(*(row for _, row in rows), fillvalue="")
    return Cells(file, dict(zip(header, columns, strict=False)), [line for line, _ in rows])


def _wrong(data: Data, cells: Cells) -> Iterator[Diagnostic]:
    for path, name in data.beside.items():
        if name not in cells.columns:
            yield _absent(cells, name, path)
        elif path[-1] == "sample_weight":
            yield from _odd(cells, name, path, _is_number, "a number", "give every row a weight")
        elif path[-1] == "group":
            help = "give every row a group: one of its own where it belongs to none"
            yield from _odd(cells, name, path, bool, "a group", help)
        elif isinstance(data.split, Split):
            yield from _no_time(cells, name, path, data.split.time_format)


def _absent(cells: Cells, name: str, path: Path) -> Diagnostic:
    meant = nearest(name, cells.columns)
    help = f"did you mean `{meant}`?" if meant else f"it has {listing(list(cells.columns))}"
    fix = (Edit(path, meant),) if meant else ()
    return _unusable(f"`{cells.file.name}` has no column `{name}`", path, help, fix)


def _odd(
    cells: Cells, name: str, path: Path, fits: Callable[[str], bool], what: str, help: str
) -> Iterator[Diagnostic]:
    """The first cell that is not what it should be."""
    column = zip(cells.lines, cells.columns[name], strict=True)
    odd = [(line, cell) for line, cell in column if not fits(cell)]
    if odd:
        line, cell = odd[0]
        said = f"`{cell}` in line {line}" if cell else f"the empty cell in line {line}"
        more = f", and {len(odd) - 1:,} more cells are not" if len(odd) > 1 else ""
        message = f"{said} of `{cells.file.name}` is not {what}, as those of `{name}` are{more}"
        yield _unusable(message, path, help)


def _is_number(cell: str) -> bool:
    try:
        return isfinite(float(cell))
    except ValueError:
        return False


def _no_time(cells: Cells, name: str, path: Path, format: str | None) -> Iterator[Diagnostic]:
    help = "write dates as in 2025-12-31, or say by `time_format` how they are written"
    yield from _odd(
        cells, name, path, lambda cell: moment(cell, format) is not None, "a time", help
    )


def _unusable(message: str, path: Path, help: str = "", fix: tuple[Edit, ...] = ()) -> Diagnostic:
    return Diagnostic("D527", Severity.ERROR, message, path, help=help, fix=fix)
