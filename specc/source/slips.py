"""Syntax errors in the reader's words: the common slips get a cause and a remedy."""

from __future__ import annotations

import re
from collections.abc import Callable

from specc.source.escapes import character, overflow, quote, special, tight_colon
from specc.source.faults import Fault, columns, line_above, syntax
from specc.source.scalars import shorten
from specc.source.spans import Mark, Problem, span_at

_BARE = re.compile(r"\s*(?:- +)*(?P<name>[^\s:#'\"\[\]{},&*!|>%@`-][^:#'\"\[\]{},]*?)\s*(?:#.*)?")
_GLUED = re.compile(r"\s*(?:- +)*(?P<name>\w+:)(?P<value>[^\s:/]\S*)\s*(?:#.*)?")
_BRACES = re.compile(r"\s*(?:- +)*(?P<name>\w+):[{\[]")
_LOOKALIKES = {
    "\N{NO-BREAK SPACE}": "a no-break space",
    "\N{IDEOGRAPHIC SPACE}": "an ideographic space",
    "\N{FULLWIDTH COLON}": "a full-width colon",
    "\N{FULLWIDTH COMMA}": "a full-width comma",
}


def reword(fault: Fault) -> Problem:
    """The problem for a syntax error: the first slip that fits it, or the parser's words."""
    for slip in _SLIPS:
        problem = slip(fault)
        if problem is not None:
            return problem
    return syntax(fault, f"syntax error: {_lowered(fault.complaint)}")


def _lowered(complaint: str) -> str:
    return shorten(complaint, 100).removeprefix("found ").rstrip(".")


def _tab(fault: Fault) -> Problem | None:
    """A tab in the indentation of the faulty line."""
    indent = re.match(r"\s*", fault.line)
    if indent is None or "\t" not in indent[0] or fault.char(fault.mark) in "\"'":
        return None
    first = indent[0].index("\t")
    size = len(indent[0][first:]) - len(indent[0][first:].lstrip("\t"))
    span = columns(fault.mark, first, first + size)
    return syntax(fault, "tab in the indentation", span=span, help="indent with spaces")


def _lookalike(fault: Fault) -> Problem | None:
    """A character that looks like punctuation and is none."""
    mark = _unfinished(fault) or fault.mark
    for column, char in enumerate(fault.line_of(mark)):
        if char in _LOOKALIKES:
            message = f"{_LOOKALIKES[char]} (U+{ord(char):04X}) in a line that can't be read"
            span = columns(mark, column, column + 1)
            return syntax(fault, message, span=span, help="type a plain one")
    return None


def _unfinished(fault: Fault) -> Mark | None:
    """Where a key began that got no colon, if that is the complaint."""
    return fault.began if "could not find expected ':'" in fault.complaint else None


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
        columns(opener, opener.column, opener.column + 1),
        label=f"`{partner}` is missing",
        help=f"write `{partner}` {_where_closing(fault, opener)}",
    )


def _where_closing(fault: Fault, opener: Mark) -> str:
    if fault.mark.line == opener.line and fault.rest.strip():
        return f"before the `{fault.char(fault.mark)}` in column {fault.mark.column + 1}"
    content = fault.line_of(opener).rstrip()
    return f"at the end of line {opener.line + 1}" if content[-1] != "," else "after the last entry"


