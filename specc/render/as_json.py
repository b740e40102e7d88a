"""Findings as one JSON array for all files, in ASCII, with positions counted from 1."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from specc.diagnostics import Diagnostic, Note, Report, locate
from specc.edits import changes
from specc.source import Source, Span
from specc.source.spans import span_at

NOWHERE: dict[str, int | None] = dict.fromkeys(("line", "column", "end_line", "end_column"))


def render(reports: Sequence[Report], *, color: bool = False) -> str:
    """The array; `[]` when nothing was found. Never coloured."""
    findings = [_finding(r.source, finding) for r in reports for finding in r.diagnostics]
    return json.dumps(findings, indent=2) + "\n"


def _finding(source: Source, finding: Diagnostic) -> dict[str, Any]:
    span = locate(source, finding)
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "path": list(finding.path),
        "file": source.name,
        **_position(span),
        "help": finding.help or None,
        "notes": list(_notes(source, finding, span)),
        "fix": _fix(source, finding) or None,
        "safe": finding.safely_fixed if finding.fix else None,
    }


def _notes(source: Source, finding: Diagnostic, span: Span) -> Iterator[dict[str, Any]]:
    """The notes; the first is the finding's own label, which has no other place here."""
    if finding.label:
        yield {"message": finding.label, **_position(span)}
    for note in finding.notes:
        at = locate(source, note) if note.placed else None
        yield {"message": _message(note), **(_position(at) if at else NOWHERE)}


def _message(note: Note) -> str:
    return ": ".join(part for part in (note.text, note.label) if part)


def _fix(source: Source, finding: Diagnostic) -> list[dict[str, Any]]:
    """What to replace by what; what is put in replaces nothing."""
    return [
        {**_position(span_at(source.text, change.start, change.end)), "text": change.text}
        for change in changes(source, finding.fix)
    ]


def _position(span: Span) -> dict[str, int]:
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
