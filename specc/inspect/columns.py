"""Reads the columns of CSV files as the script does."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, isnan, nan
from pathlib import Path as FilePath

from specc.data.table import TableFile
from specc.inspect.csv_lines import csv_lines
from specc.inspect.npy import Unreadable
from specc.wording import listing

Cells = Sequence[str]
Line = tuple[int, list[str]]  # its number and its cells


@dataclass(frozen=True)
class Rows:
    """The rows of a part: the cells of each column, and the line in which each row ends."""

    part: str
    file: FilePath
    cells: Mapping[str, Cells]
    lines: Sequence[int]


def read(source: TableFile, part: str, file: FilePath) -> Rows:
    """The rows of a file; raises Unreadable."""
    with csv_lines(file, source.delimiter) as reader:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if row]
    if not rows:
        raise Unreadable("is empty")
    header = list(source.columns) if source.columns else rows[0][1]
    body = rows if source.columns else rows[1:]
    _check(header, body)
    if source.split_column:
        body = _of_part(body, header, source.split_column, part)
    columns = dict(zip(header, zip(*(cells for _, cells in body), strict=True), strict=True))
    return Rows(part, file, columns, [line for line, _ in body])


def _check(header: Sequence[str], body: Sequence[Line]) -> None:
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice is not None:
        raise Unreadable(f"has two columns named `{twice}`")
    if not body:
        raise Unreadable("has no rows")
    odd = next(((line, cells) for line, cells in body if len(cells) != len(header)), None)
    if odd is not None:
        line, cells = odd
        raise Unreadable(f"has {len(cells)} cells in line {line}, and {len(header)} columns")


def _of_part(body: Sequence[Line], header: Sequence[str], name: str, part: str) -> list[Line]:
    """The rows that belong to a part."""
    if name not in header:
        raise Unreadable(f"has no column `{name}`: it has {listing(header)}")
    place = header.index(name)
    rows = [(line, cells) for line, cells in body if cells[place] == part]
    if not rows:
        raise Unreadable(f"has no rows with `{part}` in `{name}`")
    return rows


def number(cell: str, markers: frozenset[str]) -> float | None:
    """The number in a cell, NaN for one that is missing, None for anything else."""
    if cell in markers:
        return nan
    try:
        found = float(cell)
    except ValueError:
        return None
    return found if isfinite(found) or isnan(found) else None


def not_numbers(rows: Rows, name: str, markers: frozenset[str]) -> Iterator[tuple[int, str]]:
    """The lines of a column whose cells are no numbers, with these cells."""
    for line, cell in zip(rows.lines, rows.cells[name], strict=True):
        if number(cell, markers) is None:
            yield line, cell


def is_file(place: FilePath) -> bool:
    """Whether there is something to read: pathlib raises where a name is too long."""
    return os.path.isfile(place)
