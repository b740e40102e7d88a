"""`--set path=value`: another program from the same file."""

import copy
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from specc.source import Path, Source, read
from specc.words import nearest


class SettingError(ValueError):
    """A `--set` that cannot be followed; the message says why."""


def apply(source: Source, settings: Sequence[str]) -> Source:
    """The source with values replaced; `model.3.Dense.units=64` counts items from 0.

    Positions stay those of the file: a finding about a set value points at what it replaced.
    """
    data = copy.deepcopy(source.data)
    for setting in settings:
        path, value = parse(setting)
        _put(data, path, value, setting)
    return replace(source, data=data)


def parse(setting: str) -> tuple[Path, Any]:
    """`train.epochs=5` as a path and a YAML value."""
    left, equals, right = setting.partition("=")
    parts = [part for part in re.split(r"[.\[\]]", left.strip()) if part]
    if not equals or not parts:
        raise SettingError(f"`--set {setting}` is not of the form path=value")
    value = read("--set", right.encode())
    if value.problems:
        raise SettingError(f"`--set {setting}`: {value.problems[0].message}")
    return tuple(int(part) if part.isdigit() else part for part in parts), value.data


def _put(data: Any, path: Path, value: Any, setting: str) -> None:
    place = data
    for depth, part in enumerate(path[:-1]):
        inner = _at(place, part, setting)
        following = path[depth + 1]
        if isinstance(inner, str) and isinstance(following, str):
            inner = place[part] = {inner: {}} if inner == following else {following: {}}
        elif inner is None:
            inner = place[part] = {}
        place = inner
    last = path[-1]
    if isinstance(place, dict) and isinstance(last, str):
        place[last] = value
        return
    _at(place, last, setting)
    place[last] = value


def _at(place: Any, part: str | int, setting: str) -> Any:
    if isinstance(place, dict) and isinstance(part, str):
        if part in place:
            return place[part]
        meant = nearest(part, place)
        hint = f"; did you mean `{meant}`?" if meant else ""
        raise SettingError(f"`--set {setting}`: the spec has no `{part}` there{hint}")
    if isinstance(place, list) and isinstance(part, int) and part < len(place):
        return place[part]
    what = f"a list of {len(place)}" if isinstance(place, list) else "no list or mapping"
    raise SettingError(f"`--set {setting}`: `{part}` leads nowhere, there is {what}")
