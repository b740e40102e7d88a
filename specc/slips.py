"""Syntax errors in the reader's words: the common slips get a cause and a remedy."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from specc.scalars import shorten
from specc.spans import Mark, Problem, Span, between, mark_at, span_at, split_lines

_BARE = re.compile(r"\s*(?:- +)*(?P<name>[^\s:#'\"\[\]{},&*!|>%@`-][^:#'\"\[\]{},]*?)\s*(?:#.*)?")
_GLUED = re.compile(r"\s*(?:- +)*(?P<name>\w+:)(?P<value>[^\s:/]\S*)\s*(?:#.*)?")
_LOOKALIKES = {
    "\N{NO-BREAK SPACE}": "a no-break space",
    "\N{IDEOGRAPHIC SPACE}": "an ideographic space",
    "\N{FULLWIDTH COLON}": "a full-width colon",
    "\N{FULLWIDTH COMMA}": "a full-width comma",
    "\N{LEFT DOUBLE QUOTATION MARK}": "a curly quote",
    "\N{RIGHT DOUBLE QUOTATION MARK}": "a curly quote",
}


@dataclass(frozen=True)
class Fault:
    """A parser's complaint: where it is, what began where, and the flow collection it is in."""

    text: str
    complaint: str
    mark: Mark
    began: Mark | None = None
    opener: Mark | None = None

    @property
    def line(self) -> str:
        return self.line_at(self.mark.line)

    def line_at(self, number: int) -> str:
        lines = split_lines(self.text)
        return lines[number] if number < len(lines) else ""

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


def reword(fault: Fault) -> Problem:
    """The problem for a syntax error: the first slip that fits it, or the parser's words."""
    for slip in _SLIPS:
        problem = slip(fault)
        if problem is not None:
            return problem
    return _syntax(fault, f"syntax error: {_lowered(fault.complaint)}")


def _lowered(complaint: str) -> str:
    return shorten(complaint, 100).removeprefix("found ").rstrip(".")


def _syntax(fault: Fault, message: str, **more: Any) -> Problem:
    span = more.pop("span", None) or _here(fault)
    return Problem(more.pop("code", "F001"), message, span, **more)


def _here(fault: Fault) -> Span:
    mark = _before_blank(fault) if not fault.rest.strip() else fault.mark
    word = re.match(r"\w+|.", fault.text[mark.index : mark.index + 40])
    return span_at(fault.text, mark.index, mark.index + (len(word[0]) if word else 0))


def _before_blank(fault: Fault) -> Mark:
    """The end of the last content, for an error at the end of the text or of a line."""
    return mark_at(fault.text, len(fault.text[: fault.mark.index].rstrip()))


def _tab(fault: Fault) -> Problem | None:
    """A tab in the indentation of the faulty line."""
    indent = re.match(r"\s*", fault.line)
    if indent is None or "\t" not in indent[0] or fault.char(fault.mark) in "\"'":
        return None
    first = indent[0].index("\t")
    size = len(indent[0][first:]) - len(indent[0][first:].lstrip("\t"))
    start = Mark(fault.mark.line, first, 0)
    span = between(start, Mark(fault.mark.line, first + size, 0))
    return _syntax(fault, "tab in the indentation", span=span, help="indent with spaces")


def _lookalike(fault: Fault) -> Problem | None:
    """A character that looks like punctuation and is none."""
    for column, char in enumerate(fault.line):
        if char in _LOOKALIKES:
            start, end = Mark(fault.mark.line, column, 0), Mark(fault.mark.line, column + 1, 0)
            message = f"{_LOOKALIKES[char]} (U+{ord(char):04X}) in a line that can't be read"
            return _syntax(fault, message, span=between(start, end), help="type a plain one")
    return None


def _unclosed(fault: Fault) -> Problem | None:
    """A `{` or `[` without its partner."""
    opener = fault.opener
    if opener is None or not re.search("expected (the )?(node content|',' or)", fault.complaint):
        return None
    bracket = fault.char(opener)
    if bracket not in "{[" or not _next_entry(fault, opener):
        return None
    partner = "}" if bracket == "{" else "]"
    return Problem(
        "F001",
        f"`{bracket}` is never closed",
        between(opener, Mark(opener.line, opener.column + 1, 0)),
        label=f"`{partner}` is missing",
        help=f"write `{partner}` {_where_closing(fault, opener)}",
    )


