"""Rules: each fires on its bad example and nowhere else; the pairings that Keras lets pass."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from specc.compiler import Compiled, compile
from specc.diagnostics import Diagnostic, Report, Severity, locate
from specc.edits import applied, changes
from specc.explain import beside, compiled, example, looked_at, page
from specc.fixing import fix
from specc.rules import Finding, Rule, load
from specc.rules.base import run
from specc.source import read
from specc.subject import Subject

RULES = load()
BY = (
    *("rule", "reader", "schema", "graph", "inspect", "verbs", "runs", "looking"),
    *("suppressions", "configuration"),
)
TWICE = {"D502", "D514", "D544"}  # found by a rule in what is declared, and by a look at the data
PACKAGE = Path(__file__).parents[1] / "specc"
STAGES = sorted(path for path in PACKAGE.rglob("*.py") if "rules" not in path.parts)
CODE = re.compile(r'"([FSPADTXRU]\d{3})"')
MARK = re.compile(r"# ! (\w+)")


def hard(report: Report) -> tuple[Diagnostic, ...]:
    return (*report.errors, *report.warnings)


@cache
def bad(code: str) -> Report:
    return looked_at(RULES[code], RULES[code].bad)


@cache
def good(code: str) -> Report:
    return looked_at(RULES[code], RULES[code].good)


def marks(text: str) -> list[tuple[int, str]]:
    lines = text.strip("\n").splitlines()
    return [(at, code) for at, line in enumerate(lines, 1) for code in MARK.findall(line)]


def lines(report: Report, found: tuple[Diagnostic, ...]) -> list[tuple[int, str]]:
    return sorted((locate(report.source, each).line, each.code) for each in found)


def at(text: str) -> Compiled:
    return compile(read("spec.yaml", text.encode()))


def under_the_caret(report: Report, found: Diagnostic) -> str:
    span = locate(report.source, found)
    line = report.source.text.splitlines()[span.line - 1]
    return line[span.column - 1 : span.end_column - 1]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_bad_fires_at_the_marks_and_nothing_else_does(rule: Rule) -> None:
    report = bad(rule.code)
    own = tuple(each for each in report.hints if each.code == rule.code)
    assert lines(report, (*hard(report), *own)) == marks(rule.bad)
    assert marks(rule.bad) or rule.by in ("verbs", "runs", "looking", "configuration")


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_good_is_clean(rule: Rule) -> None:
    report = good(rule.code)
    assert hard(report) == ()
    assert rule.code not in {each.code for each in report.diagnostics}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_says_what_it_is_and_why(rule: Rule) -> None:
    assert rule.title and rule.why and rule.source
    assert rule.by in BY
    assert rule.why[0].isupper() or rule.why[0] == "`"
    assert page(rule).startswith(f"{rule.code} {rule.name} ({rule.severity}")


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_messages_read_like_the_others(rule: Rule) -> None:
    for found in bad(rule.code).diagnostics:
        for text in (found.message, found.label, found.help, *(n.text for n in found.notes)):
            assert not text.endswith(".") and "\n" not in text
            assert not re.match(r"(The|A|An|It|This|If|Use|Write|Remove|Add)\b", text)
        assert found.message


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_fix_mends_what_it_is_offered_for(rule: Rule) -> None:
    source, others = bad(rule.code).source, len(bad(rule.code).errors)
    own = [each for each in bad(rule.code).diagnostics if each.code == rule.code and each.fix]
    for found in own:
        made = changes(source, found.fix)
        assert made
        after = looked_at(rule, applied(source.text, made))
        assert len([each for each in after.diagnostics if each.code == rule.code]) < len(own)
        assert after.source.data is not None and len(after.errors) <= others


def commented(text: str) -> str:
    """Every line with a comment at its end and one above, where YAML allows for one."""
    rows = []
    for at, line in enumerate(text.splitlines()):
        indent = line[: len(line) - len(line.lstrip())]
        rows += [f"{indent}# above {at}\n", f"{line} # at {at}\n"]
    return "".join(rows)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_fixes_keep_comments_and_change_nothing_the_second_time(rule: Rule) -> None:
    if not any(each.fix for each in bad(rule.code).diagnostics):
        return
    raw = commented(example(rule.bad)).encode()
    with beside(rule) as folder:

        def again(text: bytes) -> Compiled:
            return compiled(rule, text, folder)

        for unsafe in (False, True):
            once = fix(raw, again, unsafe=unsafe)
            assert fix(once.raw, again, unsafe=unsafe).raw == once.raw
            kept = re.findall("# .*", once.raw.decode())
            assert rule.code[0] == "U" or kept == re.findall("# .*", raw.decode())
        assert rule.code not in {each.code for each in once.compiled.report.diagnostics if each.fix}


def test_a_rule_that_is_off_is_not_asked() -> None:
    def asked(subject: Subject) -> Iterator[Finding]:
        raise AssertionError(subject)

    rules = {code: rule._replace(check=asked) for code, rule in RULES.items() if rule.off}
    subject = at(RULES["A404"].bad).checked
    assert rules and list(run(rules, subject)) == []
    with pytest.raises(AssertionError):
        list(run(rules, subject, ("A404",)))


@pytest.mark.parametrize("rule", [r for r in RULES.values() if r.off], ids=lambda rule: rule.code)
def test_a_rule_that_is_off_is_advice_and_says_how_to_turn_it_on(rule: Rule) -> None:
    assert rule.severity is Severity.HINT and rule.by == "rule"
    assert f"--extend-select {rule.code}" in " ".join(page(rule).split())


def test_every_rule_is_named_after_its_file() -> None:
    names = [rule.name for rule in RULES.values()]
    files = {path.stem: path for path in (PACKAGE / "rules").rglob("*.py")}
    assert len(set(names)) == len(names)
    assert set(names) <= set(files)
    for rule in RULES.values():
        assert files[rule.name].read_text().startswith(f'"""{rule.code}: ')
        assert (files[rule.name].parent.name == "of_stages") == (rule.by != "rule")


