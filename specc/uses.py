"""Findings inside blocks and repetitions, told once, with a note that names the use."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from specc.arguments import at_argument
from specc.diagnostics import Diagnostic, Note
from specc.source import Path
from specc.within import Within, uses

Spot = tuple[str, Path, bool]


def told_once(found: Iterable[Diagnostic], data: Any) -> Iterator[Diagnostic]:
    """The findings; of those that differ in the use of a block alone, the first.

    `data` is the spec, in which arguments are looked up.
    """
    groups: dict[Spot, list[Diagnostic]] = {}
    for finding in found:
        told = at_argument(finding, data)
        if told is None:
            continue
        moved = told.path != finding.path
        if moved or (told.path and isinstance(told.path[0], Within)):
            spot = ("" if moved else told.code, told.path, told.on_key)
            groups.setdefault(spot, []).append(told)
        else:
            yield told
    for same in groups.values():
        innermost = dict.fromkeys(use for finding in same for use in _uses(finding.path)[:1])
        form = same[0].code.startswith("F")  # of uses with equal arguments it was read once
        notes = tuple(_notes(_uses(same[0].path), len(innermost), counted=not form))
        yield replace(same[0], notes=(*same[0].notes, *notes))


def _uses(path: Path) -> list[Path]:
    """The uses of blocks that a path was read for, the innermost first."""
    return [use for use in uses(path) if use[-1:] != ("repeat",)]


def _notes(around: list[Path], count: int, *, counted: bool) -> Iterator[Note]:
    for place, use in enumerate(around):
        others = (
            "" if place or count < 2 else f", and in {_others(count - 1) if counted else 'others'}"
        )
        text = f"in this use of the block{others}" if place == 0 else "which stands in this use"
        yield Note(text, use, on_key=isinstance(use[-1], str))


def _others(count: int) -> str:
    return "1 other" if count == 1 else f"{count} others"
