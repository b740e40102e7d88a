"""Edits of a spec as changes of its text, which leave comments, order and style as they are."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from specc.diagnostics import Edit, locate
from specc.source import Path, Source, Span, value_at
from specc.source.scalars import resolve

_BREAK = re.compile("\r\n|\r|\n")
_COMMENT = re.compile(r"(?:^|[\s])#")
_NAME = re.compile(r"[A-Za-z]\w*")
_DASH = re.compile(r" *- +")
_PLAIN = re.compile(r"[^\W\d_][\w ./()+*%-]*", re.ASCII)


class Change(NamedTuple):
    """text[start:end] becomes `text`."""

    start: int
    end: int
    text: str


class Impossible(Exception):
    """The edit can't be made without touching more than it is about."""


def changes(source: Source, edits: Iterable[Edit]) -> tuple[Change, ...]:
    """The edits as changes in the order of the text; none where one of them can't be made."""
    try:
        made = sorted({_change(source, edit) for edit in edits})
    except Impossible:
        return ()
    apart = all(a.end <= b.start for a, b in zip(made, made[1:], strict=False))
    return tuple(made) if apart else ()


def applied(text: str, made: Sequence[Change]) -> str:
    """The text after changes that are sorted and apart."""
    parts, at = [], 0
    for change in made:
        parts += [text[at : change.start], change.text]
        at = change.end
    return "".join([*parts, text[at:]])


def stretch(text: str, span: Span) -> tuple[int, int]:
    """Where a span begins and ends, counted in characters."""
    starts = _starts(text)
    ends = (starts[min(line, len(starts)) - 1] for line in (span.line, span.end_line))
    first, last = (
        at + column - 1 for at, column in zip(ends, (span.column, span.end_column), strict=True)
    )
    return min(first, len(text)), min(last, len(text))


@lru_cache(8)
def _starts(text: str) -> list[int]:
    return [0, *(found.end() for found in _BREAK.finditer(text))]


def _change(source: Source, edit: Edit) -> Change:
    if edit.how == "remove":
        change = _removed(source, edit.path)
    elif edit.how in ("replace", "rename"):
        change = _replaced(source, edit)
    else:
        change = _added(source, edit)
    if edit.span is not None:
        return change
    kept = _comments(change.text)
    if _comments(source.text[change.start : change.end]) > kept:
        raise Impossible
    return change


def _comments(text: str) -> int:
    return len(_COMMENT.findall(text))


def _replaced(source: Source, edit: Edit) -> Change:
    if edit.span is None and edit.path not in (source.keys if edit.on_key else source.values):
        raise Impossible
    if edit.how == "rename":
        edit = _of_the_name(source, edit)
    if edit.on_key and _is_there(source, edit):
        raise Impossible
    start, end = stretch(source.text, locate(source, edit))
    if edit.span is not None:
        return Change(start, end, edit.text)
    text = _written(edit.text, source.text[start:end])
    if start < end:
        return Change(start, end, text)
    return Change(start, end, _after_key(source.text[:start].rstrip(" "), start) + text)


def _of_the_name(source: Source, edit: Edit) -> Edit:
    """A word in place of an object is another name for it: its options stay."""
    try:
        given = _value(source.data, edit.path)
    except Impossible:  # a scalar, or what is read there is written elsewhere
        return edit
    if edit.on_key or not isinstance(given, dict) or not _NAME.fullmatch(edit.text):
        return edit
    if len(given) != 1:
        raise Impossible
    [key] = given
    return edit if key == edit.text else edit._replace(path=(*edit.path, key), on_key=True)


def _is_there(source: Source, edit: Edit) -> bool:
    """Whether another key has the name already."""
    path = (*edit.path[:-1], edit.text)
    return path in source.keys and source.keys[path] != source.keys.get(edit.path)


def _after_key(before: str, start: int) -> str:
    """What stands between a key and a value that is put behind it."""
    if not before.endswith(":"):
        return ": "
    return " " if len(before) == start else ""


def _written(text: str, before: str) -> str:
    """A value as it is written in place of another; a word keeps the quotes that stood there."""
    if not text or text[0] in "[{\"'$" or ": " in text or not isinstance(resolve(text), str):
        return text
    quote = before[:1] if before[:1] in ("'", '"') else ""
    if not quote and not _PLAIN.fullmatch(text) and not text.replace("/", "").isalnum():
        quote = "'"
    if quote == "'":
        text = text.replace("'", "''")
    elif quote:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f"{quote}{text}{quote}"


