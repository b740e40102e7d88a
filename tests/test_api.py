"""What Python programs call: each function does what its verb does."""

import subprocess
import sys
from pathlib import Path

import pytest

import specc
from specc import cli

ROOT = Path(__file__).parents[1]
DIABETES = ROOT / "specs/diabetes.yaml"
TEXT = """\
specc: 1
name: small
model: [{Input: [4]}, {Dense: {units: 3, activation: softmax}}]
train: {optimizer: adam, loss: categorical_crossentropy}
"""


def test_the_names_are_there_and_no_others() -> None:
    assert sorted(specc.__all__) == specc.__all__
    assert all(getattr(specc, name).__module__.startswith("specc.") for name in specc.__all__)
    with pytest.raises(AttributeError, match="no attribute 'lod'"):
        specc.lod  # type: ignore[attr-defined]  # noqa: B018


def test_importing_it_imports_little() -> None:
    code = (
        "import specc, sys; print(*[m for m in sys.modules if m.startswith(('specc', 'pydantic'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "specc\n"


def test_load_and_check(tmp_path: Path) -> None:
    compiled = specc.load(DIABETES)
    assert (compiled.spec.name, compiled.spec.train.epochs) == ("diabetes", 20)
    assert compiled.report == specc.check(compiled) and specc.check(DIABETES).clean
    assert specc.check(str(DIABETES)).source.name == str(DIABETES)
    with pytest.raises(FileNotFoundError):
        specc.load(tmp_path / "absent.yaml")


def test_loads() -> None:
    report = specc.loads(TEXT.replace("adam", "adamm"), name="here").report
    assert not report.ok and report.source.name == "here"
    [error] = report.errors
    assert isinstance(error, specc.Diagnostic) and error.severity is specc.Severity.ERROR
    assert (error.code, error.path) == ("F011", ("train", "optimizer"))


def test_a_spec_that_cannot_be_read_has_a_report_and_nothing_else() -> None:
    compiled = specc.loads("[")
    assert not compiled.report.ok
    for part in ("spec", "graph", "facts"):
        with pytest.raises(ValueError, match="could not be read"):
            getattr(compiled, part)
    with pytest.raises(ValueError, match="no program"):
        compiled.program  # noqa: B018


def test_relative_paths_start_at_the_data_dir(tmp_path: Path) -> None:
    text = TEXT.replace(
        "model: [{Input: [4]}, ", "data: {arrays: {path: a.npz, train: [x, y]}}\nmodel: ["
    )
    (tmp_path / "a.npz").write_bytes(b"")
    codes = {found.code for found in specc.loads(text).report.diagnostics}
    assert "D525" in codes
    found = specc.loads(text, data_dir=tmp_path).report.diagnostics
    assert found and "D525" not in {each.code for each in found}


def test_emit_is_what_build_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", "--stdout", str(DIABETES)]) == 0
    assert specc.emit(DIABETES) == specc.emit(specc.load(DIABETES)) == capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT, "there is no data to train on"),
        (DIABETES.read_text().replace("epochs: 20", ""), "`train` does not say how long"),
        (TEXT.replace("adam", "adamm"), "unknown optimizer `adamm`"),
        ("[", "error[F001]"),
    ],
)
def test_what_cannot_be_emitted_says_why(text: str, said: str) -> None:
    with pytest.raises(specc.SpecError) as refusal:
        specc.emit(specc.loads(text, name="here.yaml"))
    assert said in str(refusal.value) and "here.yaml:" in str(refusal.value)
    assert not refusal.value.report.ok and isinstance(refusal.value.report, specc.Report)


@pytest.mark.keras
def test_build_model_needs_neither_data_nor_epochs() -> None:
    import numpy as np

    model = specc.build_model(specc.loads(TEXT))
    assert (model.name, model.count_params(), model.loss) == (
        "small",
        15,
        "categorical_crossentropy",
    )
    again = specc.build_model(specc.loads(TEXT))
    for ours, its in zip(model.get_weights(), again.get_weights(), strict=True):
        assert np.array_equal(ours, its)
    other = specc.build_model(specc.loads(TEXT + "seed: 1\n"))
    assert not np.array_equal(model.get_weights()[0], other.get_weights()[0])
    with pytest.raises(specc.SpecError, match="unknown optimizer"):
        specc.build_model(specc.loads(TEXT.replace("adam", "adamm")))
