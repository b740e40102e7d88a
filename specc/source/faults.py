"""A parser's complaint, and the place in the text that it is about."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from specc.source.spans import Mark, Problem, Span, mark_at, span_at

_LINE = re.compile(r"[^\r\n]*")


class Fault(NamedTuple):
    """A parser's complaint: where it is, what began where, and the flow collection it is in."""

    text: str
    complaint: str
    mark: Mark
    began: Mark | None = None
    opener: Mark | None = None

    @property
    def line(self) -> str:
        return self.line_of(self.mark)

    def line_of(self, mark: Mark) -> str:
        """The line a mark is in, cut after some thousand characters."""
        start = mark.index - mark.column
        line = _LINE.match(self.text, start, mark.index + 2000)
        return line[0] if line else ""

    @property
    def rest(self) -> str:
        return self.line[self.mark.column :]

    def char(self, mark: Mark) -> str:
        return self.text[mark.index : mark.index + 1]


def fault(text: str, error: Any, opener: Mark | None, reached: Mark) -> Fault:
    """A Fault from what ruamel raised; `reached` is where it had got to."""
    began = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or began or reached
    complaint = str(getattr(error, "problem", None) or error)
    return Fault(text, complaint, _plain(mark), began and _plain(began), opener and _plain(opener))


def _plain(mark: Any) -> Mark:
    return Mark(mark.line, mark.column, mark.index)


def syntax(fault: Fault, message: str, **more: Any) -> Problem:
    span = more.pop("span", None) or _here(fault)
    return Problem(more.pop("code", "F001"), message, span, **more)


def _here(fault: Fault) -> Span:
    mark = _before_blank(fault) if not fault.rest.strip() else fault.mark
    word = re.match(r"\w+|.", fault.text[mark.index : mark.index + 40])
    return span_at(fault.text, mark.index, mark.index + (len(word[0]) if word else 0))


def _before_blank(fault: Fault) -> Mark:
    """The end of the last content, for an error at the end of the text or of a line."""
    return mark_at(fault.text, len(fault.text[: fault.mark.index].rstrip()))


def columns(mark: Mark, start: int, end: int) -> Span:
    return Span(mark.line + 1, start + 1, mark.line + 1, end + 1)


def line_above(fault: Fault) -> Mark:
    """The next line above that has content."""
    mark = fault.mark
    for _ in range(20):
        if mark.line == 0:
            break
        end = mark.index - mark.column - 1
        mark = mark_at(fault.text, end - fault.text.startswith("\r\n", end - 1))
        line = fault.line_of(mark).lstrip()
        if line and line[0] != "#":
            return mark
    return fault.mark
