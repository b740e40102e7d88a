"""What the columns of a table hold: numbers, categories, targets, and what is missing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import isnan
from pathlib import Path as FilePath
from typing import Any

from specc.data.table import TableFile
from specc.diagnostics import Diagnostic, Edit, Severity
from specc.inspect.columns import Rows, is_file, not_numbers, number, read
from specc.inspect.facts import Column, Facts, Missing, not_a_file
from specc.inspect.known import facts_of, origins
from specc.inspect.npy import Unreadable
from specc.source import Path
from specc.wording import listing
from specc.words import nearest, sure

MOST_CLASSES = 1000  # different whole numbers that may be classes


def look(
    source: TableFile, path: Path, root: FilePath, classes: tuple[str, ...] | None
) -> tuple[Facts, list[Diagnostic]]:
    """The facts of a table, and what is wrong with its files."""
    facts = replace(facts_of("table", source.known()), columns=tuple(_declared(source, path)))
    places = {part: root / name for part, name in source.files.items()}
    absent = {
        place: Missing((*path, source.option(part)), place, not_a_file(place))
        for part, place in places.items()
        if not is_file(place)
    }
    missing = tuple(absent.values())
    if missing:
        return replace(facts, missing=missing, present=False), []
    parts: list[Rows] = []
    found: list[Diagnostic] = []
    for part, place in places.items():
        at = (*path, source.option(part))
        try:
            parts.append(read(source, part, place))
        except Unreadable as error:
            found.append(_unusable(f"`{place.name}` {error}", at))
    found = found or list(_wrong(source, path, parts, classes))
    return (facts, found) if found else _seen(facts, source, parts, classes)


def _unusable(message: str, path: Path, help: str = "", **more: Any) -> Diagnostic:
    return Diagnostic("D527", Severity.ERROR, message, path, help=help, **more)


def _declared(source: TableFile, path: Path) -> Iterator[Column]:
    for place, name in enumerate(source.numeric):
        yield Column(name, (*path, "numeric", place), True)
    for place, (name, values) in enumerate(source.categorical.items()):
        at = place if values is None else name
        yield Column(name, (*path, "categorical", at), False, values)


def _wrong(
    source: TableFile, path: Path, parts: list[Rows], classes: tuple[str, ...] | None
) -> Iterator[Diagnostic]:
    """What cannot be read: columns that are not there, and cells that are no numbers."""
    used = [(column.name, column.path) for column in _declared(source, path)]
    used += [(name, (*path, "target")) for name in source.target]
    for rows in parts:
        absent = [each for each in used if each[0] not in rows.cells]
        yield from (_absent(rows, *each) for each in absent)
        if not absent:
            yield from _no_numbers(source, path, rows)
            yield from _no_targets(source, path, rows, classes)


def _absent(rows: Rows, name: str, path: Path) -> Diagnostic:
    meant = nearest(name, rows.cells)
    help = f"did you mean `{meant}`?" if meant else f"it has {listing(list(rows.cells))}"
    on_key = path[-1] == name
    safe = bool(meant) and sure(name, str(meant), rows.cells)
    fix = (Edit(path, meant, on_key, safe=safe),) if meant else ()
    message = f"`{rows.file.name}` has no column `{name}`"
    return _unusable(message, path, help, on_key=on_key, fix=fix)


def _no_numbers(source: TableFile, path: Path, rows: Rows) -> Iterator[Diagnostic]:
    """The first cell of each numeric column that is no number."""
    for column in _declared(source, path):
        odd = list(not_numbers(rows, column.name, source.markers)) if column.numeric else []
        if odd:
            line, cell = odd[0]
            more = f", and {len(odd) - 1:,} more cells are not" if len(odd) > 1 else ""
            message = (
                f"`{cell}` in line {line} of `{rows.file.name}` is no number, as those of "
                f"`{column.name}` are{more}"
            )
            said = f"add `missing: [{_as_yaml(cell)}]` if it stands for nothing"
            yield _unusable(message, column.path, f"{said}; a column of names is `categorical`")


def _as_yaml(cell: str) -> str:
    return cell if cell.isalnum() else f'"{cell}"'


def _no_targets(
    source: TableFile, path: Path, rows: Rows, classes: tuple[str, ...] | None
) -> Iterator[Diagnostic]:
    """Rows without a target, or with one that is none of the classes or no number."""
    at = (*path, "target")
    for name in source.target:
        cells = rows.cells[name]
        empty = [line for line, c in zip(rows.lines, cells, strict=True) if c in source.markers]
        unknown = sorted({*cells} - {*classes}) if classes else []
        if empty:
            message = f"`{name}` is missing in line {empty[0]} of `{rows.file.name}`"
            yield _unusable(message, at, "remove the rows without a target from the file")
        elif unknown:
            message = f"`{rows.file.name}` has {listing(unknown, 5)} in `{name}`"
            yield _unusable(message, at, "name all of them in `classes`")
        elif len(source.target) > 1:
            for line, cell in not_numbers(rows, name, source.markers):
                message = f"`{cell}` in line {line} of `{rows.file.name}` is no number"
                yield _unusable(message, at, "several targets are numbers")
                break


def _seen(
    facts: Facts, source: TableFile, parts: list[Rows], classes: tuple[str, ...] | None
) -> tuple[Facts, list[Diagnostic]]:
    """The facts of files that can be used; categories must be as many as declared."""
    targets = _targets(source, parts, classes)
    columns = tuple(_column(column, source, parts) for column in facts.columns)
    values: dict[str, Any] = {"range": _span(source, parts), **targets}
    given = {rows.part: len(rows.lines) for rows in parts}
    origin = ", ".join(f"`{rows.file.name}`" for rows in parts)
    strays = list(_strays(source, parts))
    known = {**facts.origins, **origins(values, origin)}
    seen = replace(facts, given=given, columns=columns, origins=known, **values)
    return seen, [*strays, *_disagreeing(facts.columns, columns)]


def _disagreeing(declared: Sequence[Column], seen: Sequence[Column]) -> Iterator[Diagnostic]:
    for one, other in zip(declared, seen, strict=True):
        if one.values is not None and one.values != other.values:
            message = f"`{one.name}` is declared to have {one.values:,} different values"
            help = "write what is there, or look for what has happened to the data"
            yield Diagnostic(
                "D538", Severity.ERROR, f"{message}, and the data have {other.values:,}",
                one.path, help=help,
            )  # fmt: skip


def _strays(source: TableFile, parts: list[Rows]) -> Iterator[Diagnostic]:
    """Classes of other parts that the training part lacks, and so nobody numbers."""
    if len(source.target) > 1 or not _is_text(source, parts):
        return
    name = source.target[0]
    known = {*parts[0].cells[name]}
    for rows in parts[1:]:
        extra = sorted({*rows.cells[name]} - known)
        if extra:
            message = f"`{rows.file.name}` has {listing(extra, 5)} in `{name}`"
            help = "the training part has no rows of that class, so that it has no number"
            yield _unusable(message, ("data", "table", source.option(rows.part)), help)


def _numbers(rows: Rows, name: str, source: TableFile) -> list[float]:
    found = (number(cell, source.markers) for cell in rows.cells[name])
    return [value for value in found if value is not None]


def _is_text(source: TableFile, parts: list[Rows]) -> bool:
    """Whether the one target is made of names."""
    return any(number(c, frozenset()) is None for r in parts for c in r.cells[source.target[0]])


def _span(source: TableFile, parts: list[Rows]) -> tuple[float, float] | None:
    """The smallest and largest of all numbers that are no targets."""
    found = [n for rows in parts for name in source.numeric for n in _numbers(rows, name, source)]
    known = [value for value in found if not isnan(value)]
    return (min(known), max(known)) if known else None


def _targets(
    source: TableFile, parts: list[Rows], pinned: tuple[str, ...] | None
) -> dict[str, Any]:
    if len(source.target) > 1:
        return _several(source, parts)
    name = source.target[0]
    cells = parts[0].cells[name]
    if pinned or _is_text(source, parts):
        return _classes(cells, pinned or tuple(sorted({*cells})))
    numbers = {n for rows in parts for n in _numbers(rows, name, source)}
    whole = all(n.is_integer() for n in numbers)
    span = (min(numbers), max(numbers))
    if whole and numbers == {*range(len(numbers))} and 1 < len(numbers) <= MOST_CLASSES:
        return _classes(cells, tuple(sorted({*cells})))
    return {"labels": None if whole else "real", "target_range": span}


def _classes(cells: Sequence[str], names: tuple[str, ...]) -> dict[str, Any]:
    counts = Counter(cells)
    places = {name: place for place, name in enumerate(names)}
    ordered = all(places[a] <= places[b] for a, b in pairwise(cells))
    return {
        "labels": "integer",
        "classes": len(names),
        "class_names": names,
        "balance": tuple(counts[name] for name in names),
        "ordered": ordered,
    }


def _several(source: TableFile, parts: list[Rows]) -> dict[str, Any]:
    columns = [_numbers(parts[0], name, source) for name in source.target]
    found = {n for rows in parts for name in source.target for n in _numbers(rows, name, source)}
    if found <= {0.0, 1.0}:
        single = all(sum(row) == 1 for row in zip(*columns, strict=True))
        return {
            "labels": "one_hot" if single else "multi_hot",
            "classes": len(columns),
            "class_names": source.target,
            "balance": tuple(int(sum(column)) for column in columns),
        }
    return {"labels": "real", "target_range": (min(found), max(found))}


def _column(column: Column, source: TableFile, parts: list[Rows]) -> Column:
    """What the cells of a column are like."""
    cells = [cell for rows in parts for cell in rows.cells[column.name]]
    missing = {rows.part: _missing(rows.cells[column.name], source) for rows in parts}
    if not column.numeric:
        several = len({*cells}) == len(cells) > 1
        return column._replace(
            values=len({*cells}), missing=missing, distinct=several,
            is_target=_tells(column.name, source, parts),
        )  # fmt: skip
    numbers = [n for rows in parts for n in _numbers(rows, column.name, source)]
    known = {n for n in numbers if not isnan(n)}
    whole = len(known) == len(cells) > 1 and all(n.is_integer() for n in known)
    return column._replace(
        values=len(known),
        missing={rows.part: sum(map(isnan, _numbers(rows, column.name, source))) for rows in parts},
        distinct=whole and max(known) - min(known) == len(known) - 1,  # it counts the rows
        is_target=_tells(column.name, source, parts),
    )


def _missing(cells: Sequence[str], source: TableFile) -> int:
    return sum(cell in source.markers for cell in cells)


def _tells(name: str, source: TableFile, parts: list[Rows]) -> bool:
    """Whether the column is a copy of the target: equal, or each value goes with one target that
    goes with no other value. Where nearly all values differ, the latter says nothing."""
    pairs: set[tuple[str, tuple[str, ...]]] = set()
    for rows in parts:
        targets = zip(*(rows.cells[target] for target in source.target), strict=True)
        pairs |= set(zip(rows.cells[name], targets, strict=True))
    if len(pairs) > 1 and all((value,) == target for value, target in pairs):
        return True
    values, answers = {value for value, _ in pairs}, {target for _, target in pairs}
    rows_each = sum(len(rows.lines) for rows in parts) / len(pairs)
    return rows_each > 2 and len(values) > 1 and len(pairs) == len(values) == len(answers)


__all__ = ["look"]
