"""Findings: where they point, and an order that does not depend on how they were found."""

from random import Random

from specc.diagnostics import Diagnostic, Edit, Note, Severity, from_problems, locate, report
from specc.source import Problem, Source, Span, read

SOURCE = read("x.yaml", b"specc: 1\nmodel:\n  - Dense: {units: 3}\n")
UNITS = ("model", 0, "Dense", "units")
ERROR, WARNING, HINT = Severity


def test_value_key_and_own_span() -> None:
    own = Span(1, 1, 1, 2)
    assert locate(SOURCE, Diagnostic("S203", ERROR, "", UNITS)) == Span(3, 20, 3, 21)
    assert locate(SOURCE, Diagnostic("S203", ERROR, "", UNITS, True)) == Span(3, 13, 3, 18)
    assert locate(SOURCE, Diagnostic("S203", ERROR, "", UNITS, span=own)) == own


def test_notes_and_edits_point_the_same_way() -> None:
    assert locate(SOURCE, Note("", UNITS)) == locate(SOURCE, Edit(UNITS, "4"))
    assert locate(SOURCE, Note("", UNITS, on_key=True)) == locate(SOURCE, Edit(UNITS, "n", True))
    assert locate(SOURCE, Note("", span=Span(9, 9, 9, 9))) == Span(9, 9, 9, 9)


def test_a_note_without_a_place() -> None:
    assert not Note("text").placed
    assert Note("text", ()).placed
    assert Note("text", span=Span(1, 1, 1, 1)).placed


def test_order_is_position_code_message_and_total() -> None:
    ordered = [
        Diagnostic("Z999", HINT, "first line", ("specc",)),
        Diagnostic("F012", ERROR, "second line, further left", ("model",), on_key=True),
        Diagnostic("T600", WARNING, "b", UNITS, on_key=True),
        Diagnostic("A401", WARNING, "z", UNITS),
        *(Diagnostic("S203", WARNING, "a", UNITS, help=str(number)) for number in range(9)),
        Diagnostic("S203", ERROR, "b", UNITS),
    ]
    for seed in range(20):
        shuffled = Random(seed).sample(ordered, len(ordered))
        assert list(report(SOURCE, shuffled).diagnostics) == ordered


def test_equal_findings_are_one() -> None:
    twice = [Diagnostic("S203", ERROR, "a", UNITS) for _ in range(2)]
    assert len(report(SOURCE, twice).diagnostics) == 1


def test_a_hint_is_silent_where_an_error_says_the_same() -> None:
    error, elsewhere = Diagnostic("D525", ERROR, "b", UNITS), Diagnostic("D525", HINT, "a")
    same, other = Diagnostic("D525", HINT, "a", UNITS), Diagnostic("D526", HINT, "a", UNITS)
    assert report(SOURCE, [same]).diagnostics == (same,)
    found = report(SOURCE, [error, same, other, elsewhere])
    assert set(found.diagnostics) == {error, other, elsewhere}


def test_ok_and_clean() -> None:
    error, warning, hint = (Diagnostic(f"S20{i}", each, "a") for i, each in enumerate(Severity))
    found = report(SOURCE, [hint, warning, error])
    assert (found.errors, found.warnings, found.hints) == ((error,), (warning,), (hint,))
    assert not found.ok and not found.clean
    assert report(SOURCE, [hint, warning]).ok and not report(SOURCE, [warning]).clean
    assert report(SOURCE, [hint]).clean


def test_problems_of_the_reader_become_errors() -> None:
    here, there = Span(2, 1, 2, 3), Span(1, 1, 1, 3)
    note = (there, "first here", "this one")
    problem = Problem("F002", "duplicate key `a`", here, "again", "remove one", (note,))
    source = Source("x.yaml", "a: 1\na: 2\n", None, {}, {}, (problem,))
    assert from_problems(source) == (
        Diagnostic(
            "F002",
            ERROR,
            "duplicate key `a`",
            label="again",
            help="remove one",
            notes=(Note("first here", label="this one", span=there),),
            span=here,
        ),
    )
