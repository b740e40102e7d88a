"""What a CSV file of a time series holds: windows, ranges, gaps, and whether time ascends."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from specc.data.timeseries import Timeseries
from specc.diagnostics import Diagnostic, Severity
from specc.inspect.facts import Facts, Missing, Series, not_a_file
from specc.inspect.known import facts_of, origins
from specc.inspect.npy import Unreadable
from specc.inspect.series import Absent, Column, Read, read
from specc.inspect.times import Clock
from specc.source import Path


def look(
    source: Timeseries, path: Path, root: FilePath, classes: tuple[str, ...] | None
) -> tuple[Facts, list[Diagnostic]]:
    """The facts of a time series, and what is wrong with its file."""
    facts = facts_of("timeseries", source.known())
    at, place = (*path, "path"), root / source.path
    if not os.path.isfile(place):  # pathlib raises where the name is too long
        missing = (Missing(at, place, not_a_file(place)),)
        return replace(facts, missing=missing, present=False), []
    markers = frozenset(source.markers)
    columns = [Column(name, markers) for name in (*source.columns, source.target)]
    clock = Clock(source.time, source.time_format) if source.time else None
    try:
        seen = read(place, columns, clock)
    except Absent as error:
        return facts, [_unusable(place, error, _named(source, path, error.name), error.help)]
    except Unreadable as error:
        return facts, [_unusable(place, error, at)]
    found = [*_wrong(source, path, seen), *_unfilled(source, path, seen), *_disorder(path, seen)]
    return (facts if found else _facts(facts, source, seen, place.name)), found


def _unusable(place: FilePath, error: Unreadable, path: Path, help: str = "") -> Diagnostic:
    return _error("D527", f"`{place.name}` {error}", path, help)


def _error(code: str, message: str, path: Path, help: str = "") -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, path, help=help)


def _named(source: Timeseries, path: Path, name: str) -> Path:
    """Where the spec names a column first."""
    if name in source.columns:
        return (*path, "columns", source.columns.index(name))
    return (*path, "target" if name == source.target else "time")


def _each(source: Timeseries, path: Path, seen: Read) -> Iterator[tuple[Column, Path]]:
    """The columns with their paths, none of them twice."""
    first = {column.name: column for column in reversed(seen.columns)}
    names = dict.fromkeys(column.name for column in seen.columns)
    return ((first[name], _named(source, path, name)) for name in names)


def _wrong(source: Timeseries, path: Path, seen: Read) -> Iterator[Diagnostic]:
    for column, at in _each(source, path, seen):
        if column.wrong:
            line, cell = column.wrong
            help = "if that stands for a value that is missing, name it in `missing`"
            message = f"`{column.name}` has `{_short(cell)}` in line {line}, which is no number"
            yield _error("D527", message, at, help)
        elif column.start is None and not column.missing:
            yield _error("D527", f"`{column.name}` has no values", at)
    if seen.clock and seen.clock.wrong:
        line, cell = seen.clock.wrong
        named = source.time_format and f"not written as `{source.time_format}`"
        said = named or "neither a number nor a date in ISO 8601"
        message = f"`{seen.clock.name}` has `{_short(cell)}` in line {line}, which is {said}"
        help = "say how it is written, for example `time_format: '%d.%m.%Y %H:%M:%S'`"
        at = (*path, "time_format" if named else "time")
        yield _error("D527", message, at, "" if named else help)


def _unfilled(source: Timeseries, path: Path, seen: Read) -> Iterator[Diagnostic]:
    for column, at in _each(source, path, seen):
        if column.missing and (column.start is None or not source.fill):
            rows = f"{column.missing:,} of {seen.rows:,} rows"
            message = f"`{column.name}` has no value in {rows}, first in line {column.missing_line}"
            helps = "`fill: previous` takes the value before", "leave the column out"
            yield _error("D565", message, at, helps[column.start is None or bool(source.fill)])


def _disorder(path: Path, seen: Read) -> Iterator[Diagnostic]:
    if seen.clock and seen.clock.back:
        line, cell, before = seen.clock.back
        message = f"line {line} has `{_short(cell)}` and the line before it `{_short(before)}`"
        help = "sort the rows by time, the earliest first"
        yield _error("D564", f"time goes back: {message}", (*path, "time"), help)


def _short(cell: str) -> str:
    return cell if len(cell) <= 40 else f"{cell[:40]}…"


def _facts(facts: Facts, source: Timeseries, seen: Read, name: str) -> Facts:
    *inputs, target = seen.columns
    steps = seen.rows - seen.first if source.fill else seen.rows
    dropped = seen.rows - steps
    values: dict[str, Any] = {
        "range": (min(c.low for c in inputs), max(c.high for c in inputs)),
        "target_range": (target.low, target.high),
        "series": Series(
            steps, tuple(None if c.changes is None else c.changes - dropped for c in inputs)
        ),
    }
    told = {**facts.origins, **origins(values, f"`{name}`")}
    given = {"train": max(steps - source.reach, 0)}
    return replace(facts, given=given, origins=told, **values)
