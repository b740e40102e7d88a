"""`[tool.specc]`: what a project says of findings, and what is wrong with how it says so."""

import tomllib
from pathlib import Path

import pytest
from conftest import Main

import specc
from specc.configuration import VERSIONS, project
from specc.diagnostics import locate
from specc.source import Path as Steps
from specc.source import Span
from specc.toml import places

SPEC = """specc: 1
name: a
model:
  - Input: [20]
  - Dense: {units: 10, activation: sigmoid}
train: {optimizer: adam, loss: categorical_crossentropy}
"""
BIASED = """specc: 1
name: b
model:
  - Input: [20]
  - Dense: 64
  - BatchNormalization
  - Activation: relu
  - Dense: {units: 1, activation: sigmoid}
train: {optimizer: adam, loss: binary_crossentropy}
"""
# Every form in which TOML writes keys and values.
TOML = """# é
title = "x # no [comment]"
[tool.other]
date = 2026-11-21 10:00:00
text = '''a
["b"]'''
more = \"\"\"c\\"\"\"d\"\"\"\"
[[tool.list]]
a = 1.5
[[tool.list]]
a = {b.c = [1, [2, 3,],], "d e" = 'f'} # g
[ tool . "specc" ]
select = [ # h
  "P", 'A4', # i
]
severity.P304 = "hint"
"""


def write(text: str, spec: str = SPEC) -> None:
    Path("pyproject.toml").write_text(text)
    Path("specs").mkdir(exist_ok=True)
    Path("specs/a.yaml").write_text(spec)


@pytest.mark.parametrize(
    ("section", "shown"),
    [
        ("", "warning[P304]"),
        ("select = ['P3']", "warning[P304]"),
        ("select = ['A', 'T6']", ""),
        ("ignore = ['P304']", ""),
        ("ignore = ['F', 'P']", ""),
        ("severity = {P304 = 'hint'}", "hint[P304]"),
        ("severity.P304 = 'error'", "error[P304]"),
        ("keras = '3.15.1'\ntensorflow = '2.21'", "warning[P304]"),
    ],
)
def test_a_project_weighs_findings(main: Main, workplace: Path, section: str, shown: str) -> None:
    write(f"[tool.specc]\n{section}\n")
    code, out, _ = main("check", "specs", "--format", "concise")
    assert out.rpartition(": ")[2].startswith(shown) if shown else out == ""
    assert code == (0 if not shown or "hint" in shown else 1)
    assert [each.severity for each in specc.load("specs/a.yaml").report.diagnostics] == (
        [shown.split("[")[0]] if shown else []
    )


@pytest.mark.parametrize(
    ("section", "arguments", "severity"),
    [
        ("", (), ""),
        ("select = ['A']", (), ""),
        ("select = ['A404']", (), "hint"),
        ("extend-select = ['A404']", (), "hint"),
        ("select = ['T']\nextend-select = ['A404']", (), "hint"),
        ("severity.A404 = 'warning'", (), "warning"),
        ("select = ['T']\nseverity.A404 = 'warning'", (), ""),
        ("extend-select = ['A404']\nignore = ['A4']", (), ""),
        ("", ("--extend-select", "P, A404"), "hint"),
        ("select = ['P']", ("--select", "T", "--select", "A404"), "hint"),
        ("select = ['P']", ("--extend-select", "A404"), "hint"),
        ("extend-select = ['A404']", ("--ignore", "A"), ""),
        ("severity.A404 = 'warning'", ("--select", "A404"), "warning"),
    ],
)
def test_a_rule_that_is_off_counts_where_it_is_named(
    main: Main, workplace: Path, section: str, arguments: tuple[str, ...], severity: str
) -> None:
    write(f"[tool.specc]\n{section}\n", BIASED)
    _, out, err = main("check", "specs", "--format", "concise", *arguments)
    assert (f": {severity}[A404] " in out) == bool(severity) and err == ""
    assert out.count("\n") == bool(severity)


def test_comments_and_fixes_of_a_rule_that_is_off(main: Main, workplace: Path) -> None:
    comment = "  # specc: ignore[A404] as it was published"
    write("", BIASED.replace("Dense: 64", f"Dense: 64{comment}"))
    here = ("check", "specs", "--format", "concise")
    assert main(*here)[1] == main(*here, "--extend-select", "A404")[1] == ""
    write("", BIASED.replace("[20]", f"[20]{comment}"))
    assert main(*here)[1] == ""
    assert "[U901]" in main(*here, "--extend-select", "A404")[1]
    write("", BIASED)
    assert main("check", "specs", "--fix")[1].endswith("0 findings fixed in 0 files\n")
    assert main("check", "specs", "--fix", "--extend-select", "A404")[0] == 0
    fixed = BIASED.replace("Dense: 64", "Dense: {units: 64, use_bias: false}")
    assert Path("specs/a.yaml").read_text() == fixed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--select", "P3O4"), "there is no rule `P3O4`"),
        (("--extend-select", "A4O4"), "there is no rule `A4O4`; did you mean `A404`?"),
        (("--ignore", "F010"), "`F010` cannot be ignored"),
        (("--ignore", ","), "expected codes"),
    ],
)
def test_a_wrong_selection_is_a_wrong_command_line(
    main: Main, workplace: Path, arguments: tuple[str, ...], said: str
) -> None:
    write("")
    code, out, err = main("check", "specs", *arguments)
    assert (code, out) == (2, "") and said in err


