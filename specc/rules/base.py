"""A rule: one question asked of a whole spec, with the examples that document and test it."""

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from specc.diagnostics import Diagnostic, Edit, Note, Severity
from specc.source import Path
from specc.subject import Subject

Check = Callable[[Subject], Iterator["Finding"]]


class Finding(NamedTuple):
    """What a rule reports; code and severity are the rule's own."""

    message: str
    path: Path
    on_key: bool = False
    label: str = ""
    help: str = ""
    notes: tuple[Note, ...] = ()
    fix: tuple[Edit, ...] = ()


class Rule(NamedTuple):
    """`bad` marks each line that must fire with `# ! CODE`; on `good` nothing may fire.

    `files` are those that the examples read. `by` names the stage that reports the finding
    itself (`reader`, `schema`, `graph`); then `check` yields nothing and the rule documents the
    code. `covers` lists the fault categories it finds. Nothing can be made of a spec with an error
    that is `fatal`. One that is `off` is a matter of taste: nobody asks it who has not named it.
    """

    code: str
    name: str
    title: str
    severity: Severity
    source: str
    bad: str
    good: str
    check: Check
    by: str = "rule"
    covers: tuple[str, ...] = ()
    files: Mapping[str, bytes] = {}
    fatal: bool = False
    off: bool = False

    @property
    def why(self) -> str:
        """What is bad about it, as its docstring says."""
        return inspect.getdoc(self.check) or ""

    @property
    def weight(self) -> str:
        """Its severity, for people."""
        return f"{self.severity}, off unless selected" if self.off else str(self.severity)

    def asked(self, named: Collection[str]) -> bool:
        """Whether it counts where these codes are named."""
        return not self.off or self.code in named

    @property
    def stands(self) -> bool:
        """Whether its errors hold whatever a comment or a project says: they leave no program."""
        if self.severity is not Severity.ERROR:
            return False
        return self.fatal or self.code[0] in "FS" or self.by != "rule"


RULES: dict[str, Rule] = {}


def rule(code: str, title: str, severity: str, **fields: Any) -> Callable[[Check], Check]:
    """Registers the decorated function; its name says the bad thing, its docstring why."""

    def register(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"rule {code} is declared twice")
        RULES[code] = Rule(code, check.__name__, title, Severity(severity), check=check, **fields)
        return check

    return register


def npy(dtype: str, shape: tuple[int, ...], values: bytes) -> bytes:
    """An array as a `.npy` file, for the data of an example."""
    text = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}}}\n"
    return b"\x93NUMPY\1\0" + len(text).to_bytes(2, "little") + text.encode() + values


def run(
    rules: Mapping[str, Rule], subject: Subject, named: Collection[str] = ()
) -> Iterator[Diagnostic]:
    """Everything these rules find in any view of outputs and inputs; a report drops what is equal.

    Of the rules that are off, those of the codes in `named` are asked.
    """
    views = [each for phase in subject.phases for view in phase.views() for each in view.by_input()]
    for each in rules.values():
        if not each.asked(named):
            continue
        for view in views:
            yield from (as_diagnostic(each, _in_file(found, view)) for found in each.check(view))


def _in_file(found: Finding, view: Subject) -> Finding:
    """The finding with the paths of the file, where the view has others."""
    if view.training is None:
        return found
    notes = (note._replace(path=note.path and view.said(note.path)) for note in found.notes)
    fix = tuple(edit._replace(path=view.said(edit.path)) for edit in found.fix)
    return found._replace(path=view.said(found.path), notes=tuple(notes), fix=fix)


def as_diagnostic(rule: Rule, found: Finding) -> Diagnostic:
    return Diagnostic(
        rule.code,
        rule.severity,
        found.message,
        found.path,
        found.on_key,
        found.label,
        found.help,
        found.notes,
        found.fix,
    )
