"""`specc show`: the tables, their numbers, and the spec with every default filled in."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import layers
from training_kinds import smallest

from specc import cli
from specc.api import load, loads
from specc.compiler import digest
from specc.diagnostics import Severity
from specc.kind import Kind
from specc.layers.base import Layer
from specc.read_spec import read_spec
from specc.registry import find, names
from specc.resolved import plain, resolved, to_yaml
from specc.show import as_json, rows, text
from specc.source import read

ROOT = Path(__file__).parents[1]
SPECS = sorted(ROOT.glob("specs/*.yaml"))
FAMILIES = ("optimizers", "losses", "metrics", "callbacks")
# Those whose weights need not be downloaded; `test_phases` counts those of the others.
AT_HAND = [path for path in SPECS if "weights: imagenet" not in path.read_text(encoding="utf-8")]
each = pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)


def digest_of(yaml: str) -> str:
    reading = read_spec(read("spec.yaml", yaml.encode()))
    wrong = [found for found in reading.found if found.severity is Severity.ERROR]
    assert reading.spec is not None and not wrong, (yaml, wrong)
    return digest(reading.spec)


@each
def test_a_resolved_spec_is_the_same_program(path: Path) -> None:
    compiled = load(path)
    whole = to_yaml(resolved(compiled.spec))
    again = loads(whole, name="spec.yaml")
    assert again.report.clean, again.report.diagnostics
    assert digest(again.spec) == digest(compiled.spec)
    assert to_yaml(resolved(again.spec)) == whole
    assert repr(again.program.model.steps) == repr(compiled.program.model.steps)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_training_kind_reads_back(family: str) -> None:
    for name in names(family):
        reads_back([], **{family: smallest(family, name)})


@st.composite
def _layers(draw: st.DrawFn) -> list[Layer]:
    chosen = draw(st.lists(st.sampled_from(names("layers")), min_size=1, max_size=3))
    kinds = [find("layers", name) for name in chosen if name != "Input"]
    return [draw(layers(kind)) for kind in kinds if kind is not None and issubclass(kind, Layer)]


@settings(max_examples=60)
@given(_layers(), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_spec_reads_back(drawn: list[Layer], description: str) -> None:
    reads_back(drawn, description)


def reads_back(drawn: list[Layer], description: str = "", **training: Kind) -> None:
    """The digest of a spec is that of the spec with its defaults."""
    many = {name: [plain(training[name])] for name in ("metrics", "callbacks") if name in training}
    one = {"loss": plain(training["losses"])} if "losses" in training else {}
    optimizer = plain(training["optimizers"]) if "optimizers" in training else "adam"
    data = {
        "specc": 1,
        "name": "drawn",
        "description": description,
        "model": [{"Input": [4]}, *map(plain, drawn), "Flatten"],
        "train": {"optimizer": optimizer, **one, **many},
    }
    yaml = to_yaml(data)
    spec = read_spec(read("spec.yaml", yaml.encode())).spec
    assert spec is not None
    assert digest_of(to_yaml(resolved(spec))) == digest_of(yaml)
    assert spec.description == description


def test_the_digest_is_that_of_the_meaning() -> None:
    """A comment, the order of keys, a default that is written out: none makes a script stale."""
    short = "specc: 1\nname: a\nmodel: [{Input: [4]}, {Dense: 3}]\n"
    short += "train: {optimizer: adam, loss: mse}\n"
    same = "# words\ntrain:\r\n  loss: MeanSquaredError\r\n"
    same += "  optimizer: {Adam: {learning_rate: 1e-3}}\nname: 'a'\nspecc: 1\nseed: 0\n"
    same += "model:\n  - Input: {shape: [4]}\n  - Dense: {units: 3, use_bias: true}\n"
    assert digest_of(short) == digest_of(same)
    for change in (("3", "4"), ("name: a", "name: b"), ("mse", "mae"), ("adam", "sgd")):
        assert digest_of(short.replace(*change)) != digest_of(short)


def test_resolved_specs_of_several_files(capsys: pytest.CaptureFixture[str]) -> None:
    words = [str(path) for path in SPECS[:2]]
    assert cli.main(["show", "--resolved", *words]) == 0
    out = capsys.readouterr().out
    pages = [to_yaml(resolved(load(path).spec)) for path in SPECS[:2]]
    assert out == f"# {words[0]}\n{pages[0]}\n# {words[1]}\n{pages[1]}"


def test_the_table(golden: Callable[[str, str], None]) -> None:
    golden("show/digits_cnn.txt", text(load(ROOT / "specs/digits_cnn.yaml"), formulas=True))


@each
def test_columns_line_up(path: Path) -> None:
    lines = text(load(path)).splitlines()
    first, last = (place for place, line in enumerate(lines) if line.startswith("─"))
    table = [*lines[first - 1 : last + 2]]
    assert {len(line) for line in table} == {len(lines[first])}


@each
def test_formulas_come_out(path: Path) -> None:
    """Each formula, computed, gives the size that stands behind it, and the size of the layer."""
    for row in rows(load(path)):
        for formula in row.formulas:
            left, _, right = formula.rpartition(" = ")
            for sign, python in zip("·⌊⌋⌈⌉", ("*", "(", ")//1", "-(-(", ")//1)"), strict=True):
                left = left.replace(sign, python)
            assert eval(left) == int(right), formula
            assert row.output is not None and int(right) in row.output


UNKNOWN = """\
specc: 1
model:
  - Input: [null, 8]
  - LSTM: {units: 4, return_sequences: true}
  - Conv1D: {filters: 2, kernel_size: 3}
  - GlobalAveragePooling1D
  - Dense: {units: 1, trainable: false}
train: {optimizer: adam, loss: mse}
"""


def test_what_is_not_known_is_said() -> None:
    compiled = loads(UNKNOWN)
    by_name = {row.name: row for row in rows(compiled)}
    assert (by_name["lstm"].output, by_name["lstm"].bytes, by_name["lstm"].params) == (
        (None, 4), None, 208,
    )  # fmt: skip
    shown = text(compiled)
    assert "?x4" in shown and "total" in shown
    assert "234 parameters are trained, 3 are not" in shown
    [data] = json.loads(as_json([compiled]))
    assert data["macs"] is None and data["layers"][1]["output"] == [None, 4]


def test_a_spec_with_errors_is_shown_as_far_as_it_goes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(UNKNOWN.replace("LSTM: {units: 4", "LSTM: {units: -4"))
    assert cli.main(["show", str(file)]) == 1
    out, err = capsys.readouterr()
    assert "error[F014]" in err and re.search(r"unknown +\? ", out) and "flowchart" not in out
    file.write_text("[")
    assert cli.main(["show", str(file)]) == 1
    assert capsys.readouterr().out == ""


def test_several_specs_are_one_array(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "--format", "json", str(ROOT / "specs")]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in data] == [path.stem for path in SPECS]
    assert all(Path(each["file"]).is_file() for each in data)


def test_the_default_hold_out_is_said() -> None:
    assert "0.2 of the training part is held out" in text(load(ROOT / "specs/mnist_cnn.yaml"))
    assert "held out" not in text(load(ROOT / "specs/digits_cnn.yaml"))


@pytest.mark.keras
@pytest.mark.parametrize("path", AT_HAND, ids=lambda path: path.stem)
def test_parameters_are_those_of_keras(path: Path) -> None:
    from specc.api import build_model

    compiled = load(path)
    model: Any = build_model(compiled)
    table = rows(compiled)
    assert sum(row.params for row in table) == model.count_params()
    assert sum(row.trained for row in table) == sum(
        weight.numpy().size for weight in model.trainable_weights
    )
