"""Findings on `$name` in a block, told where the value is written that it stands for."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from specc.diagnostics import Diagnostic, Note
from specc.source import Path
from specc.within import Within, plain, uses
from specc.wording import shown

MOVED = frozenset(("F011", "F013", "F014", "F015", "F018", "F020", "F024", "F050"))


def at_argument(finding: Diagnostic, data: Any) -> Diagnostic | None:
    """The finding where the argument is given, if that is what is wrong; `data` is the spec.

    None for an argument that is a `$name` of nothing, which was said. What an argument leads to
    stays in the block, with a note on the value that it has.
    """
    if finding.on_key or not finding.path or not isinstance(finding.path[0], Within):
        return _with_sources(finding, data)
    if _value(data, finding.path) is None or _is_wiring(finding.path):
        return finding
    if finding.code in MOVED and isinstance(_value(data, finding.path), str):
        return _moved(finding, data)
    notes = tuple(_notes(finding.path, data))
    return replace(finding, notes=(*finding.notes, *notes))


def _with_sources(finding: Diagnostic, data: Any) -> Diagnostic:
    """The finding; where shapes do not fit, with the arguments of the layers that give them."""
    layers = [note.path for note in finding.notes if note.path and note.label]
    if not finding.code.startswith("S") or not layers:
        return finding
    notes = dict.fromkeys(note for path in layers for note in _notes(path, data))
    return replace(finding, notes=(*finding.notes, *notes))


def _moved(finding: Diagnostic, data: Any) -> Diagnostic | None:
    given = source(finding.path, data)
    if given is None:
        return finding
    written = _value(data, given)
    if isinstance(written, str) and written.startswith("$") and written[:2] != "$$":
        return None
    name = _value(data, finding.path)
    stands = Note(f"`{name}` stands here", plain(finding.path))
    fix = tuple(replaced._replace(path=given) for replaced in finding.fix)
    return replace(finding, path=given, fix=fix, notes=(*finding.notes, stands))


def _notes(path: Path, data: Any) -> Iterator[Note]:
    """The arguments in the value at a path."""
    for place in _places(_value(data, path), path):
        given = source(place, data)
        if given is not None:
            value = _value(data, given)
            yield Note(f"`{_value(data, place)}` is {shown(value)} here", given)


def source(path: Path, data: Any) -> Path | None:
    """Where the value is written that the `$name` at a path stands for; None for other text."""
    given = None
    while path and isinstance(path[0], Within):
        text = _value(data, path)
        if not isinstance(text, str) or not text.startswith("$"):
            return given
        step = _argument(text[1:], str(path[1]), path, data)
        if step is None:
            return given
        given = path = step
    return given


def _argument(name: str, block: str, path: Path, data: Any) -> Path | None:
    """Where one use gives a parameter: by its name, alone, or not, which leaves the default."""
    use = _use(path)
    default: Path = ("blocks", block, "parameters", name)
    parameters = _value(data, default[:-1])
    if path[0] != "blocks" or use is None or not isinstance(parameters, dict):
        return None
    if name not in parameters or (use[-1] != block and _value(data, use) != block):
        return None
    written = _value(data, use)
    if isinstance(written, dict):
        return (*use, name) if name in written else default
    alone = use[-1] == block and written is not None and name == next(iter(parameters))
    return use if alone else default


def _use(path: Path) -> Path | None:
    """The use of the block that a path leads into; repetitions around are none."""
    return next((use for use in uses(path) if use[-1:] != ("repeat",)), None)


def _places(value: Any, path: Path) -> Iterator[Path]:
    if isinstance(value, str) and value.startswith("$"):
        yield path
    parts = value.items() if isinstance(value, dict) else ()
    for part, item in enumerate(value) if isinstance(value, list) else parts:
        yield from _places(item, (*path, part))


def _is_wiring(path: Path) -> bool:
    """Whether a name of a tensor or a whole layer stands there, which no argument can be."""
    return "from" in path[-2:] or path[-2:-1] == ("layers",)


def _value(data: Any, path: Path) -> Any:
    """What is written at a path, None where nothing is."""
    for part in path:
        match data:
            case dict() if part in data:
                data = data[part]
            case list() if isinstance(part, int) and part < len(data):
                data = data[part]
            case _:
                return None
    return data
