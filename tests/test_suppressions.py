"""Comments that suppress findings: which line they are for, and what is wrong with them."""

import ast
from dataclasses import replace

import pytest

from specc.backends.script import emit
from specc.compiler import Compiled, buildable, compile
from specc.diagnostics import Severity, locate
from specc.explain import beside, example
from specc.render import FORMATS
from specc.rules import Rule, load
from specc.source import read

SPEC = """specc: 1
description: %s
model:
  - Input: [20]%s
%s  - Dense: {units: 10, activation: sigmoid}%s
train: {optimizer: adam, loss: categorical_crossentropy}
"""
REASON = "ignore[P304] scores"


def compiled(text: str) -> Compiled:
    return compile(read("spec.yaml", text.encode()))


def codes(text: str) -> list[str]:
    return [each.code for each in compiled(text).report.diagnostics]


# What stands in the description, on the line above, alone above, and at the end of the line.
@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (("x", "", "", ""), ["P304"]),
        (("x", "", "", f" # specc: {REASON}"), []),
        (("x", "", "", f" #specc:{REASON}"), []),
        (("x", "", "", f" # later # specc: {REASON}"), []),
        (("x", "", f"  # specc: {REASON}\n", ""), []),
        (("x", "", f"# specc: {REASON}\n\n  # more words\n", ""), []),
        (("x", "", "", " # specc: ignore[P304,A401] scores"), ["U901"]),
        (("x", "", "", " # specc: ignore[P304, S203] scores"), ["U905"]),
        (("x", f" # specc: {REASON}", "", ""), ["U901", "P304"]),
        (("x", "", "", " # specc: ignore[P304]"), ["U902"]),
        (("x", "", "", " # specc: ignore P304 scores"), ["P304", "U904"]),
        (("x", "", "", " # specc: ignore[] scores"), ["P304", "U904"]),
        (("x", "", "", " # specc: ignroe[P304] scores"), ["P304", "U904"]),
        (("x", "", "", " # specc: ignore[P3044] scores"), ["P304", "U904"]),
        (("x", "", "", " # specc: see the notes"), ["P304"]),
        ((f"'# specc: {REASON}'", "", "", ""), ["P304"]),
        (("|\n  # specc: ignore\n  # specc: ignore[X]", "", "", ""), ["P304"]),
    ],
)
def test_a_comment_is_for_its_line_or_the_next(parts: tuple[str, ...], found: list[str]) -> None:
    for ending in ("\n", "\r\n"):
        assert codes((SPEC % parts).replace("\n", ending)) == found


def test_what_is_wrong_is_marked_to_the_letter() -> None:
    text = SPEC % ("é", "", "", " # specc: ignore[P304, P3O4, softmax_inside] scores")
    report = compiled(text).report
    line = text.splitlines()[4]
    marked = [line[locate(report.source, d).column - 1 : locate(report.source, d).end_column - 1]
              for d in report.diagnostics]  # fmt: skip
    assert marked == ["P3O4", "softmax_inside"]
    assert report.diagnostics[1].help == "did you mean `A424`?"


def test_a_broken_spec_has_no_unused_suppressions() -> None:
    text = SPEC % ("x", " # specc: ignore[T604] short", "", "")
    assert codes(text) == ["U901", "P304"]
    assert codes(text.replace("units", "unit")) == ["F010", "P304"]
    assert codes(text + "a: [\n") == ["F001"]


def test_a_suppressed_error_stands_in_nobodys_way() -> None:
    text = SPEC % ("x", "", "", f" # specc: {REASON}")
    text = text.replace("activation: sigmoid", "activation: relu").replace("P304", "P305")
    report = compiled(text).report
    assert report.ok and [each.reason for each in report.suppressed] == ["scores"]
    assert '"suppressions": [' in FORMATS["sarif"]([report])
    assert '"justification": "scores"' in FORMATS["sarif"]([report])


ERRORS = [r for r in load().values() if r.severity is Severity.ERROR and not r.stands]


@pytest.mark.parametrize("rule", ERRORS, ids=lambda rule: rule.code)
def test_there_is_a_program_behind_every_error_that_can_be_suppressed(rule: Rule) -> None:
    with beside(rule) as folder:
        found = compile(read("spec.yaml", example(rule.bad).encode()), folder)
        rest = tuple(each for each in found.report.diagnostics if each.code != rule.code)
        found = replace(found, report=replace(found.report, diagnostics=rest))
        assert found.program.model
        if not buildable(found):
            ast.parse(emit(found.program))
