"""The layers of `preprocess` where there are several lists of them: one for each group of columns
of a table, or for each input."""

from collections.abc import Iterable, Mapping
from typing import Any

from specc.data.base import Source
from specc.kind import Kind
from specc.objects import Reader
from specc.source import Path
from specc.wording import unknown_word

GROUPS = ("numeric", "categorical")
PATH: Path = ("data", "preprocess")


class Keyed(tuple[Any, ...]):
    """The layers under one key of `preprocess`."""

    key: str

    def __new__(cls, key: str, layers: Iterable[Any]) -> "Keyed":
        self = super().__new__(cls, layers)
        self.key = key
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self.key, tuple(self)


class Grouped(tuple[Any, ...]):
    """The layers of `preprocess` for the numbers of a table, and those for its categories."""

    key = "numeric"
    categorical: tuple[Any, ...]

    def __new__(cls, numeric: tuple[Any, ...], categorical: tuple[Any, ...]) -> "Grouped":
        self = super().__new__(cls, numeric)
        self.categorical = categorical
        return self

    def __getnewargs__(self) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        return tuple(self), self.categorical


class ByInput(tuple[Any, ...]):
    """The layers of `preprocess` by input; as a tuple it is empty, since none are for all."""

    inputs: Mapping[str, Keyed]

    def __new__(cls, inputs: Mapping[str, Keyed]) -> "ByInput":
        self = super().__new__(cls, ())
        self.inputs = inputs
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (self.inputs,)


def of_input(preprocess: tuple[Any, ...], name: str) -> tuple[Any, ...]:
    """The layers for one of several inputs; a list without keys is for each of them."""
    if isinstance(preprocess, ByInput):
        return preprocess.inputs.get(name, ())
    return preprocess


def read_groups(
    reader: Reader, section: dict[str, Any], source: Kind | None
) -> tuple[Any, ...] | None:
    """Takes `preprocess` out of the section, where it has keys and the source has such groups."""
    data = section.get("preprocess")
    if not isinstance(data, dict):
        return None
    if not isinstance(source, Source):  # which was told, and nobody knows its groups
        del section["preprocess"]
        return ()
    table = source.word == "table"
    known = GROUPS if table else source.input_names
    if not known:
        return None
    del section["preprocess"]
    what = "group of columns" if table else "input"
    for key in data.keys() - {*known}:
        at = (*PATH, key)
        found = unknown_word("F010", what, key, known, at, "`preprocess`", on_key=True)
        reader.found.append(found)
    if table:
        return Grouped(*(_many(reader, data, group) for group in GROUPS))
    return ByInput({name: Keyed(name, _many(reader, data, name)) for name in known if name in data})


def _many(reader: Reader, data: Mapping[str, Any], key: str) -> tuple[Any, ...]:
    return reader.many("layers", data[key], (*PATH, key), key) if key in data else ()
