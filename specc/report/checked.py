"""What the check of a run's spec said, as the record keeps it or as it is found today."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from specc.compiler import Compiled
from specc.report.lines import Word, said
from specc.runs.known import checked

SEVERITIES = ("error", "warning", "hint")


class Finding(NamedTuple):
    """A finding; one that a comment answers has a reason."""

    severity: str
    code: str
    line: int
    message: Sequence[Word]
    help: Sequence[Word]
    reason: str


@dataclass(frozen=True)
class Checked:
    """`recorded` says that this is what was found when the run began."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    recorded: bool

    @property
    def summary(self) -> str:
        """`no errors, 1 warning, no hints, 2 suppressed`."""
        counts = dict.fromkeys(SEVERITIES, 0)
        for finding in self.findings:
            counts[finding.severity] = counts.get(finding.severity, 0) + 1
        told = [f"{n or 'no'} {word}{'s' * (n != 1)}" for word, n in counts.items()]
        return ", ".join([*told, *([f"{len(self.suppressed)} suppressed"] * bool(self.suppressed))])


def of_run(facts: Mapping[str, Any], compiled: Compiled) -> Checked:
    """The findings on the spec of a run."""
    kept = facts.get("checked")
    recorded = isinstance(kept, dict)
    found: Any = kept if recorded else checked(compiled.report)
    return Checked(
        tuple(_findings(found.get("findings"))),
        tuple(_findings(found.get("suppressed"))),
        recorded,
    )


def _findings(found: Any) -> Iterator[Finding]:
    for each in found if isinstance(found, list) else ():
        if isinstance(each, dict):
            line = each.get("line")
            yield Finding(
                str(each.get("severity")),
                str(each.get("code")),
                line if isinstance(line, int) else 1,
                said(str(each.get("message"))),
                said(str(each.get("help") or "")),
                str(each.get("reason") or ""),
            )