def test_every_code_has_a_rule_and_every_rule_a_source_of_findings() -> None:
    reported = {code for path in STAGES for code in CODE.findall(path.read_text())}
    assert reported - TWICE == {rule.code for rule in RULES.values() if rule.by != "rule"}


def test_severity_is_that_of_the_rule() -> None:
    for rule in RULES.values():
        for found in (*bad(rule.code).diagnostics, *good(rule.code).diagnostics):
            assert found.severity is RULES[found.code].severity


@pytest.mark.parametrize("path", STAGES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_stage_states_the_severity_of_the_rule(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for code, severity in stated(node):
            assert severity is RULES[code].severity, code


def stated(node: ast.AST) -> Iterator[tuple[str, Severity]]:
    """The codes in a call that makes a finding, each with the severity it gets."""
    match node:
        case ast.Call(ast.Name("Diagnostic"), [ast.Constant(code), ast.Attribute(_, name), *_]):
            yield str(code), Severity[name]
        case ast.Call(
            ast.Name("ShapeError" | "Problem" | "mistake") | ast.Attribute(_, "error"),
            [ast.Constant(code), *_],
        ):
            yield str(code), Severity.ERROR


def test_every_category_is_covered_or_it_is_said_why_not(shared: Path) -> None:
    catalogue = json.loads((shared / "facts" / "fault_catalogue.json").read_text())
    known = {entry["id"] for entry in catalogue}
    covered = {category for rule in RULES.values() for category in rule.covers}
    page = (PACKAGE.parent / "docs" / "findings.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`([a-z]+\.[a-z_]+)`", page.partition("## What is not found")[2]))
    assert covered <= known
    assert explained == known - covered


# What Keras 3.15 accepts, or refuses late: last layer, loss, metrics, code, and what is blamed.
# `+` separates several last layers.
PAIRINGS = (
    ("Dense: {units: 1, activation: softmax}", "binary_crossentropy", "", "P302", "softmax"),
    ("Dense: {units: 1, activation: softmax}", "categorical_crossentropy", "", "P302", "softmax"),
    ("Dense: {units: 1, activation: softmax}", "mse", "", "P302", "softmax"),
    (
        "Dense: {units: 1, activation: sigmoid}", "categorical_crossentropy", "",
        "P301", "categorical_crossentropy",
    ),
    (
        "Dense: {units: 10, activation: softmax}",
        "{SparseCategoricalCrossentropy: {from_logits: true}}", "", "P306", "true",
    ),
    (
        "Dense: {units: 1, activation: sigmoid}",
        "{BinaryCrossentropy: {from_logits: true}}", "", "P306", "true",
    ),
    ("Dense: {units: 10, activation: sigmoid}", "categorical_crossentropy", "", "P304", "sigmoid"),
    (
        "Dense: {units: 10, activation: softmax}", "binary_crossentropy", "",
        "P303", "binary_crossentropy",
    ),
    ("Dense: 10", "categorical_crossentropy", "", "P305", "Dense"),
    ("Dense: {units: 10, activation: linear}", "categorical_crossentropy", "", "P305", "Dense"),
    ("Dense: {units: 10, activation: relu}", "categorical_crossentropy", "", "P305", "relu"),
    ("Dense: 1", "binary_crossentropy", "", "P305", "Dense"),
    ("Dense: {units: 1, activation: relu}", "binary_crossentropy", "", "P305", "relu"),
    ("Dense: {units: 1, activation: tanh}", "binary_crossentropy", "", "P305", "tanh"),
    ("Dense: {units: 10, activation: softmax}", "mse", "", "P307", "mse"),
    (
        "Dense: {units: 1, activation: sigmoid}", "binary_crossentropy", "categorical_accuracy",
        "P311", "categorical_accuracy",
    ),
    (
        "Dense: {units: 10, activation: softmax}", "categorical_crossentropy", "binary_accuracy",
        "P311", "binary_accuracy",
    ),
    (
        "Dense: {units: 10, activation: softmax} + Softmax", "categorical_crossentropy", "",
        "P313", "Softmax",
    ),
    (
        "Dense: 10 + Activation: softmax + Activation: softmax", "categorical_crossentropy", "",
        "P313", "softmax",
    ),
    ("Dense: 1 + Activation: softmax", "binary_crossentropy", "accuracy", "P302", "softmax"),
    ("Dense: 1", "mse", "accuracy", "P312", "accuracy"),
)  # fmt: skip


def spec(last: str, loss: str, metrics: str = "", task: str = "") -> str:
    return "\n".join(
        [
            "specc: 1",
            *([f"task: {task}"] if task else []),
            "model:",
            "  - Input: [20]",
            "  - Dense: {units: 16, activation: relu}",
            *(f"  - {layer}" for layer in last.split(" + ")),
            f"train: {{optimizer: adam, loss: {loss}, metrics: [{metrics}]}}\n",
        ]
    )


@pytest.mark.parametrize(("last", "loss", "metrics", "code", "blamed"), PAIRINGS)
def test_wrong_pairing(last: str, loss: str, metrics: str, code: str, blamed: str) -> None:
    report = at(spec(last, loss, metrics)).report
    assert [each.code for each in hard(report)] == [code]
    assert under_the_caret(report, hard(report)[0]) == blamed


@pytest.mark.parametrize(
    ("change", "code", "blamed"),
    [
        ({"units: 10": "units: 3"}, "P309", "3"),
        ({"optimizer: adam": "optimizer: {Adam: {learning_rate: -1.0}}"}, "T618", "-1.0"),
        ({"monitor: val_loss": "monitor: val_acc"}, None, "val_acc"),
        ({"monitor: val_loss": "monitor: val_accuracyy"}, "T602", "val_accuracyy"),
        ({"kernel_size: 3": "kernel_size: 9"}, "S203", "9"),
    ],
)
def test_wrong_with_data(change: dict[str, str], code: str | None, blamed: str) -> None:
    text = """specc: 1
data:
  dataset: {sklearn: digits}
  preprocess: [{Rescaling: 1/16}]
model:
  - Conv2D: {filters: 16, kernel_size: 3, activation: relu}
  - Flatten
  - Dense: {units: 10, activation: softmax}
train:
  optimizer: adam
  loss: sparse_categorical_crossentropy
  metrics: [accuracy]
  epochs: 30
  callbacks:
    - EarlyStopping: {monitor: val_loss, patience: 3}
"""
    assert at(text).report.clean
    for old, new in change.items():
        text = text.replace(old, new)
    report = at(text).report
    assert len(hard(report)) == 1
    assert code in (None, hard(report)[0].code)
    assert under_the_caret(report, hard(report)[0]) == blamed


# Right, and taken for wrong by checkers that look at one fact alone.
SOUND = (
    ("Dense: {units: 1, activation: sigmoid}", "binary_crossentropy", "accuracy", "binary"),
    ("Dense: {units: 2, activation: softmax}", "categorical_crossentropy", "accuracy", "binary"),
    ("Dense: {units: 5, activation: sigmoid}", "binary_crossentropy", "accuracy", "multilabel"),
    ("Dense: {units: 5, activation: sigmoid}", "binary_crossentropy", "", ""),
    ("Dense: {units: 1, activation: sigmoid}", "mse", "", "unit_regression"),
    ("Dense: {units: 1, activation: sigmoid}", "mse", "", ""),
    ("Dense: {units: 20, activation: sigmoid}", "binary_crossentropy", "", "reconstruction"),
    ("Dense: {units: 20, activation: sigmoid}", "mse", "", "reconstruction"),
    ("Dense: 20", "mse", "", "reconstruction"),
    ("Dense: {units: 20, activation: tanh}", "mse", "", ""),
    ("Dense: {units: 1, activation: tanh}", "mse", "mae", "regression"),
    ("Dense: {units: 3, activation: softmax}", "kl_divergence", "", ""),
    ("Dense: {units: 3, activation: softmax}", "mse", "", "unit_regression"),
    ("Dense: 1", "{BinaryCrossentropy: {from_logits: true}}", "", "binary"),
    ("Dense: 9", "{SparseCategoricalCrossentropy: {from_logits: true}}", "accuracy", ""),
    ("Dense: {units: 1, activation: exponential}", "poisson", "", ""),
    ("Dense: {units: 1, activation: tanh}", "hinge", "accuracy", "binary"),
    ("Dense: 1", "huber", "mae, mse", "regression"),
    ("Dense: 9 + Dropout: 0 + Softmax", "categorical_crossentropy", "accuracy", "multiclass"),
)


@pytest.mark.parametrize(("last", "loss", "metrics", "task"), SOUND)
def test_right_pairing(last: str, loss: str, metrics: str, task: str) -> None:
    found = hard(at(spec(last, loss, metrics, task)).report)
    assert [each.code for each in found if each.code != "A419"] == []


LAST = ("linear", "relu", "sigmoid", "softmax", "tanh", "log_softmax")
LOSSES = (
    "mse", "poisson", "hinge", "binary_crossentropy", "categorical_crossentropy",
    "sparse_categorical_crossentropy", "kl_divergence", "crossentropy", "dice", "ctc",
    "{CategoricalCrossentropy: {from_logits: true}}", "{BinaryCrossentropy: {from_logits: true}}",
)  # fmt: skip
TASKS = ("", "binary", "multiclass", "multilabel", "regression", "unit_regression")


@pytest.mark.parametrize("task", TASKS)
def test_a_pairing_is_one_finding(task: str) -> None:
    """Head and loss are one decision: whatever is wrong with it, one rule says so."""
    for activation, units, loss in product(LAST, (1, 5), LOSSES):
        last = f"Dense: {{units: {units}, activation: {activation}}}"
        compiled = at(spec(last, loss, task=task))
        assert compiled.subject is not None and compiled.subject.pair is not None
        found = [each.code for each in hard(compiled.report)]
        assert len(found) <= 1, (activation, units, loss)
        assert found or compiled.subject.pair.suits, (activation, units, loss)


def test_broken_parts_keep_the_rules_silent() -> None:
    text = spec("Dense: {units: 1, activation: quux}", "quux", "quux")
    assert {each.code[0] for each in at(text).report.diagnostics} == {"F"}
