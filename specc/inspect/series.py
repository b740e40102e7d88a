"""The columns of a CSV file with one row per step of time, read once from the top."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from operator import itemgetter
from pathlib import Path

from specc.inspect.csv_lines import csv_lines
from specc.inspect.npy import Unreadable
from specc.inspect.times import Clock
from specc.wording import listing

CHUNK = 4096  # rows
LARGEST = 3.4028235e38  # of float32
Cells = Sequence[str]


@dataclass
class Column:
    """What is known of a column so far; steps are counted from 0, lines as in the file."""

    name: str
    markers: frozenset[str]
    low: float = inf
    high: float = -inf
    start: float | None = None  # the first value
    starts: int | None = None  # the step with the first value
    changes: int | None = None  # the step with the first other value
    missing: int = 0
    missing_line: int = 0
    wrong: tuple[int, str] | None = None  # the first cell that is no number, and its line

    def read(self, cells: Cells, lines: Sequence[int], step: int) -> None:
        """Takes the next cells, of which the first belongs to `step`."""
        numbers = array("d", self._numbers(cells, lines, step))
        if not numbers:
            return
        self.low, self.high = min(self.low, min(numbers)), max(self.high, max(numbers))
        if self.start is None:
            self.start = numbers[0]
        if self.changes is None and (self.low, self.high) != (self.start, self.start):
            self.changes = step + next(i for i, n in enumerate(numbers) if n != self.start)

    def _numbers(self, cells: Cells, lines: Sequence[int], step: int) -> Iterator[float]:
        for place, cell in enumerate(cells):
            if cell in self.markers:
                self.missing_line = self.missing_line or lines[place]
                self.missing += 1
                continue
            number = _number(cell)
            if number is None:
                self.wrong = self.wrong or (lines[place], cell)
                continue
            if self.starts is None:
                self.starts = step + place
            yield number


def _number(cell: str) -> float | None:
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if -LARGEST <= number <= LARGEST else None


@dataclass
class Read:
    """A file that could be read, as far as the columns go that were asked for."""

    columns: tuple[Column, ...]
    clock: Clock | None
    rows: int = 0

    @property
    def first(self) -> int:
        """The first step by which all columns have had a value."""
        return max((column.starts or 0 for column in self.columns), default=0)


@dataclass
class _Rows:
    """Rows that wait to be read column by column."""

    lines: list[int] = field(default_factory=list)
    cells: list[tuple[str, ...]] = field(default_factory=list)


def read(file: Path, columns: Sequence[Column], clock: Clock | None) -> Read:
    """Reads the columns; raises Unreadable for what is no such file at all."""
    found = Read(tuple(columns), clock)
    with csv_lines(file) as reader:
        header = next(reader, [])
        names = [each.name for each in (*columns, clock) if each]
        wanted = _places(header, names)
        for rows in _chunks(reader, wanted, len(header)):
            _take(found, rows)
    return found


class Absent(Unreadable):
    """A column that the file does not have."""

    def __init__(self, name: str, header: Sequence[str]) -> None:
        super().__init__(f"has no column `{name}`" if header else "is empty")
        self.name = name
        self.help = f"it has {listing(header)}" if header else ""


def _places(header: Sequence[str], names: Sequence[str]) -> list[int]:
    for name in names:
        if name not in header:
            raise Absent(name, header)
        if header.count(name) > 1:
            raise Unreadable(f"has {header.count(name)} columns `{name}`")
    return [header.index(name) for name in names]


def _chunks(reader: "Iterator[list[str]]", wanted: Sequence[int], width: int) -> Iterator[_Rows]:
    """The cells that are wanted, in chunks of rows; empty lines are no rows."""
    pick = itemgetter(*wanted, wanted[0])  # twice the first, so that it is a tuple always
    rows = _Rows()
    for row in reader:
        if not row:
            continue
        if len(row) != width:
            line = reader.line_num  # type: ignore[attr-defined]
            raise Unreadable(f"has {len(row)} cells in line {line} and {width} in its header")
        rows.lines.append(reader.line_num)  # type: ignore[attr-defined]
        rows.cells.append(pick(row))
        if len(rows.lines) == CHUNK:
            yield rows
            rows = _Rows()
    if rows.lines:
        yield rows


def _take(found: Read, rows: _Rows) -> None:
    cells = [[cell.strip() for cell in column] for column in zip(*rows.cells, strict=True)]
    for column, each in zip(found.columns, cells, strict=False):
        column.read(each, rows.lines, found.rows)
    if found.clock is not None:
        found.clock.read(cells[len(found.columns)], rows.lines)
    found.rows += len(rows.lines)
