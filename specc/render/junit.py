"""Findings as JUnit's XML: a suite for each spec, and in it a failed test for each finding."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from specc.diagnostics import Diagnostic, Report, Severity, locate
from specc.render._display import safe
from specc.render._files import relative
from specc.source import Source


def render(reports: Sequence[Report], *, color: bool = False) -> str:
    """One document; a spec without a finding is a test that passed, as a hint is."""
    lines = [line for report in reports for line in _suite(report)]
    tests = sum(max(1, len(report.diagnostics)) for report in reports)
    failures = sum(map(_failures, reports))
    whole = _attributes(name="specc", tests=tests, failures=failures, errors=0)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return "".join(f"{x}\n" for x in (head, f"<testsuites{whole}>", *lines, "</testsuites>"))


def _failures(report: Report) -> int:
    return len(report.diagnostics) - len(report.hints)


def _suite(report: Report) -> Iterator[str]:
    file = safe(relative(report.source.name))
    tests = max(1, len(report.diagnostics))
    counts = _attributes(name=file, tests=tests, failures=_failures(report), errors=0)
    yield f"  <testsuite{counts}>"
    if not report.diagnostics:
        yield f"    <testcase{_attributes(name='check', classname=file, file=file)} />"
    for finding in report.diagnostics:
        yield from _case(report.source, file, finding)
    yield "  </testsuite>"


def _case(source: Source, file: str, finding: Diagnostic) -> Iterator[str]:
    span = locate(source, finding)
    name = f"{finding.code} at {span.line}:{span.column}"
    message = safe(finding.message)
    said = f"line {span.line}, column {span.column}: {message}"
    said += f"; help: {safe(finding.help)}" if finding.help else ""
    yield f"    <testcase{_attributes(name=name, classname=file, file=file, line=span.line)}>"
    if finding.severity is Severity.HINT:
        yield f"      <system-out>{escape(said)}</system-out>"
    else:
        kind = _attributes(type=finding.severity, message=message)
        yield f"      <failure{kind}>{escape(said)}</failure>"
    yield "    </testcase>"


def _attributes(**values: object) -> str:
    return "".join(f" {name}={quoteattr(str(value))}" for name, value in values.items())