def _where_closing(fault: Fault, opener: Mark) -> str:
    if fault.mark.line == opener.line and fault.rest.strip():
        return f"before the `{fault.char(fault.mark)}` in column {fault.mark.column + 1}"
    content = fault.line_at(opener.line).rstrip()
    return f"at the end of line {opener.line + 1}" if content[-1] != "," else "after the last entry"


def _next_entry(fault: Fault, opener: Mark) -> bool:
    """Whether the fault is where something new begins: so the bracket should have ended before."""
    if fault.char(fault.mark) in ("]", "}", ""):
        return True
    if fault.mark.line == opener.line:
        return False
    before = fault.line[: fault.mark.column]
    indent = len(fault.line) - len(fault.line.lstrip())
    above = fault.line_at(opener.line)
    return before.lstrip().startswith("- ") or fault.rest.startswith("- ") or (
        indent <= len(above) - len(above.lstrip())
    )


def _comma(fault: Fault) -> Problem | None:
    """Two entries of a flow collection without a comma between."""
    if fault.opener is None or "',' or" not in fault.complaint:
        return None
    start, word = _second_entry(fault)
    return Problem(
        "F001",
        f"missing comma before `{word}`" if word else "missing comma",
        span_at(fault.text, start, start + max(len(word), 1)),
        label="a new entry begins here",
        help=f"write `, {word}`" if word else "put a comma between the entries",
    )


def _second_entry(fault: Fault) -> tuple[int, str]:
    """Where the entry after the missing comma begins, and its first word."""
    index = fault.mark.index
    if fault.char(fault.mark) == ":":
        word = re.search(r"[^\s,{}\[\]:]+\s*$", fault.text[max(0, index - 80) : index])
        return (index - len(word[0]), word[0].strip()) if word else (index, "")
    found = re.match(r"\w+", fault.text[index : index + 80])
    return index, found[0] if found else ""


def _no_colon(fault: Fault) -> Problem | None:
    """A name on its own, and below it what looks like its options: `- Name` + `key: 1`."""
    if not re.search("values are not allowed|could not find expected ':'", fault.complaint):
        return None
    number = _line_above(fault)
    line = fault.line_at(number)
    bare, glued = _BARE.fullmatch(line), _GLUED.fullmatch(line)
    if glued:
        return _glued(glued, number)
    if bare is None or number == fault.mark.line:
        return None
    name = bare["name"]
    dash = "- " if line.lstrip().startswith("- ") else ""
    span = between(Mark(number, bare.start("name"), 0), Mark(number, bare.end("name"), 0))
    message = f"`{shorten(name)}` has no colon, and keys follow below it"
    return _syntax(fault, message, span=span, help=f"write `{dash}{shorten(name)}:`")


def _glued(match: re.Match[str], number: int) -> Problem:
    start, end = Mark(number, match.end("name") - 1, 0), Mark(number, match.end("name"), 0)
    help = f"write `{shorten(match['name'])} {shorten(match['value'])}`"
    return Problem("F001", "`:` without a space after it", between(start, end), help=help)


def _line_above(fault: Fault) -> int:
    """The line the unexpected text continues: where it began, or the one with content above."""
    if fault.began is not None:
        return fault.began.line
    lines = split_lines(fault.text[: fault.mark.index])
    for number in range(fault.mark.line - 1, -1, -1):
        if lines[number].strip() and not lines[number].lstrip().startswith("#"):
            return number
    return fault.mark.line


def _second_colon(fault: Fault) -> Problem | None:
    """`a: b: c`, or a key indented below a value."""
    if "values are not allowed" not in fault.complaint:
        return None
    before = fault.line[: fault.mark.column]
    if re.search(r":\s", before):
        help = "put the text in quotes, or nest with braces: `a: {b: c}`"
        return _syntax(fault, "a second `: ` in one line", help=help)
    if len(before) > 1000:
        return _syntax(fault, "key of more than 1,000 characters")
    word = before.strip().removeprefix("- ") or ":"
    span = span_at(fault.text, fault.mark.index - len(before.lstrip()), fault.mark.index)
    message = f"key `{shorten(word)}` is indented below a value"
    return _syntax(fault, message, span=span, help="give it the indentation of the key above")


