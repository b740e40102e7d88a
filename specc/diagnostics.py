"""Findings: what is wrong with a spec, where, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from specc.source import Path, Source, Span


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Note(NamedTuple):
    """What else matters; it points at `span`, else at `path`, else nowhere."""

    text: str
    path: Path | None = None
    label: str = ""
    on_key: bool = False
    span: Span | None = None

    @property
    def placed(self) -> bool:
        return self.path is not None or self.span is not None


class Edit(NamedTuple):
    """A change of the spec as YAML text; with `span` it is of that stretch instead of a path.

    `how` is to `replace` the value at `path`, or its key, by `text`; to `rename` an object, which
    keeps its options; to `add` the text, which is `key: value`, to the mapping at `path`, or to
    `begin` it so; or to `remove` what stands there.
    It is `safe` when it is the intended spelling for sure, or leaves the meaning as it is.
    """

    path: Path
    text: str = ""
    on_key: bool = False
    how: Literal["replace", "rename", "add", "begin", "remove"] = "replace"
    safe: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding; `span` is only for what has no path, such as a syntax error."""

    code: str
    severity: Severity
    message: str
    path: Path = ()
    on_key: bool = False
    label: str = ""
    help: str = ""
    notes: tuple[Note, ...] = ()
    fix: tuple[Edit, ...] = ()
    span: Span | None = None

    @property
    def safely_fixed(self) -> bool:
        """Whether there is a fix that leaves no doubt."""
        return bool(self.fix) and all(edit.safe for edit in self.fix)


class Suppressed(NamedTuple):
    """A finding that a comment in the spec answers, and the reason that it gives."""

    finding: Diagnostic
    reason: str


@dataclass(frozen=True)
class Report:
    """The findings of one spec, sorted by position, code and message; equal ones once."""

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...] = ()

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return self._of(Severity.ERROR)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        return self._of(Severity.WARNING)

    @property
    def hints(self) -> tuple[Diagnostic, ...]:
        return self._of(Severity.HINT)

    @property
    def ok(self) -> bool:
        """No errors: the spec can be built and run."""
        return not self.errors

    @property
    def clean(self) -> bool:
        """Neither errors nor warnings."""
        return not self.errors and not self.warnings

    def _of(self, severity: Severity) -> tuple[Diagnostic, ...]:
        return tuple(d for d in self.diagnostics if d.severity is severity)


def locate(source: Source, item: Diagnostic | Note | Edit) -> Span:
    """The span an item points at; the top of the spec for a note that is not placed."""
    if item.span is not None:
        return item.span
    path = item.path or ()
    return source.key_span(path) if item.on_key else source.value_span(path)


def from_problems(source: Source) -> tuple[Diagnostic, ...]:
    """What the reader found, as findings."""
    return tuple(
        Diagnostic(
            problem.code,
            Severity.ERROR,
            problem.message,
            label=problem.label,
            help=problem.help,
            notes=tuple(Note(text, label=label, span=at) for at, text, label in problem.notes),
            fix=tuple(Edit((), text, safe=safe, span=at) for at, text, safe in problem.fix),
            span=problem.span,
        )
        for problem in source.problems
    )


def report(
    source: Source, diagnostics: Iterable[Diagnostic], suppressed: tuple[Suppressed, ...] = ()
) -> Report:
    """The findings in an order that does not depend on the order they were found in.

    A hint is left out where an error says the same of the same place.
    """
    found = set(diagnostics)
    errors = {(each.code, each.path) for each in found if each.severity is Severity.ERROR}
    hints = {each for each in found if each.severity is Severity.HINT}
    found -= {each for each in hints if (each.code, each.path) in errors}
    ordered = sorted(found, key=lambda finding: _order(source, finding))
    return Report(source, tuple(ordered), suppressed)


def _order(source: Source, finding: Diagnostic) -> tuple[object, ...]:
    """Position, code, message; `repr` last makes the order total."""
    span = locate(source, finding)
    return span.line, span.column, finding.code, finding.message, repr(finding)
