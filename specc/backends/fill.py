"""Fills templates with values: the text around a value says how much room it has."""

import re
from collections.abc import Iterator

from specc.backends.layout import Printed, atomic, flat, opened, python
from specc.backends.literals import INDENT, WIDTH

MARK = re.compile("\0(\\d+)\0")


class Values:
    """Values that a template mentioned; each left a mark in the text, to be filled in last.

    A value is only laid out when its line is known, and what it prints is not looked at again.
    """

    def __init__(self) -> None:
        self._values: list[Printed] = []

    def mark(self, value: Printed) -> str:
        self._values.append(value)
        return f"\0{len(self._values) - 1}\0"

    def fill(self, text: str) -> str:
        """The text with all marks replaced by source."""
        return "\n".join(line for raw in text.split("\n") for line in self._filled(raw))

    def _filled(self, line: str) -> Iterator[str]:
        found = list(MARK.finditer(line))
        if not found:
            yield line
            return
        *others, last = (self._values[int(mark[1])] for mark in found)
        ends = (*(mark.end() for mark in found[:-1]),)
        starts = (0, *ends)
        texts = [line[s : m.start()] for s, m in zip(starts, found, strict=True)]
        before = "".join(t + python(v) for t, v in zip(texts, others, strict=False)) + texts[-1]
        yield from _with_comment(before, last, line[found[-1].end() :])


def _with_comment(before: str, value: Printed, after: str) -> Iterator[str]:
    """The value in its line; a comment that does not fit behind it goes on the line above."""
    code, hash, comment = after.partition("  # ")
    indent = len(before) - len(before.lstrip(" "))
    line = f"{before}{flat(value)}{after}"
    if len(line) <= WIDTH:
        yield line
        return
    if hash:
        yield f"{' ' * indent}# {comment}"
    *above, before = _targets(before, value).split("\n")
    yield from above
    yield before + _placed(value, before, indent, len(code)) + code


_ASSIGNED = re.compile(r" *(?:return |[\w.]+(?:, \w+)* = )")
_SEVERAL = re.compile(r" *(\w+(?:, \w+)+) = ")


def _placed(value: Printed, before: str, indent: int, after: int) -> str:
    """The value behind `before`; a long atom that is assigned gets parentheses if they help."""
    text = flat(value)
    fits = len(before) + len(text) + after <= WIDTH
    alone = indent + INDENT + len(text) <= WIDTH
    if not fits and alone and _ASSIGNED.fullmatch(before) and atomic(value):
        return f"(\n{' ' * (indent + INDENT)}{text}\n{' ' * indent})"
    return python(value, indent=indent, column=len(before), after=after)


def _targets(before: str, value: Printed) -> str:
    """Several names to assign to, one below the other where the line is too long for them."""
    found = _SEVERAL.fullmatch(before)
    if not found or len(before) + len(opened(value)) <= WIDTH:
        return before
    indent = " " * (len(before) - len(before.lstrip(" ")))
    names = (f"{indent}{' ' * INDENT}{name}," for name in found[1].split(", "))
    return "\n".join((f"{indent}(", *names, f"{indent}) = "))
