"""The kinds there are, found by family and name, and imported only when asked for."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from specc.kind import Kind

PACKAGES = ("layers", "training", "data")


class Entry(NamedTuple):
    """Where a kind is declared."""

    family: str
    name: str
    module: str


_CLASS = re.compile(  # but for records of facts, which are named tuples
    r"^class ([A-Z]\w*)\((?!NamedTuple)[^)]*\):[^\n]*\n((?:(?:    [^\n]*)?\n)*)", re.MULTILINE
)
_FAMILY = re.compile(r'^FAMILY = "(\w+)"', re.MULTILINE)
_WORDS = re.compile(r"^    words = \(([^)]*)\)", re.MULTILINE)


@cache
def index() -> Mapping[str, Mapping[str, Entry]]:
    """`family -> name or word -> Entry` for all kinds there are.

    A file declares kinds of one family, which it states as `FAMILY = "losses"` (those under
    `layers/` need not); classes whose name starts with `_` are none, nor those of a file whose
    name ends in `base`.
    A class with `word_only = True` can be written by its words alone.
    """
    found: dict[str, dict[str, Entry]] = {}
    here = Path(__file__).parent
    for file in (file for package in PACKAGES for file in sorted((here / package).glob("*.py"))):
        package, stem = file.parent.name, file.stem
        if not stem.endswith(("__init__", "base")):
            text = file.read_text(encoding="utf-8")
            stated = _FAMILY.search(text)
            family = stated[1] if stated else package
            _scan(text, family, f"specc.{package}.{stem}", found.setdefault(family, {}))
    return found


def _scan(text: str, name_of_family: str, module: str, family: dict[str, Entry]) -> None:
    for name, body in _CLASS.findall(text):
        entry = Entry(name_of_family, name, module)
        if "    word_only = True\n" not in body:
            family[name] = entry
        for words in _WORDS.findall(body):
            family.update(dict.fromkeys(re.findall(r'"([^"]+)"', words), entry))


@cache
def find(family: str, name: str) -> type[Kind] | None:
    """The kind of that name or string shortcut, imported now; None when there is none."""
    entry = index().get(family, {}).get(name)
    if entry is None:
        return None
    kind: type[Kind] = getattr(import_module(entry.module), entry.name)
    return kind


@cache
def names(family: str) -> tuple[str, ...]:
    """Class names of a family, sorted; without string shortcuts."""
    return tuple(sorted(name for name, e in index().get(family, {}).items() if name == e.name))


@cache
def words(family: str) -> tuple[str, ...]:
    """String shortcuts of a family, sorted."""
    family_index = index().get(family, {})
    return tuple(sorted(word for word, entry in family_index.items() if word != entry.name))
