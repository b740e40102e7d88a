"""Findings about targets that are classes: numbers beyond them, and classes that a part lacks."""

from collections.abc import Iterator, Mapping
from typing import Any

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic
from specc.looking.compared import Compared, compared
from specc.looking.finding import finding
from specc.looking.numbers import place_of_array
from specc.looking.sighted import place_of
from specc.looking.summary import Summary
from specc.rules.amounts import called
from specc.source import Path
from specc.wording import listing


def labels(
    compiled: Compiled, rows: Mapping[str, Any], seen: Mapping[str, Summary]
) -> Iterator[Diagnostic]:
    """Labels that count otherwise than from 0, else classes without rows in a part."""
    beyond = list(_beyond(compiled, rows))
    yield from beyond or _absent(compiled, seen)


def _beyond(compiled: Compiled, rows: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for part, each in (
        (part, one) for part, held in rows.items() for one in compared(compiled, held)
    ):
        found, units = each.y, each.plan.classes if each.plan else None
        if units is None or not each.are_classes or not each.one_each:
            continue
        if not found.size or 0 <= found.min() <= found.max() < units:
            continue
        said = f"{_called(each)} of the {called(part)} are {found.min():g} to {found.max():g}"
        label = f"expected 0 to {units - 1}"
        counts_from_one = found.min() == 1 and found.max() == units
        help = "subtract 1 from the labels: classes count from 0" if counts_from_one else ""
        path = place_of_array(compiled, part, 1)
        yield finding("D544", said, path, label=label, help=help)


def _called(one: Compared) -> str:
    return f"labels `{one.plan.name}`" if one.plan and one.plan.name else "labels"


def _absent(compiled: Compiled, seen: Mapping[str, Summary]) -> Iterator[Diagnostic]:
    """Classes that have rows somewhere, and none in one of the parts."""
    counts = {part: each.classes or each.pixels or {} for part, each in seen.items()}
    whole = {name for each in counts.values() for name, n in each.items() if n}
    told = {each.path for each in compiled.report.diagnostics if each.code == "D514"}
    for part, each in counts.items():
        absent = [name for name, n in each.items() if name in whole and not n]
        path = _place(compiled, part)
        if absent and path not in told:
            which = "class" if len(absent) == 1 else "the classes"
            what = "pixels" if seen[part].pixels else "rows"
            said = f"the {called(part)} has no {what} of {which} {listing(absent, 5)}"
            yield finding("D514", said, path, help="a larger part has more of the rare classes")


def _place(compiled: Compiled, part: str) -> Path:
    cut = compiled.spec.data.split if compiled.spec.data else None
    if getattr(cut, part, None) is not None:
        return ("data", "split", part)
    if compiled.facts.folders:
        return place_of(compiled, part)
    return place_of_array(compiled, part, 1)
