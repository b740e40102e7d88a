"""Tables: what is known of their columns, what is wrong with them, and what the script makes."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from specc.compiler import Compiled, buildable, compile
from specc.diagnostics import locate
from specc.objects import Reader
from specc.source import read

ROWS = [
    (f"{i % 61}", f"{i % 5}" if i % 7 else "NA", ("red", "green", "", "blue")[i % 4], i)
    for i in range(120)
]
HEADER = "age,visits,colour,answer"
CLASSES = ("no", "perhaps", "yes")
COLOURS = {"blue", "green", "red", ""}
PREPROCESS = "{numeric: [{impute: median}, Normalization]}"
NAMES = "numeric: [age, visits], categorical: {colour: 4}, missing: NA, target: answer"


def lines(answer: Any = lambda i: CLASSES[i % 3]) -> str:
    return "\n".join([HEADER, *(f"{a}, {v},{c},{answer(i)}" for a, v, c, i in ROWS)]) + "\n"


def spec(table: str, preprocess: str = PREPROCESS, more: str = "", units: int = 3) -> str:
    head = "softmax" if units > 1 else "sigmoid"
    loss = "sparse_categorical_crossentropy" if units > 1 else "binary_crossentropy"
    return f"""
specc: 1
name: rows
data:
  table: {{{table}}}
  preprocess: {preprocess}
  split: {{validation: 0.2, test: 0.2}}
model:
  - Dense: {{units: 8, activation: relu}}
  - Dense: {{units: {units}, activation: {head}}}
{more}
train: {{optimizer: adam, loss: {loss}, epochs: 2}}
"""


def compiled(text: str, root: Path) -> Compiled:
    return compile(read("rows.yaml", text.encode()), root)


def script(text: str, root: Path) -> str:
    from specc.backends.script import emit

    found = compiled(text, root)
    assert found.report.ok, found.report.diagnostics
    return emit(found.program)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A folder with a table of 120 rows, with gaps."""
    (tmp_path / "rows.csv").write_text(lines(), encoding="utf-8")
    return tmp_path


MISTAKES = [
    ("{target: y, numeric: x}", "F012", ()),
    ("{path: a.csv, target: y}", "F012", ()),
    ("{path: a.csv, train: b.csv, target: y, numeric: x}", "F017", ()),
    ("{path: a.csv, target: y, numeric: [x, y]}", "F017", ()),
    ("{path: a.csv, target: y, numeric: [x], categorical: [x]}", "F017", ()),
    ("{path: a.csv, target: y, numeric: [x, x]}", "F014", ("numeric",)),
    ("{path: a.csv, target: y, numeric: []}", "F013", ("numeric",)),
    ("{path: a.csv, target: y, categorical: {x: many}}", "F013", ("categorical",)),
    ("{path: a.csv, target: y, categorical: {x: 0}}", "F014", ("categorical",)),
    ("{path: a.csv, target: y, categorical: [numeric]}", "F018", ()),
    ("{path: a.csv, target: y, categorical: [a/b]}", "F018", ()),
    ("{path: a.csv, target: y, numeric: x, delimiter: tab}", "F013", ("delimiter",)),
    ("{path: a.csv, target: y, numeric: x, missing: 1.5}", "F013", ("missing",)),
    ("{path: a.csv, target: y, numerik: x}", "F010", ("numerik",)),
]


@pytest.mark.parametrize(("written", "code", "option"), MISTAKES, ids=str)
def test_one_located_finding_per_mistake(written: str, code: str, option: tuple[str, ...]) -> None:
    reader = Reader()
    source = read("a.yaml", f"table: {written}".encode()).data
    reader.object("sources", source, ("data",))
    assert [(f.code, f.path) for f in reader.found] == [(code, ("data", "table", *option))]


def test_facts_are_those_of_the_file(table: Path) -> None:
    facts = compiled(spec(f"path: rows.csv, {NAMES}"), table).facts
    assert facts.given == {"train": 120}
    assert (facts.labels, facts.classes, facts.class_names) == ("integer", 3, CLASSES)
    assert (facts.balance, facts.ordered, facts.shape) == ((40, 40, 40), False, (2,))
    assert facts.range == (0.0, 60.0)
    age, visits, colour = facts.columns
    assert (age.missing, visits.missing) == ({"train": 0}, {"train": 18})
    assert (visits.values, colour.values, colour.numeric) == (5, 4, False)


TARGETS = [
    (lambda i: i % 2, "integer", 2),
    (lambda i: i % 2 + 1, None, None),
    (lambda i: i / 7, "real", None),
    (lambda i: ["x", "y"][i % 2], "integer", 2),
]


@pytest.mark.parametrize(("answer", "labels", "classes"), TARGETS)
def test_targets_are_classes_or_numbers(
    answer: Any, labels: str | None, classes: int | None, tmp_path: Path
) -> None:
    (tmp_path / "rows.csv").write_text(lines(answer), encoding="utf-8")
    facts = compiled(spec(f"path: rows.csv, {NAMES}"), tmp_path).facts
    assert (facts.labels, facts.classes) == (labels, classes)


def test_the_input_is_as_wide_as_the_columns_make_it(table: Path) -> None:
    found = compiled(spec(f"path: rows.csv, {NAMES}"), table)
    assert found.graph.input is not None and found.graph.input.shape == (2 + 4 + 1,)
    marked = PREPROCESS.replace("median", "{with: mean, indicator: true}")
    wider = compiled(spec(f"path: rows.csv, {NAMES}", marked), table)
    assert wider.graph.input is not None and wider.graph.input.shape == (4 + 4 + 1,)


