"""Where things stand in a spec: paths, spans, and the problems that reading it met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

Path = tuple[str | int, ...]


class Span(NamedTuple):
    """A stretch of text: 1-based, the end exclusive, columns counting code points."""

    line: int
    column: int
    end_line: int
    end_column: int


class Problem(NamedTuple):
    """Something the reader refuses. A note is (span, text, label), an edit (span, text, safe)."""

    code: str
    message: str
    span: Span
    label: str = ""
    help: str = ""
    notes: tuple[tuple[Span, str, str], ...] = ()
    fix: tuple[tuple[Span, str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the text, 0-based, with the names that ruamel's marks have."""

    line: int
    column: int
    index: int


def mark_at(text: str, index: int) -> Mark:
    """The place of a character. Lines end as in YAML: str.splitlines knows more breaks."""
    breaks = text.count("\n", 0, index)
    start = text.rfind("\n", 0, index)
    if "\r" in text:
        breaks += text.count("\r", 0, index) - text.count("\r\n", 0, index)
        start = max(start, text.rfind("\r", 0, index))
    return Mark(breaks, index - start - 1, index)


def between(start: Mark, end: Mark) -> Span:
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def span_at(text: str, start: int, end: int) -> Span:
    """The span of text[start:end]."""
    return between(mark_at(text, start), mark_at(text, end))
