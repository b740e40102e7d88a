"""What the record says of what was known before the training: the findings and the data."""

from collections.abc import Mapping
from typing import Any

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic, Report, locate

Sizes = Mapping[str, int | None]


def checked(report: Report) -> dict[str, list[dict[str, Any]]]:
    """The findings of the check, and those that a comment answers, each with its line."""
    answered = [
        _finding(report, each.finding) | {"reason": each.reason} for each in report.suppressed
    ]
    return {
        "findings": [_finding(report, each) for each in report.diagnostics],
        "suppressed": answered,
    }


def _finding(report: Report, finding: Diagnostic) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "line": locate(report.source, finding).line,
        "message": finding.message,
        **({"help": finding.help} if finding.help else {}),
    }


def data(compiled: Compiled) -> dict[str, Any]:
    """The rows of each part; those of each class where folders or labels say so."""
    facts = compiled.facts
    counted = {each.part: dict(each.classes) for each in facts.folders}
    names = facts.class_names or tuple(map(str, range(len(facts.balance))))
    if facts.balance and len(names) == len(facts.balance):
        counted.setdefault("train", dict(zip(names, facts.balance, strict=True)))
    return {
        "source": facts.source,
        "rows": dict(facts.parts),
        **({"shape": list(facts.shape), "dtype": facts.dtype} if facts.shape else {}),
        **({"by_class": _split(counted, facts.parts)} if counted else {}),
    }


def _split(counted: dict[str, dict[str, int]], parts: Sizes) -> dict[str, dict[str, int]]:
    """With another name for what is shared out over several parts only later."""
    return {
        part if sum(counts.values()) == parts.get(part) else f"{part}, before it is split": counts
        for part, counts in counted.items()
    }
