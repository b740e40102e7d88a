"""Findings for people: a header, the source line with carets, notes and help."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from specc.diagnostics import Diagnostic, Note, Report, Severity, locate
from specc.render._display import safe, view
from specc.source import Source, Span

Paint = Callable[[str, str], str]

STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "hint": "1;36",
    "note": "1;32",
    "help": "1;36",
    "gutter": "1;34",
    "message": "1",
}


def render(reports: Sequence[Report], *, color: bool = False) -> str:
    """All findings with a blank line between them, then how many there are; "" for none."""
    paint = _colored if color else _plain
    blocks = [block for report in reports for block in _blocks(report, paint)]
    return "\n".join([*blocks, summary(reports) + "\n"]) if blocks else ""


def summary(reports: Sequence[Report]) -> str:
    """`2 errors, 1 warning in 1 file`: the file counts when it has a finding; "" for none."""
    found = [finding.severity for report in reports for finding in report.diagnostics]
    counts = [counted(found.count(s), s.value) for s in Severity if s in found]
    files = sum(1 for report in reports if report.diagnostics)
    return f"{', '.join(counts)} in {counted(files, 'file')}" if counts else ""


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _plain(style: str, text: str) -> str:
    return text


def _colored(style: str, text: str) -> str:
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if text else ""


class Page(NamedTuple):
    """A source as lines, and how wide the column of line numbers is."""

    lines: Sequence[str]
    gutter: int
    paint: Paint

    def row(self, number: str, text: str) -> str:
        return f"{self.paint('gutter', f'{number:>{self.gutter}} |')} {text}".rstrip()


def _blocks(report: Report, paint: Paint) -> Iterator[str]:
    lines = re.split("\r\n|\r|\n", report.source.text) if report.diagnostics else []
    for finding in report.diagnostics:
        block = _finding(report.source, lines, finding, paint)
        yield "".join(f"{line}\n" for line in block)


def _finding(
    source: Source, lines: Sequence[str], finding: Diagnostic, paint: Paint
) -> Iterator[str]:
    span = locate(source, finding)
    notes = [(note, locate(source, note) if note.placed else None) for note in finding.notes]
    last = max([span.line, *(at.line for _, at in notes if at)])
    page = Page(lines, max(2, len(str(last))), paint)
    yield from _header(page, source.name, finding, span)
    yield from _frame(page, span, finding.severity, finding.label)
    for note, at in notes:
        yield from _note(page, note, at)
    if finding.help:
        yield f"{paint('help', 'help')}: {safe(finding.help)}"


def _header(page: Page, file: str, finding: Diagnostic, span: Span) -> Iterator[str]:
    title = page.paint(finding.severity, f"{finding.severity}[{finding.code}]")
    arrow = page.paint("gutter", "-->")
    yield title + page.paint("message", f": {safe(finding.message)}")
    yield f"{' ' * page.gutter}{arrow} {safe(file)}:{span.line}:{span.column}"


def _note(page: Page, note: Note, at: Span | None) -> Iterator[str]:
    """A note without a text is called by its label."""
    yield f"{page.paint('note', 'note')}: {safe(note.text or note.label)}"
    if at is not None:
        yield from _frame(page, at, "note", note.label if note.text else "")


def _frame(page: Page, span: Span, style: str, label: str) -> Iterator[str]:
    """The first line of a span with carets up to where the span, or the line, ends."""
    number = min(span.line, len(page.lines))
    line = page.lines[number - 1]
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    seen = view(line, span.column - 1, end)
    mark = page.paint(style, f"{'^' * seen.width} {safe(label)}".rstrip())
    yield page.row("", "")
    yield page.row(str(number), seen.text)
    yield page.row("", " " * seen.start + mark)