def test_errors_that_leave_no_program_stay(main: Main, workplace: Path) -> None:
    write("[tool.specc]\nselect = ['T']\nignore = ['F', 'S', 'P']\n")
    Path("specs/a.yaml").write_text(SPEC.replace("units", "unit"))
    code, out, _ = main("check", "specs", "--format", "concise")
    assert code == 1 and out.startswith("specs/a.yaml:5:13: error[F010]") and out.count("\n") == 1


# The text of the section, and the code's place in line and column behind the message.
WRONG = (
    ("selct = ['P']", 2, 1, 6, "unknown key `selct`"),
    ("ignore = ['P304', 'P3O4']", 2, 19, 25, "there is no rule `P3O4`"),
    ("extend-select = ['A4O4']", 2, 18, 24, "there is no rule `A4O4`"),
    ("ignore = 'P304'", 2, 10, 16, "`ignore` is a list of codes"),
    ("ignore = ['F010']", 2, 11, 17, "`F010` cannot be ignored"),
    ("severity = {P304 = 'note'}", 2, 20, 26, "`note` is no severity"),
    ("severity = {P304 = 1}", 2, 20, 21, "`1` is no severity"),
    ("severity.F010 = 'hint'", 2, 10, 14, "`F010` cannot be less than an error"),
    ("severity.X1 = 'hint'", 2, 10, 12, "there is no rule `X1`"),
    ("severity = 'hint'", 2, 12, 18, "`severity` is a table"),
    ("keras = '2.15'", 2, 9, 15, "the scripts are for keras 3.15, not 2.15"),
    ("tensorflow = 2", 2, 14, 15, "the scripts are for tensorflow 2.21, not 2"),
    ("select = [", 2, 11, 11, "the file is not TOML: invalid value"),
)


@pytest.mark.parametrize(("text", "line", "start", "end", "message"), WRONG)
def test_what_is_wrong_has_a_place(
    text: str, line: int, start: int, end: int, message: str
) -> None:
    found = project("pyproject.toml", f"[tool.specc]\n{text}".encode())
    assert found is not None
    [finding] = found.found.diagnostics
    assert finding.message.startswith(message) and finding.code == "U910"
    assert locate(found.found.source, finding) == Span(line, start, line, end)


def test_a_wrong_project_stops_every_verb(main: Main, workplace: Path) -> None:
    write("[tool.specc]\nignore = ['P3O4']\n")
    code, out, err = main("check", "specs", "--format", "concise")
    assert code == 1 and out.splitlines()[0].startswith("pyproject.toml:2:11: error[U910]")
    for verb in ("build", "show", "data", "run"):
        code, out, err = main(verb, "specs/a.yaml")
        assert (code, out) == (2, "") and "specc: `pyproject.toml` is not right\n" in err
    assert main("check", "--fix", "specs")[0] == 2
    with pytest.raises(specc.SpecError, match="P3O4"):
        specc.load("specs/a.yaml")


def test_the_nearest_one_that_says_something_counts(
    main: Main, workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("[tool.specc]\nignore = ['P304']\n")
    Path("specs/pyproject.toml").write_text("[project]\nname = 'specc'\n[tool.ruff]\n")
    assert main("check", "specs")[0] == 0
    Path("specs/pyproject.toml").write_text("[tool]\nspecc = {}\n")
    assert main("check", "specs")[0] == 1
    monkeypatch.chdir("specs")
    assert main("check", "a.yaml")[0] == 1
    Path("pyproject.toml").unlink()
    assert main("check", "a.yaml")[0] == 0


def test_values_stand_where_the_parser_reads_them() -> None:
    for ending in ("\n", "\r\n"):
        text = TOML.replace("\n", ending)
        found, data = places(text), tomllib.loads(text)
        for path, value in leaves(data):
            span = found.values[path]
            lines = text.split("\n")[span.line - 1 : span.end_line]
            lines[-1] = lines[-1][: span.end_column - 1]
            lines[0] = lines[0][span.column - 1 :]
            joined = "\n".join(lines)
            assert tomllib.loads(f"x = {joined}")["x"] == value, path
            assert all(isinstance(part, int) or path[: i + 1] in found.keys or i == 0
                       for i, part in enumerate(path))  # fmt: skip


def leaves(value: object, path: Steps = ()) -> list[tuple[Steps, object]]:
    match value:
        case dict():
            return [leaf for key, inner in value.items() for leaf in leaves(inner, (*path, key))]
        case list():
            return [leaf for i, inner in enumerate(value) for leaf in leaves(inner, (*path, i))]
        case _:
            return [(path, value)]


def test_the_versions_are_those_of_the_package() -> None:
    text = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'"keras>={VERSIONS["keras"]}' in text
    assert f'"tensorflow>={VERSIONS["tensorflow"]}' in text
