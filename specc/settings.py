"""`--set path=value`: another program from the same file."""

import copy
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from specc.diagnostics import Diagnostic, Note
from specc.source import Path, Source, read
from specc.words import nearest


class SettingError(ValueError):
    """A `--set` that cannot be followed; the message says why."""


@dataclass(frozen=True)
class Setting:
    """One `--set`: the value to put at a path."""

    text: str  # as it was written
    path: Path
    value: Any

    def fails(self, why: str) -> SettingError:
        return SettingError(f"`--set {self.text}`: {why}")


def apply(source: Source, settings: Sequence[str]) -> Source:
    """The source with values replaced; `model.3.Dense.units=64` counts items from 0.

    Positions stay those of the file: a finding about a set value points at what it replaced.
    """
    data = copy.deepcopy(source.data)
    for setting in map(parse, settings):
        _put(data, setting)
    return replace(source, data=data)


def parse(text: str) -> Setting:
    """`train.epochs=5` as a path and a YAML value."""
    left, equals, right = text.partition("=")
    parts = [part for part in re.split(r"[.\[\]]", left.strip()) if part]
    if not equals or not parts:
        raise SettingError(f"`--set {text}` is not of the form path=value")
    value = read("--set", right.encode("utf-8", "surrogateescape"))
    if value.problems:
        raise SettingError(f"`--set {text}`: {value.problems[0].message}")
    return Setting(text, tuple(int(p) if _is_index(p) else p for p in parts), value.data)


def _is_index(part: str) -> bool:
    return part.isascii() and part.isdecimal()


def _put(data: Any, setting: Setting) -> None:
    """Puts the value in its place; mappings on the way there are made where there is nothing."""
    place = data
    for part, following in zip(setting.path, setting.path[1:], strict=False):
        place = _step(place, part, following, setting)
    last = setting.path[-1]
    if isinstance(place, dict):
        place[str(last)] = setting.value
    else:
        place[_index(place, last, setting)] = setting.value


def _step(place: Any, part: str | int, following: str | int, setting: Setting) -> Any:
    """What stands at a part of the path, ready to be gone into."""
    key = _key(place, part, setting) if isinstance(place, dict) else _index(place, part, setting)
    inner = place.get(key) if isinstance(place, dict) else place[key]
    name = _object(inner)
    if inner is None:
        inner = place[key] = {}
    elif name is not None and isinstance(following, str) and following != name:
        if isinstance(place, list):
            raise setting.fails(f"item {key} is `{name}`, not `{following}`")
        inner = place[key] = {following: {}}  # `Adam: {…}`, or `adam`, becomes `SGD: {…}`
    elif isinstance(inner, str) and inner == following:
        inner = place[key] = {inner: {}}
    return inner


def _object(value: Any) -> str | None:
    """The name of an object such as `adam`, `Flatten` or `Dense: {…}`."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and len(value) == 1:
        [name] = value
        return name if name[:1].isupper() else None
    return None


def _key(place: Mapping[str, Any], part: str | int, setting: Setting) -> str:
    """The key of a mapping on the way; one that is not there must not look like a slip."""
    key = str(part)
    meant = None if key in place else nearest(key, place)
    if meant:
        raise setting.fails(f"the spec has no `{key}` there; did you mean `{meant}`?")
    return key


def _index(place: Any, part: str | int, setting: Setting) -> int:
    if not isinstance(place, list):
        raise setting.fails(f"`{part}` leads nowhere: there is neither a list nor a mapping")
    if not isinstance(part, int):
        raise setting.fails(f"`{part}` leads nowhere: there is a list, whose items count from 0")
    if part >= len(place):
        raise setting.fails(f"`{part}` leads nowhere: the list has {len(place)} items, from 0")
    return part


def explained(found: Iterable[Diagnostic], settings: Sequence[str]) -> Iterator[Diagnostic]:
    """The findings; those about a set value say that the spec shows what it replaced."""
    given = [parse(text) for text in settings]
    for finding in found:
        notes = tuple(
            Note(f"`--set {setting.text}` replaces what the spec says here")
            for setting in given
            if finding.path[: len(setting.path)] == setting.path
        )
        yield replace(finding, notes=finding.notes + notes) if notes else finding
