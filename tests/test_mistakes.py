"""Mistakes that people make: each is told once, where it is, with what to do about it.

A row of tests/mistakes/ is a spec of specs/ with pieces of its text replaced, each by the first
place where it stands. `⟦CODE text⟧` marks what must be blamed; nothing else may be.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from specc.compiler import compile
from specc.diagnostics import Diagnostic, Report, locate
from specc.source import Span, read

SPECS = Path(__file__).parents[1] / "specs"
TABLES = sorted((Path(__file__).parent / "mistakes").glob("*.yaml"))
MARK = re.compile(r"⟦([A-Z]\d{3}) ([^⟧]*)⟧")
Blame = tuple[str, Span]


@dataclass(frozen=True)
class Mistake:
    """A text, what is wrong with it in the order of the text, and the help for the first."""

    text: str
    blamed: tuple[Blame, ...]
    help: str | None


def mistakes() -> dict[str, Mistake]:
    """Every row, by the file it stands in, its number there, and what it blames."""
    found = {}
    for table in TABLES:
        for number, row in enumerate(read(table.name, table.read_bytes()).data, 1):
            [(spec, edits)] = row.items()
            made = mistake(spec, dict(edits))
            codes = " ".join(code for code, _ in made.blamed)
            found[f"{table.stem}-{number}-{spec}-{codes}"] = made
    return found


def mistake(spec: str, edits: dict[str, str]) -> Mistake:
    help = edits.pop("help", None)
    text = (SPECS / f"{spec}.yaml").read_text(encoding="utf-8")
    for old, new in edits.items():
        assert old in text, f"{spec} has no {old!r}"
        text = text.replace(old, new, 1)
    return Mistake(MARK.sub(r"\2", text), tuple(blamed(text)), help)


def blamed(marked: str) -> list[Blame]:
    """Where the marks stand in the text without them."""
    found, shift = [], 0
    plain = MARK.sub(r"\2", marked)
    for mark in MARK.finditer(marked):
        start = mark.start() - shift
        end = start + len(mark[2])
        found.append((mark[1], Span(*place(plain, start), *place(plain, end))))
        shift += len(mark[0]) - len(mark[2])
    return found


def place(text: str, at: int) -> tuple[int, int]:
    """Line and column, both from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def told(report: Report) -> list[Diagnostic]:
    """Everything but advice."""
    return [each for each in report.diagnostics if each not in report.hints]


ROWS = mistakes()


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_mistake_is_told_once_and_where_it_is(row: Mistake, tmp_path: Path) -> None:
    report = compile(read("spec.yaml", row.text.encode()), tmp_path).report
    found = told(report)
    assert [(each.code, locate(report.source, each)) for each in found] == list(row.blamed)
    assert row.help is None or found[0].help == row.help


@pytest.mark.parametrize("spec", sorted(SPECS.glob("*.yaml")), ids=lambda path: path.stem)
def test_without_the_mistake_there_is_nothing_to_tell(spec: Path, tmp_path: Path) -> None:
    assert told(compile(read(spec.name, spec.read_bytes()), tmp_path).report) == []


def test_there_are_enough_of_them() -> None:
    assert len(ROWS) >= 80
    counts = {len(row.blamed) for row in ROWS.values()}
    assert sum(len(row.blamed) >= 2 for name, row in ROWS.items() if name.startswith("many")) >= 25
    assert counts >= {*range(1, 9)}
    assert all(row.blamed for row in ROWS.values())
