"""Findings as SARIF 2.1.0, which code scanning reads, with fixes and the rules they are of."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from specc import __version__
from specc.diagnostics import Diagnostic, Note, Report, Severity, locate
from specc.edits import changes
from specc.render._files import relative
from specc.rules import Rule, load
from specc.source import Source, Span
from specc.source.spans import span_at

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
Json = dict[str, Any]


def render(reports: Sequence[Report], *, color: bool = False) -> str:
    """One run for all files, in ASCII. Never coloured."""
    found = {each.code for report in reports for each in report.diagnostics}
    found |= {each.finding.code for report in reports for each in report.suppressed}
    codes = [code for code in load() if code in found]
    seen: Counter[str] = Counter()
    driver = {"name": "specc", "version": __version__, "rules": [_rule(load()[c]) for c in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [each for report in reports for each in _results(report, codes, seen)],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("_")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": " ".join(rule.why.split())},
        "help": {"text": f"specc explain {rule.code}"},
        "defaultConfiguration": {
            "level": LEVELS[rule.severity],
            **({"enabled": False} if rule.off else {}),
        },
    }


def _results(report: Report, codes: list[str], seen: Counter[str]) -> Iterator[Json]:
    """The findings, and those that a comment answers, with its reason."""
    for finding in report.diagnostics:
        yield _result(report.source, finding, codes, seen)
    for each in report.suppressed:
        answer = {"kind": "inSource", "justification": each.reason}
        yield _result(report.source, each.finding, codes, seen) | {"suppressions": [answer]}


def _result(source: Source, finding: Diagnostic, codes: list[str], seen: Counter[str]) -> Json:
    span = locate(source, finding)
    said = finding.message + (f"; {finding.help}" if finding.help else "")
    result: Json = {
        "ruleId": finding.code,
        **({"ruleIndex": codes.index(finding.code)} if finding.code in codes else {}),
        "level": LEVELS[finding.severity],
        "message": {"text": said},
        "locations": [{"physicalLocation": _place(source, span)}],
        "partialFingerprints": {"specc/v1": _fingerprint(source, finding, seen)},
    }
    related = [_related(source, note) for note in finding.notes if note.placed]
    fixes = _fixes(source, finding)
    return result | ({"relatedLocations": related} if related else {}) | fixes


def _fingerprint(source: Source, finding: Diagnostic, seen: Counter[str]) -> str:
    """Of the file, the code and the message: an alert outlives that its line moves."""
    what = "\0".join((relative(source.name), finding.code, finding.message))
    seen[what] += 1
    return sha256(f"{what}\0{seen[what]}".encode("utf-8", "surrogatepass")).hexdigest()


def _place(source: Source, span: Span) -> Json:
    return {"artifactLocation": _file(source), "region": _region(span)}


def _file(source: Source) -> Json:
    """A path from the working directory is a relative reference, another is whole."""
    name = quote(relative(source.name), errors="surrogateescape")
    return {"uri": f"file://{name}" if name.startswith("/") else name}


def _region(span: Span) -> Json:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _related(source: Source, note: Note) -> Json:
    said = ": ".join(part for part in (note.text, note.label) if part)
    return {"physicalLocation": _place(source, locate(source, note)), "message": {"text": said}}


def _fixes(source: Source, finding: Diagnostic) -> Json:
    """The fix, which leaves no doubt or changes the program."""
    made = [
        {
            "deletedRegion": _region(span_at(source.text, change.start, change.end)),
            "insertedContent": {"text": change.text},
        }
        for change in changes(source, finding.fix)
    ]
    if not made:
        return {}
    sure = "safe" if finding.safely_fixed else "unsafe"
    return {
        "fixes": [
            {
                "description": {"text": f"{finding.help or finding.message} ({sure})"},
                "artifactChanges": [{"artifactLocation": _file(source), "replacements": made}],
            }
        ]
    }