def _indentation(fault: Fault) -> Problem | None:
    """A line that is in no column that is open, or mixes list items with keys."""
    where = "did not find expected (key|'-' indicator)|expected <block end>"
    if not re.search(where, fault.complaint) or fault.line[: fault.mark.column].strip():
        return None
    if fault.began is None or fault.rest[:1] in ("]", "}"):
        return None
    item = "'-'" in fault.complaint or fault.line_at(fault.began.line)[fault.began.column :][:2] == "- "
    if item and fault.mark.column == fault.began.column:
        return _syntax(fault, "a key among list items", help="begin it with `- `, or indent it less")
    return _syntax(
        fault,
        "indentation fits no line above",
        label=f"column {fault.mark.column + 1}",
        help="give lines that belong together the same indentation",
    )


def _quote(fault: Fault) -> Problem | None:
    """A quote that is never closed, or a backslash that begins no known escape."""
    if fault.began is None or fault.char(fault.began) not in ("'", '"'):
        return None
    began = between(fault.began, Mark(fault.began.line, fault.began.column + 1, 0))
    if "end of stream" in fault.complaint or "document separator" in fault.complaint:
        return _syntax(fault, "quote is never closed", span=began, help="close it on the same line")
    if "unknown escape" in fault.complaint:
        return _escape(fault)
    if "invalid Unicode" in fault.complaint:
        message, help = "escape of no character", "write the character itself"
        return _syntax(fault, message, code="F005", help=help)
    return None


def _escape(fault: Fault) -> Problem:
    index = fault.text.rfind("\\", 0, fault.mark.index + 1)
    shown = shorten(fault.text[index : index + 2])
    help = "use single quotes, or double the backslash"
    span = span_at(fault.text, index, index + 2)
    return _syntax(fault, f"unknown escape `{shown}`", span=span, help=help)


def _character(fault: Fault) -> Problem | None:
    """`@`, backtick, `%`, `*`, `&`, `|`, `>` at the start of plain text."""
    known = "cannot start any token|alphabetic or numeric|comment or (a )?line break|chomping"
    if not re.search(known, fault.complaint):
        return None
    mark = fault.began if fault.began and fault.char(fault.began) in tuple("*&|>") else fault.mark
    char = fault.char(mark)
    help = f"put the text in quotes, since a plain value can't begin with `{shorten(char)}`"
    span = span_at(fault.text, mark.index, mark.index + 1)
    return _syntax(fault, f"`{shorten(char)}` begins a value", span=span, help=help)


def _tight_colon(fault: Fault) -> Problem | None:
    if "unexpected ':'" not in fault.complaint:
        return None
    help = "write a space after it, or put the text in quotes"
    return _syntax(fault, "`:` without a space after it", help=help)


def _special(fault: Fault) -> Problem | None:
    """A tag or a directive that is not even well formed: neither is allowed."""
    begun = fault.char(fault.began) if fault.began else ""
    if begun not in ("!", "%") or "token" in fault.complaint:
        return None
    what = "YAML tag" if begun == "!" else "YAML directive"
    return _syntax(fault, what, code="F003", help="remove it")


def _closing(fault: Fault) -> Problem | None:
    """A bracket that closes nothing, or text after a value that has ended."""
    char = fault.char(fault.mark)
    if char in ("]", "}"):
        return _syntax(fault, f"`{char}` closes nothing", help="remove it")
    if "expected <block end>" in fault.complaint or "expected key" in fault.complaint:
        help = "remove it, or put the whole value in quotes"
        return _syntax(fault, "text after the end of a value", help=help)
    if char == "," and "node content" in fault.complaint:
        return _syntax(fault, "`,` without a value before it", help="remove it, or quote the text")
    return None


_SLIPS: tuple[Callable[[Fault], Problem | None], ...] = (
    _tab,
    _lookalike,
    _unclosed,
    _comma,
    _no_colon,
    _second_colon,
    _indentation,
    _quote,
    _tight_colon,
    _special,
    _character,
    _closing,
)
