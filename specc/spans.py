"""Where things stand in a spec: paths, spans, and the problems that reading it met."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

Path = tuple[str | int, ...]

_LINE = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text: 1-based, the end exclusive, columns counting code points."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the reader refuses. A note is (span, text, label)."""

    code: str
    message: str
    span: Span
    label: str = ""
    help: str = ""
    notes: tuple[tuple[Span, str, str], ...] = ()


class Mark(NamedTuple):
    """A place in the text, 0-based, with the names that ruamel's marks have."""

    line: int
    column: int
    index: int


def mark_at(text: str, index: int) -> Mark:
    line, start = 0, 0
    for ending in _LINE.finditer(text, 0, index):
        line, start = line + 1, ending.end()
    return Mark(line, index - start, index)


def between(start: Mark, end: Mark) -> Span:
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def span_at(text: str, start: int, end: int) -> Span:
    """The span of text[start:end]."""
    return between(mark_at(text, start), mark_at(text, end))


def split_lines(text: str) -> list[str]:
    """The lines as YAML and editors count them: str.splitlines knows too many breaks."""
    return _LINE.split(text)
