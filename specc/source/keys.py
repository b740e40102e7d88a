"""Which keys of a mapping are refused: those that are no text, and those given twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from specc.source.nodes import Node
from specc.source.scalars import Refused, resolve, shorten
from specc.source.spans import Problem

MERGE = "<<"


def keeps(key: Node) -> bool:
    """Whether a pair stays in spite of its key: a number stays, as the text it was written as."""
    return isinstance(key.data, str) and not (key.plain and key.data in ("", MERGE))


def key_problem(key: Node, others: Mapping[str, tuple[Node, Node]]) -> Problem | None:
    if not isinstance(key.data, str):
        what = "an alias" if key.parts is None else "a list or a mapping"
        return _refused(key, f"{what} as key", "write the key as one word")
    if key.data in others:
        return _twice(key, others[key.data][0])
    return _plain(key) if key.plain else None


def joined_with_braces(text: str) -> str:
    """The name in a key such as `name {a` or `name:[{a`, which is one since `: ` stands in the
    braces only.
    """
    found = re.match(r"(\w+)(?: +|:)[\[]*[\[{]", text)
    return found[1] if found else ""


def cut_number(above: Node, key: Node, text: str) -> Problem | None:
    """Of `0,001` the number before the comma is none: the rest of it became a key."""
    if type(above.data) is not int or text[above.end.index : key.start.index] != ",":
        return None
    if not isinstance(key.data, str) or not key.data.isdigit():
        return None
    message = f"the comma in `{above.data},{key.data}` ends the number"
    right, how = f"{above.data}.{key.data}", "with a point"
    if above.data and len(key.data) % 3 == 0:
        right, how = f"{above.data}{key.data}", "without a comma"
    return Problem("F003", message, key.span, help=f"write `{right}`, {how}")


def _plain(key: Node) -> Problem | None:
    if key.data == MERGE:
        return _refused(key, "YAML merge key `<<`", "write the keys out")
    if key.data == "":
        return _refused(key, "a value without a key", "write a key before the `:`")
    value = resolve(key.data)
    if isinstance(value, str):
        return None
    shown = shorten(key.data)
    what, help = _kind(value), f'quote it: `"{shown}"`'
    if what == "a number":
        help += "; if it belongs to the number before it, write that without a comma"
    problem = _refused(key, f"key `{shown}` is {what}, not text", help)
    return problem._replace(fix=((key.span, f'"{key.data}"', what != "a number"),))


def _refused(key: Node, message: str, help: str) -> Problem:
    return Problem("F003", message, key.span, help=help)


def _twice(key: Node, first: Node) -> Problem:
    here, there = key.span, first.span
    lines = f"lines {there.line} and {here.line}" if there.line < here.line else f"line {here.line}"
    return Problem(
        "F002",
        f"key `{shorten(key.data)}` is given twice, on {lines}",
        here,
        label="given again",
        help="remove one of the two",
        notes=((there, "the first one is used", "first"),),
    )


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case Refused(value=str()):
            return "a date"
        case _:
            return "a number"