BROKEN = [
    ("", "is empty", "rows.csv"),
    (HEADER, "has no rows", "rows.csv"),
    (lines() + "1,2,red\n", "has 3 cells in line 122, and 4 columns", "rows.csv"),
    (lines().replace("age", "colour", 1), "has two columns named `colour`", "rows.csv"),
    (lines().replace("age", "Age", 1), "has no column `age`", "age"),
    (lines() + "old,2,red,no\n", "`old` in line 122 of `rows.csv` is no number", "age"),
    (lines() + "1e999,2,red,no\n", "`1e999` in line 122 of `rows.csv` is no number", "age"),
    (lines() + "1,2,red,\n", "`answer` is missing in line 122 of `rows.csv`", "answer"),
    (lines() + "1,2,violet,no\n", "declared to have 4 different values, and the data have 5", "4"),
    ("\udcff\udcfe", "is not a text in UTF-8", "rows.csv"),
    ('age,visits,colour,answer\n"1,2,red,no\n' + "x" * 140_000, "is not a CSV file", "rows.csv"),
]


@pytest.mark.parametrize(("content", "said", "blamed"), BROKEN, ids=[b[1] for b in BROKEN])
def test_files_that_cannot_be_used(content: str, said: str, blamed: str, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_bytes(content.encode("utf-8", "surrogateescape"))
    report = compiled(spec(f"path: rows.csv, {NAMES}"), tmp_path).report
    [finding] = report.errors
    assert said in finding.message
    span = locate(report.source, finding)
    line = report.source.text.splitlines()[span.line - 1]
    assert line[span.column - 1 : span.end_column - 1] == blamed


def test_a_class_that_training_lacks_has_no_number(table: Path) -> None:
    (table / "test.csv").write_text(lines() + "1,2,red,never\n", encoding="utf-8")
    text = spec(f"train: rows.csv, test: test.csv, {NAMES}").replace(", test: 0.2", "")
    [finding] = compiled(text, table).report.errors
    assert (finding.code, finding.path) == ("D527", ("data", "table", "test"))


def test_the_script_does_not_depend_on_the_file(table: Path, tmp_path: Path) -> None:
    text = spec(f"path: rows.csv, {NAMES}")
    absent = compiled(text, tmp_path / "nowhere")
    assert [each.code for each in absent.report.diagnostics] == ["D525"]
    assert script(text, table) == script(text, tmp_path / "nowhere")


def test_an_unknown_number_of_values_is_an_error_of_build_alone(table: Path) -> None:
    text = spec(f"path: rows.csv, {NAMES}").replace("{colour: 4}", "[colour]")
    assert 'CATEGORICAL = {"colour": 4}' in script(text, table)
    absent = compiled(text, table / "nowhere")
    assert [each.code for each in absent.report.diagnostics] == ["D525"]
    [finding] = buildable(absent)
    assert finding.path == ("data", "table", "categorical", 0)
    assert "categorical: {colour: 3}" in finding.help


PARTS = "train: rows.csv, validation: rows.csv, test: rows.csv"
COLUMNS = "columns: [age, visits, colour, answer]"
VARIANTS = {
    "classes": spec(f"path: rows.csv, {NAMES}"),
    "parts": spec(f"{PARTS}, {NAMES}").split("  split")[0] + "model" + spec("").split("model")[1],
    "marked": spec(f"path: rows.csv, {NAMES}", "{numeric: [impute: {indicator: true}]}"),
    "zero": spec(f"path: rows.csv, {NAMES}", "[impute: zero, Normalization, Rescaling: 1/2]"),
    "in_the_middle": spec(
        f"path: rows.csv, {NAMES}", "[impute: mean, Rescaling: 1/2, Normalization]"
    ),
    "numbers": spec("path: rows.csv, target: answer, numeric: age", "[Normalization]"),
    "raw": spec("path: rows.csv, target: answer, numeric: age", "[Rescaling: 1/60]"),
    "categories": spec("path: rows.csv, target: answer, categorical: {colour: 4}", "[]"),
    "given": spec(
        "path: rows.csv, target: answer, categorical: {colour: 4}",
        "{categorical: [StringLookup: {vocabulary: [red, blue], output_mode: one_hot}]}",
    ),
    "delimiter": spec(f'path: rows.csv, delimiter: ";", {COLUMNS}, {NAMES}'),
    "regression": spec(f"path: rows.csv, {NAMES}", more="task: regression", units=1)
    .replace(", activation: sigmoid", "")
    .replace("binary_crossentropy", "mse"),
    "several": spec("path: rows.csv, target: [age, visits], numeric: [a, b]", "[Normalization]")
    .replace(", activation: softmax", "")
    .replace("sparse_categorical_crossentropy", "mse")
    .replace("units: 3", "units: 2"),
}


@pytest.mark.parametrize("text", VARIANTS.values(), ids=VARIANTS)
def test_scripts_need_no_formatter(text: str, tmp_path: Path) -> None:
    printed = script(text, tmp_path / "nowhere")
    ruff = [sys.executable, "-m", "ruff"]
    width = ["--isolated", "--line-length=88"]
    subprocess.run([*ruff, "format", "--diff", *width, "-"], input=printed, text=True, check=True)
    select = ["check", "--select=E,F,I,W", *width, "-"]
    subprocess.run([*ruff, *select], input=printed, text=True, check=True)