def _next_entry(fault: Fault, opener: Mark) -> bool:
    """Whether the fault is where something new begins: so the bracket should have ended before."""
    if fault.char(fault.mark) in ("]", "}", ""):
        return True
    if fault.mark.line == opener.line:
        return False
    before = fault.line[: fault.mark.column]
    indent = len(fault.line) - len(fault.line.lstrip())
    above = fault.line_of(opener)
    return (
        before.lstrip().startswith("- ")
        or fault.rest.startswith("- ")
        or (indent <= len(above) - len(above.lstrip()))
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
    above = _unfinished(fault) or line_above(fault)
    line = fault.line_of(above)
    if above.line == fault.mark.line or len(line) > 200 or not _continues(fault, line):
        return None
    if glued := _GLUED.fullmatch(line):
        return _glued(glued, above)
    if bare := _BARE.fullmatch(line):
        return _bare(bare, above)
    return None


def _continues(fault: Fault, above: str) -> bool:
    """Whether the fault is that of a key below text that is no key."""
    if re.search("values are not allowed|could not find expected ':'", fault.complaint):
        return True
    indent = len(above) - len(above.lstrip())
    begins = "expected <block end>|expected '-' indicator|did not find expected key"
    return re.search(begins, fault.complaint) is not None and fault.mark.column > indent


def _glued_braces(fault: Fault) -> Problem | None:
    """`- Name:{a: 1}`, where the colon in the braces is the first with a space behind it."""
    glued = _BRACES.match(fault.line)
    if glued is None or not glued.end() <= fault.mark.column:
        return None
    return tight_colon(columns(fault.mark, glued.end("name"), glued.end("name") + 1))


def _bare(match: re.Match[str], above: Mark) -> Problem:
    shown = shorten(match["name"])
    dash = "- " if match[0].lstrip().startswith("- ") else ""
    message = f"`{shown}` has no colon, and keys follow below it"
    span = columns(above, *match.span("name"))
    return Problem("F001", message, span, help=f"write `{dash}{shown}:`")


def _glued(match: re.Match[str], above: Mark) -> Problem:
    span = columns(above, match.end("name") - 1, match.end("name"))
    return tight_colon(span, f"write `{shorten(match['name'])} {shorten(match['value'])}`")


def _second_colon(fault: Fault) -> Problem | None:
    """`a: b: c`, or a key indented below a value."""
    if "values are not allowed" not in fault.complaint:
        return None
    before = fault.line[: fault.mark.column]
    if re.search(r":\s", before):
        help = "put the text in quotes, or nest with braces: `a: {b: c}`"
        return syntax(fault, "a second `: ` in one line", help=help)
    if len(before) > 1000:
        return syntax(fault, "key of more than 1,000 characters")
    word = before.strip().removeprefix("- ") or ":"
    span = span_at(fault.text, fault.mark.index - len(before.lstrip()), fault.mark.index)
    message = f"key `{shorten(word)}` is indented below a value"
    return syntax(fault, message, span=span, help="give it the indentation of the key above")


def _indentation(fault: Fault) -> Problem | None:
    """A line that is in no column that is open, or mixes list items with keys."""
    where = "did not find expected (key|'-' indicator)|expected <block end>"
    if not re.search(where, fault.complaint) or fault.line[: fault.mark.column].strip():
        return None
    if fault.began is None or fault.rest[:1] in ("]", "}"):
        return None
    item = "'-'" in fault.complaint or fault.line_of(fault.began)[fault.began.column :][:2] == "- "
    if item and fault.mark.column == fault.began.column:
        return syntax(fault, "a key among list items", help="begin it with `- `, or indent it less")
    return syntax(
        fault,
        "indentation fits no line above",
        label=f"column {fault.mark.column + 1}",
        help="give lines that belong together the same indentation",
    )


def _tight_colon(fault: Fault) -> Problem | None:
    """A colon inside a word in braces."""
    if "unexpected ':'" not in fault.complaint:
        return None
    return tight_colon(columns(fault.mark, fault.mark.column, fault.mark.column + 1))


def _keyless(fault: Fault) -> Problem | None:
    complaint = re.search("expected key|node content", fault.complaint)
    if complaint is None or not fault.rest.startswith(":"):
        return None
    help = "write a key before the `:`"
    return syntax(fault, "a value without a key", code="F003", help=help)


def _phrase(fault: Fault) -> Problem | None:
    """What is left has one cause per complaint."""
    for pattern, message, help in _PHRASES:
        if re.search(pattern, fault.complaint):
            return syntax(fault, message, help=help)
    return None


_PHRASES = (
    ("hexdecimal", "unfinished escape", "use single quotes, or double the backslash"),
    (
        "sequence entries are not allowed",
        "a list item in the line of its key",
        "begin the list in the next line, or write it as `[a, b]`",
    ),
    ("mapping keys are not allowed", "`? ` begins a key here", "quote text that begins with `?`"),
    ("':'", "a line without a colon among keys", "write `key: value`, or quote text of many lines"),
    ("node content", "a value is expected here", "write one, or quote text that begins like this"),
    ("document end marker", "text after the end of a value", "remove it"),
    ("document (indicator|separator)", "`---` or `...` inside a value", "remove it"),
    (
        "more indented follow up|leading space",
        "a text block begins with a blank line that is indented too far",
        "remove the blanks in that line",
    ),
    ("indentation indicator", "`0` is no indentation", "write `|` or `>` alone"),
)


def _closing(fault: Fault) -> Problem | None:
    """A bracket that closes nothing, or text after a value that has ended."""
    char = fault.char(fault.mark)
    if char in ("]", "}"):
        return syntax(fault, f"`{char}` closes nothing", help="remove it")
    if re.search("expected (<block end>|key|'-' indicator)", fault.complaint):
        help = "remove it, or put the whole value in quotes"
        return syntax(fault, "text after the end of a value", help=help)
    if char == "," and "node content" in fault.complaint:
        return syntax(fault, "`,` without a value before it", help="remove it, or quote the text")
    return None


_SLIPS: tuple[Callable[[Fault], Problem | None], ...] = (
    _tab,
    _lookalike,
    _unclosed,
    _comma,
    _glued_braces,
    _no_colon,
    _second_colon,
    _keyless,
    _indentation,
    overflow,
    quote,
    _tight_colon,
    special,
    character,
    _closing,
    _phrase,
)
