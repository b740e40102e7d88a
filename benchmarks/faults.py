"""What specc finds of the faults in a collection of Keras programs, and what else it says.

usage: faults.py DIR [--programs] [--spec ID] [--off] [--record]

DIR holds `bench/` and `clean/`, in the schema of its README. Each program becomes a spec, which is
checked as any other. A fault counts as found when a finding is of a rule that covers its category;
an error or warning is a false alarm when none of what its rule covers is expected of the program.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
RECORD = ROOT / "benchmarks" / "faults.json"  # what the score must not fall below
sys.path.insert(0, str(ROOT))

from _program import Json, listed  # noqa: E402
from _program_model import guessed  # noqa: E402
from _program_spec import text_of  # noqa: E402

from specc.compiler import compile  # noqa: E402
from specc.configuration import Project, everything  # noqa: E402
from specc.diagnostics import Diagnostic, Report, Severity  # noqa: E402
from specc.rules import load as load_rules  # noqa: E402
from specc.source import read as read_spec  # noqa: E402

HARD = (Severity.ERROR, Severity.WARNING)
# What layers may put out that nothing is known of; sizes that targets have are left open.
SHAPES: tuple[Any, ...] = ("same", [8], [8, 8], [8, 8, 8], [None, 8], [None, None, 8])


class Fault(NamedTuple):
    """A fault that a program is known to have."""

    category: str
    hard: bool  # an error or a warning, as the catalogue of the program has it


@dataclass(frozen=True)
class Outcome:
    """A program, its faults, and what was found."""

    name: str
    clean: bool
    complete: bool  # whether anything else that is found would be a false alarm
    faults: tuple[Fault, ...]
    accepted: frozenset[str]  # categories that may be found without being counted as faults
    found: tuple[Diagnostic, ...]

    def covered(self, hints: bool) -> frozenset[str]:
        """The categories of all findings, with those of hints or without."""
        each = (d for d in self.found if hints or d.severity in HARD)
        return frozenset(category for d in each for category in covers(d))

    @property
    def alarms(self) -> tuple[Diagnostic, ...]:
        """The errors and warnings that nothing in the program accounts for."""
        known = {fault.category for fault in self.faults} | self.accepted
        hard = (d for d in self.found if d.severity in HARD)
        return tuple(d for d in hard if not known & covers(d)) if self.complete else ()

    @property
    def hints(self) -> tuple[Diagnostic, ...]:
        """What is said besides, but for D525: the data of a program are never there."""
        return tuple(d for d in self.found if d.severity not in HARD and d.code != "D525")

    @property
    def answered(self) -> tuple[Diagnostic, ...]:
        """The errors and warnings of a complete program."""
        return tuple(d for d in self.found if d.severity in HARD) if self.complete else ()


class Score(NamedTuple):
    """Shares: of the faults that are found, and of the findings that are faults."""

    recall: float
    precision: float
    with_hints: float
    errors: int  # on correct programs
    warnings: int


def covers(found: Diagnostic) -> frozenset[str]:
    rule = load_rules().get(found.code)
    return frozenset(rule.covers if rule else ())


def checked(program: Json, project: Project | None = None) -> Report:
    """The report on a program; unknown layers get the first shape with which the rest works."""
    name = str(program.get("id"))
    reports = (
        compile(read_spec(name, text_of(program, shape).encode()), project=project).report
        for shape in SHAPES
    )
    if not guessed(program):
        return next(reports)
    first = next(reports)
    fitting = (report for report in (first, *reports) if not _misfits(report))
    return next(fitting, first)


def _misfits(report: Report) -> bool:
    return any(each.code.startswith("S2") for each in report.errors)


def outcome(program: Json, clean: bool, project: Project | None = None) -> Outcome:
    named = records(program, "expected_faults")
    others = records(program, "additional_findings")
    accepted = {str(each.get("category")) for each in (*named, *others)}
    accepted |= {str(each) for each in listed(program.get("tolerated_findings"))}
    return Outcome(
        str(program.get("id")),
        clean,
        clean or not program.get("partial"),
        tuple(
            Fault(str(each.get("category")), each.get("severity") in HARD)
            for each in named
            if each.get("static")
        ),
        frozenset(accepted),
        checked(program, project).diagnostics,
    )


def records(program: Json, key: str) -> list[Json]:
    return [each for each in listed(program.get(key)) if isinstance(each, Mapping)]


def read(folder: Path) -> Iterator[tuple[Json, bool]]:
    """All programs of a collection, and whether each is a correct one."""
    for name in ("bench", "clean"):
        for file in sorted((folder / name).glob("*.json")):
            yield json.loads(file.read_text(encoding="utf-8")), name == "clean"


def score(outcomes: Sequence[Outcome]) -> Score:
    faults = [(each, fault) for each in outcomes for fault in each.faults if fault.hard]
    hits = sum(fault.category in each.covered(hints=False) for each, fault in faults)
    every = [(each, fault) for each in outcomes for fault in each.faults]
    found = sum(fault.category in each.covered(hints=True) for each, fault in every)
    said = sum(len(each.answered) for each in outcomes)
    alarms = sum(len(each.alarms) for each in outcomes)
    precision = (said - alarms) / said if said else 1.0
    clean = Counter(d.severity for each in outcomes if each.clean for d in each.found)
    return Score(
        round(hits / max(1, len(faults)), 3),
        round(precision, 3),
        round(found / max(1, len(every)), 3),
        clean[Severity.ERROR],
        clean[Severity.WARNING],
    )


def show(outcomes: Sequence[Outcome]) -> None:
    """The figures of each category, then those of all."""
    print(f"{'category':40} {'faults':>6} {'found':>6} {'hints':>6} {'found':>6} {'alarms':>7}")
    alarms = Counter(min(covers(d), default=d.code) for each in outcomes for d in each.alarms)
    listed = {fault.category for each in outcomes for fault in each.faults}
    for category in sorted(listed | set(alarms)):
        hard, hard_found = _counted(outcomes, category, hard=True)
        soft, soft_found = _counted(outcomes, category, hard=False)
        figures = f"{hard:6} {hard_found:6} {soft:6} {soft_found:6} {alarms[category]:7}"
        print(f"{category:40} {figures}")


def _counted(outcomes: Sequence[Outcome], category: str, *, hard: bool) -> tuple[int, int]:
    """How many faults of a category there are, and how many of them are found."""
    having = [e for e in outcomes for f in e.faults if f.category == category and f.hard == hard]
    return len(having), sum(category in e.covered(hints=not hard) for e in having)


def show_programs(outcomes: Sequence[Outcome]) -> None:
    """What is missed and what is a false alarm, by program."""
    for each in outcomes:
        seen = each.covered(hints=False), each.covered(hints=True)
        for fault in each.faults:
            if fault.category not in seen[not fault.hard]:
                print(f"{each.name}: {'missed' if fault.hard else 'missed hint'} {fault.category}")
        for found in each.alarms:
            print(f"{each.name}: alarm {found.code} {found.severity} {found.message}")


def main() -> int:
    arguments = _arguments()
    programs = list(read(arguments.folder))
    if arguments.spec:
        print(*(text_of(p) for p, _ in programs if p.get("id") == arguments.spec), end="")
        return 0
    project = everything() if arguments.off else None
    outcomes = [outcome(program, clean, project) for program, clean in programs]
    if arguments.programs:
        show_programs(outcomes)
    show(outcomes)
    figures = score(outcomes)
    if arguments.record:
        RECORD.write_text(json.dumps(figures._asdict(), indent=1) + "\n", encoding="utf-8")
    print(f"\ncorrect programs: {figures.errors} errors, {figures.warnings} warnings")
    hints = sum(len(each.hints) for each in outcomes if each.clean)
    print(f"with hints: recall {figures.with_hints:.3f}; {hints} on correct programs")
    print(f"recall {figures.recall:.3f} precision {figures.precision:.3f}")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="holds bench/ and clean/")
    parser.add_argument("--programs", action="store_true", help="what each program is short of")
    parser.add_argument("--spec", metavar="ID", help="print one program as a spec")
    parser.add_argument("--off", action="store_true", help="ask also the rules that are off")
    parser.add_argument("--record", action="store_true", help=f"keep the score in {RECORD.name}")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
