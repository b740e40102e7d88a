"""CSV files to rows that a saved model takes: of a table, windows of a series, plain numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from specc.data.table import TableFile
from specc.data.timeseries import Timeseries
from specc.inspect import columns, series
from specc.inspect.csv_lines import csv_lines
from specc.inspect.npy import Unreadable
from specc.wording import listing

Rows = Any  # an array, or a mapping of the model's inputs to arrays


@dataclass(frozen=True)
class Windows:
    """Windows of a series; `last` is the row of the file with the last sample of the first one."""

    rows: Rows
    last: int


def table_rows(file: Path, source: TableFile, *, fills: bool) -> Rows:
    """The rows of a table, whose targets may be left out; raises Unreadable.

    `fills` says whether the model fills in numbers that are missing.
    """
    import numpy as np

    found = _read(file, source)
    absent = [name for name in (*source.numeric, *source.categorical) if name not in found.cells]
    if absent:
        raise Unreadable(f"has no column {listing(absent)}")
    x = {name: np.array(found.cells[name], dtype=object) for name in source.categorical}
    if source.numeric:
        numbers = [_numbers(found, name, source, fills=fills) for name in source.numeric]
        x["numeric"] = np.array(numbers, "float32").T
    return x


def _read(file: Path, source: TableFile) -> columns.Rows:
    """The cells of all columns; the names that a spec gives them may be without the targets."""
    try:
        return columns.read(source, "train", file)
    except Unreadable:
        left = tuple(name for name in source.columns if name not in source.target)
        if not left or len(left) == len(source.columns):
            raise
        fewer = source.model_copy(update={"columns": left})
    try:
        return columns.read(fewer, "train", file)
    except Unreadable:
        return columns.read(source, "train", file)


def _numbers(
    rows: columns.Rows, name: str, source: TableFile, *, fills: bool
) -> Sequence[float | None]:
    for line, cell in columns.not_numbers(rows, name, source.markers):
        raise Unreadable(f"has `{cell}` in line {line}, and `{name}` is a number")
    cells = rows.cells[name]
    missing = next((i for i, cell in enumerate(cells) if cell in source.markers), None)
    if missing is not None and not fills:
        line = rows.lines[missing]
        raise Unreadable(f"has no `{name}` in line {line}, and the model does not fill it in")
    return [columns.number(cell, source.markers) for cell in cells]


def windows(file: Path, source: Timeseries, script: ModuleType) -> Windows:
    """All windows of a series; what they forecast need not be in it. Raises Unreadable."""
    import numpy as np

    markers = frozenset(source.markers)
    read = series.read(file, [series.Column(name, markers) for name in source.columns], None)
    for column in read.columns:
        _check(column, fills=source.fill is not None)
    script.__dict__["TARGET"] = source.columns[0]  # the function reads the target as well
    values, _ = script.read_series(file)
    count = len(values) - source.span
    if count < 1:
        said = f"has {len(values):,} steps; the model looks at {source.span + 1:,}"
        raise Unreadable(said)
    starts = np.arange(count)[:, None]
    return Windows(values[starts + script.WINDOW], read.rows - count)


def _check(column: series.Column, *, fills: bool) -> None:
    if column.wrong:
        line, cell = column.wrong
        raise Unreadable(f"has `{cell}` in line {line}, and `{column.name}` is a number")
    if column.missing and not fills:
        raise Unreadable(f"has no `{column.name}` in line {column.missing_line}")


def plain_numbers(file: Path, width: int) -> Rows:
    """Rows of so many numbers, with or without a line of names above; raises Unreadable."""
    import numpy as np

    with csv_lines(file) as reader:
        lines = [(reader.line_num, row) for row in reader if row]
    if lines and all(_number(cell) is None for cell in lines[0][1]):
        del lines[0]
    if not lines:
        raise Unreadable("has no rows")
    for line, row in lines:
        if len(row) != width:
            raise Unreadable(f"has {len(row)} cells in line {line}, expected {width}")
        wrong = next((cell for cell in row if _number(cell) is None), None)
        if wrong is not None:
            raise Unreadable(f"has `{wrong}` in line {line}, expected a number")
    return np.array([[float(cell) for cell in row] for _, row in lines])


def _number(cell: str) -> float | None:
    return columns.number(cell.strip(), frozenset())
