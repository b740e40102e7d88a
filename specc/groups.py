"""The two groups of columns that a table has, and the layers of `preprocess` for each."""

from typing import Any

from specc.kind import Kind
from specc.objects import Reader
from specc.source import Path
from specc.wording import unknown_word

GROUPS = ("numeric", "categorical")


class Grouped(tuple[Any, ...]):
    """The layers of `preprocess` for the numbers of a table, and those for its categories."""

    categorical: tuple[Any, ...]

    def __new__(cls, numeric: tuple[Any, ...], categorical: tuple[Any, ...]) -> "Grouped":
        self = super().__new__(cls, numeric)
        self.categorical = categorical
        return self

    def __getnewargs__(self) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        return tuple(self), self.categorical


def read_groups(reader: Reader, section: dict[str, Any], source: Kind | None) -> Grouped | None:
    """Takes `preprocess` out of the section, where a table has one for each group of columns."""
    data = section.get("preprocess")
    if not isinstance(data, dict) or source is None or source.word != "table":
        return None
    path: Path = ("data", "preprocess")
    for key in data:
        if key not in GROUPS:
            where, at = "`preprocess`", (*path, key)
            found = unknown_word("F010", "group of columns", key, GROUPS, at, where, on_key=True)
            reader.found.append(found)
    del section["preprocess"]
    layers = (
        reader.many("layers", data[group], (*path, group), group) if group in data else ()
        for group in GROUPS
    )
    return Grouped(*layers)