class _Parts(NamedTuple):
    """What stands in a mapping or a list: where each part begins and ends, in order."""

    start: int
    flow: bool
    spots: Sequence[tuple[int, int]]


def _parts(source: Source, path: Path) -> _Parts:
    """Those parts that are written there: others may have been moved to the path."""
    start, end = stretch(source.text, source.value_span(path))
    value = _value(source.data, path)
    keys = value if isinstance(value, dict) else range(len(value)) if value else ()
    spots = sorted(_spot(source, (*path, key)) for key in keys)
    flow = bool(path) and source.text[start : start + 1] in ("{", "[")
    inside = [spot for spot in spots if not path or start <= spot[0] and spot[1] <= end]
    return _Parts(start, flow, inside)


def _value(data: object, path: Path) -> dict[str, object] | list[object]:
    """The mapping or list that is written there."""
    found: dict[str, object] | list[object] | None = value_at(data, path)
    if not isinstance(found, dict | list):
        raise Impossible
    return found


def _spot(source: Source, path: Path) -> tuple[int, int]:
    """From the key, or the item, to the end of its value."""
    start, _ = stretch(source.text, source.key_span(path))
    return start, max(start, stretch(source.text, source.value_span(path))[1])


def _line(text: str, at: int) -> tuple[int, int]:
    """Where the line begins and ends that a character is in, without its line end."""
    starts = _starts(text)
    start = starts[bisect_right(starts, at) - 1]
    ending = _BREAK.search(text, max(at, start))
    return start, ending.start() if ending else len(text)


def _removed(source: Source, path: Path) -> Change:
    if path not in source.values:
        raise Impossible
    text, parts, spot = source.text, _parts(source, path[:-1]), _spot(source, path)
    if len(parts.spots) < 2 or spot not in parts.spots:
        raise Impossible
    place = parts.spots.index(spot)
    following = parts.spots[place + 1][0] if place + 1 < len(parts.spots) else None
    if parts.flow:
        return Change(spot[0], following, "") if following else _last(parts.spots[place - 1], spot)
    start, _ = _line(text, spot[0])
    before = text[start : spot[0]]
    if before.isspace() or not before or (isinstance(path[-1], int) and _DASH.fullmatch(before)):
        return _without_lines(text, start, spot[1])
    if following is None:
        raise Impossible
    return Change(spot[0], following, "")


def _last(before: tuple[int, int], spot: tuple[int, int]) -> Change:
    return Change(before[1], spot[1], "")


def _without_lines(text: str, start: int, end: int) -> Change:
    """Whole lines go, but for a comment at their end."""
    _, stop = _line(text, end)
    rest = text[end:stop].strip()
    if rest and not rest.startswith("#"):
        raise Impossible
    if rest:
        indent = re.match(" *", text[start:])
        return Change(start, stop, (indent[0] if indent else "") + rest)
    ending = _BREAK.match(text, stop)
    return Change(start, ending.end() if ending else stop, "")


def _added(source: Source, edit: Edit) -> Change:
    text, parts, value = source.text, _parts(source, edit.path), _value(source.data, edit.path)
    if isinstance(value, list) or (not parts.spots and not parts.flow):
        raise Impossible
    if edit.text.partition(":")[0] in value:
        raise Impossible
    if parts.flow and not parts.spots:
        return Change(parts.start + 1, parts.start + 1, edit.text)
    if edit.how == "begin":
        return _begun(text, parts, edit.text)
    end = parts.spots[-1][1]
    if parts.flow:
        return Change(end, end, f", {edit.text}")
    _, stop = _line(text, end)
    indent = parts.spots[0][0] - _line(text, parts.spots[0][0])[0]
    return Change(stop, stop, f"{newline(text)}{' ' * indent}{edit.text}")


def _begun(text: str, parts: _Parts, line: str) -> Change:
    at = parts.spots[0][0]
    between = ", " if parts.flow else newline(text) + " " * (at - _line(text, at)[0])
    return Change(at, at, line + between)


def newline(text: str) -> str:
    """The line end that the text has."""
    found = _BREAK.search(text)
    return found[0] if found else "\n"
