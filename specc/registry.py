"""The kinds there are, found by family and name, and imported only when asked for."""

import os
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


# What stands behind `class` in the text of a file; records of facts are named tuples, and no kinds.
_HEAD = re.compile(r"([A-Z]\w*)\((?!NamedTuple)[^)]*\):")
_END = re.compile(r"\n(?=\S)")
_FAMILY = re.compile(r'\nFAMILY = "(\w+)"')
_WORDS = re.compile(r"\n    words = \(([^)]*)\)")


@cache
def index() -> Mapping[str, Mapping[str, Entry]]:
    """`family -> name or word -> Entry` for all kinds there are.

    A file declares kinds of one family, which it states as `FAMILY = "losses"` (those under
    `layers/` need not); classes whose name starts with `_` are none, nor those of a file whose
    name ends in `base`.
    A class with `word_only = True` can be written by its words alone.
    """
    found: dict[str, dict[str, Entry]] = {}
    for package in PACKAGES:
        folder = Path(__file__).with_name(package)
        for file in sorted(os.listdir(folder)):
            stem, ending = os.path.splitext(file)
            if ending != ".py" or stem.endswith(("__init__", "base")):
                continue
            text = (folder / file).read_bytes().decode()
            stated = _FAMILY.search(text)
            family = stated[1] if stated else package
            _scan(text, family, f"specc.{package}.{stem}", found.setdefault(family, {}))
    return found


def _scan(text: str, name_of_family: str, module: str, family: dict[str, Entry]) -> None:
    for part in text.split("\nclass ")[1:]:
        head = _HEAD.match(part)
        if head is None:
            continue
        end = _END.search(part, head.end())
        body = part[: end.start() + 1 if end else None]
        entry = Entry(name_of_family, head[1], module)
        if "\n    word_only = True\n" not in body:
            family[head[1]] = entry
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
