"""Findings as annotations of a GitHub workflow, which shows ten of a kind for each step.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Iterator, Sequence

from specc.diagnostics import Diagnostic, Report, Severity, locate
from specc.render._display import safe
from specc.render._files import relative
from specc.source import Source

SHOWN = 10
KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
IN_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
IN_PROPERTIES = {**IN_DATA, ":": "%3A", ",": "%2C"}


def render(reports: Sequence[Report], *, color: bool = False) -> str:
    """Errors first; what is beyond the limit of its kind stands in the log. Never coloured."""
    lines = [line for kind in Severity for line in _of_kind(reports, kind)]
    return "".join(f"{line}\n" for line in lines)


def _of_kind(reports: Sequence[Report], kind: Severity) -> Iterator[str]:
    found = [
        (report.source, finding)
        for report in reports
        for finding in report.diagnostics
        if finding.severity is kind
    ]
    yield from (_annotation(*each) for each in found[:SHOWN])
    yield from (_line(*each) for each in found[SHOWN:])


def _annotation(source: Source, finding: Diagnostic) -> str:
    """A column says nothing of a stretch of several lines, so that has none."""
    span = locate(source, finding)
    place = {"file": safe(relative(source.name)), "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:
        place |= {"col": span.column, "endColumn": span.end_column}
    said = [safe(finding.message), *([f"help: {safe(finding.help)}"] if finding.help else [])]
    properties = {"title": f"specc ({finding.code})", **place}
    listed = ",".join(f"{k}={_escaped(str(v), IN_PROPERTIES)}" for k, v in properties.items())
    return f"::{KINDS[finding.severity]} {listed}::{_escaped(chr(10).join(said), IN_DATA)}"


def _line(source: Source, finding: Diagnostic) -> str:
    span = locate(source, finding)
    place = f"{safe(relative(source.name))}:{span.line}:{span.column}"
    return f"{finding.severity}[{finding.code}] {place}: {safe(finding.message)}"


def _escaped(text: str, signs: dict[str, str]) -> str:
    return "".join(signs.get(char, char) for char in text)
