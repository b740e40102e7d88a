"""Findings one per line, for editors and searches: `file:line:column: error[S203] message`."""

from collections.abc import Sequence

from specc.diagnostics import Diagnostic, Report, locate
from specc.render._display import safe
from specc.source import Source


def render(reports: Sequence[Report], *, color: bool = False) -> str:
    """One line per finding, never coloured: other programs read it."""
    return "".join(_line(r.source, finding) for r in reports for finding in r.diagnostics)


def _line(source: Source, finding: Diagnostic) -> str:
    span = locate(source, finding)
    place = f"{safe(source.name)}:{span.line}:{span.column}"
    return f"{place}: {finding.severity}[{finding.code}] {safe(finding.message)}\n"
