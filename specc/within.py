"""Paths of what is written: of the options of objects, and into blocks and repetitions, which know
the use that they were read for."""

from collections.abc import Iterator
from typing import Any

from specc.source import Path


class Within(str):
    """The first part of a path into a block or repetition, with the use it was read for.

    It is equal to plain text, so that rules need not know; the report asks for `use`.
    """

    use: Path

    def __new__(cls, text: str, use: Path) -> "Within":
        self = super().__new__(cls, text)
        self.use = use
        return self


def within(path: Path, use: Path) -> Path:
    """A path into a block, for one use of it."""
    return (Within(str(path[0]), use), *path[1:])


def plain(path: Path) -> Path:
    """The path without the use that it was read for."""
    return tuple(str(part) if isinstance(part, Within) else part for part in path)


def uses(path: Path) -> Iterator[Path]:
    """The uses, repetitions and calls that a path was read for, the innermost first."""
    while path and isinstance(path[0], Within):
        path = path[0].use
        yield path


def where(data: Any, path: Path, option: str | None) -> Path:
    """The path of an option of the object written as `data` at `path`; for an option that is
    not written, the object's own."""
    if not isinstance(data, dict) or not data:
        return path
    name, value = next(iter(data.items()))
    inner = (*path, name)
    written = option is not None and isinstance(value, dict)
    return (*inner, option) if written and option else inner
