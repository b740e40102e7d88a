"""Findings about files that cannot be decoded."""

from collections.abc import Iterator

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic, Note
from specc.looking.finding import finding
from specc.looking.sighted import Sighted, place_of
from specc.source import Path

HELP = "mend it or take it away; `on_bad: skip` leaves such files out"


def broken(compiled: Compiled, sighted: Sighted) -> Iterator[Diagnostic]:
    """Each file by itself; with `on_bad: skip`, how many are left out, and which."""
    yield from _misread(compiled, sighted)
    places = _by_place(compiled, sighted)
    if _skips(compiled):
        yield from _left_out(places)
        return
    for path, bad in places.items():
        for name, reason in bad:
            yield finding("D539", f"`{name}` {reason}", path, help=HELP)


def _misread(compiled: Compiled, sighted: Sighted) -> Iterator[Diagnostic]:
    help = "convert it to PNG of 8 bits a colour, or to JPEG"
    for part in sighted.parts:
        path = place_of(compiled, part)
        for name, reason in sighted.misread(part):
            yield finding("D580", f"`{name}` {reason}", path, help=help)


def left_out(compiled: Compiled, sighted: Sighted) -> tuple[str, ...]:
    """The files that `on_bad: skip` leaves out, in order."""
    bad = (name for part in sighted.parts for name, _ in sighted.bad(part))
    return tuple(sorted(bad)) if _skips(compiled) else ()


def _skips(compiled: Compiled) -> bool:
    return compiled.spec.data is not None and compiled.spec.data.on_bad == "skip"


def _by_place(compiled: Compiled, sighted: Sighted) -> dict[Path, list[tuple[str, str]]]:
    """Paths and reasons of files, by where the spec names their folder."""
    found: dict[Path, list[tuple[str, str]]] = {}
    for part in dict.fromkeys((*sighted.parts, *sighted.strays)):
        found.setdefault(place_of(compiled, part), []).extend(sighted.bad(part))
    return {path: sorted(bad) for path, bad in found.items() if bad}


def _left_out(places: dict[Path, list[tuple[str, str]]]) -> Iterator[Diagnostic]:
    for path, bad in places.items():
        files, they = ("1 file is", "it") if len(bad) == 1 else (f"{len(bad):,} files are", "they")
        notes = tuple(Note(f"`{name}` {reason}") for name, reason in bad)
        yield finding(
            "D540", f"{files} left out, since {they} cannot be decoded", path, notes=notes
        )
