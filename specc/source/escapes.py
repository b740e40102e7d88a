"""Faults of single characters: escapes, quotes, colons, and what begins a value."""

from __future__ import annotations

import re

from specc.source.faults import Fault, columns, syntax
from specc.source.scalars import shorten
from specc.source.spans import Problem, Span, span_at

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|.)")


def no_character(text: str, start: int, end: int) -> Problem:
    """The first escape in text[start:end] whose code is a surrogate or above U+10FFFF."""
    for escape in _ESCAPE.finditer(text, start, end):
        code = int(escape[1] or escape[2] or "0", 16)
        if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            start, end = escape.span()
            break
    message = "escape of no character"
    span = span_at(text, start, min(end, start + 10))
    return Problem("F005", message, span, help="write the character itself")


def tight_colon(
    span: Span, help: str = "write a space after it, or put the text in quotes"
) -> Problem:
    fix = ((span, ": ", False),)
    return Problem("F001", "`:` without a space after it", span, help=help, fix=fix)


def overflow(fault: Fault) -> Problem | None:
    """What chr() says to the Python parser about an escape."""
    if "chr()" not in fault.complaint and "too large to convert" not in fault.complaint:
        return None
    return no_character(fault.text, fault.mark.index, len(fault.text))


def quote(fault: Fault) -> Problem | None:
    """A quote that is never closed, or a backslash that begins no known escape."""
    if fault.began is None or fault.char(fault.began) not in ("'", '"'):
        return None
    began = columns(fault.began, fault.began.column, fault.began.column + 1)
    if "end of stream" in fault.complaint or "document separator" in fault.complaint:
        return syntax(fault, "quote is never closed", span=began, help="close it on the same line")
    if "unknown escape" in fault.complaint:
        return _escape(fault)
    if "invalid Unicode" in fault.complaint:
        return no_character(fault.text, fault.began.index, len(fault.text))
    return None


def _escape(fault: Fault) -> Problem:
    index = fault.text.rfind("\\", 0, fault.mark.index + 1)
    shown = shorten(fault.text[index : index + 2])
    help = "use single quotes, or double the backslash"
    span = span_at(fault.text, index, index + 2)
    return syntax(fault, f"unknown escape `{shown}`", span=span, help=help)


def character(fault: Fault) -> Problem | None:
    """`@`, backtick, `%`, `*`, `&`, `|`, `>` at the start of plain text."""
    known = "cannot start any token|alphabetic or numeric|comment or (a )?line break|chomping"
    if not re.search(known, fault.complaint):
        return None
    mark = fault.began if fault.began and fault.char(fault.began) in tuple("*&|>") else fault.mark
    char = fault.char(mark)
    if char == "\t":
        return syntax(fault, "a tab where a space is needed", help="type a space")
    help = f"put the text in quotes, since a plain value can't begin with `{shorten(char)}`"
    span = span_at(fault.text, mark.index, mark.index + 1)
    return syntax(fault, f"`{shorten(char)}` begins a value", span=span, help=help)


def special(fault: Fault) -> Problem | None:
    """A tag or a directive that is not even well formed: neither is allowed."""
    begun = fault.char(fault.began) if fault.began else ""
    if begun not in ("!", "%") or "token" in fault.complaint:
        return None
    what = "YAML tag" if begun == "!" else "YAML directive"
    return syntax(fault, what, code="F003", help="remove it")
