"""What is committed in generated/: current, the same on every machine, and well formatted."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from specc import cli
from specc.api import emit, load
from specc.show import rows

ROOT = Path(__file__).parents[1]
SPECS = sorted(ROOT.glob("specs/*.yaml"))
GENERATED = ROOT / "generated"
RUFF = [sys.executable, "-m", "ruff"]
# A spec without data says what a network is, and has nothing to train it on.
BUILT = [path for path in SPECS if load(path).spec.data]
each = pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
built = pytest.mark.parametrize("path", BUILT, ids=lambda path: path.stem)


@each
def test_a_spec_has_neither_errors_nor_warnings(path: Path) -> None:
    assert load(path).report.clean, load(path).report.diagnostics


@built
def test_its_script_is_current(path: Path) -> None:
    """Rewrite them with `specc build specs`, which refuses those without data."""
    compiled = load(path)
    assert compiled.spec.name == path.stem
    assert (GENERATED / f"{path.stem}.py").read_bytes() == emit(compiled).encode()


def test_there_is_no_other_script() -> None:
    assert {file.stem for file in GENERATED.glob("*.py")} == {path.stem for path in BUILT}


def test_check_agrees(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.main(["build", "--check", *(f"specs/{path.name}" for path in BUILT)]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_scripts_do_not_depend_on_the_order_of_sets(tmp_path: Path, seed: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
    command = [sys.executable, "-m", "specc", "build", *map(str, BUILT), "-o", "scripts"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    for path in BUILT:
        name = f"{path.stem}.py"
        assert (tmp_path / "scripts" / name).read_bytes() == (GENERATED / name).read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--select", "E,F,I,W", "--line-length", "88", "--target-version", "py311"],
        ["format", "--check", "--diff", "--line-length", "88"],
    ],
)
def test_ruff_has_nothing_to_say(words: list[str]) -> None:
    command = [*RUFF, *words, "--isolated", "--no-cache", str(GENERATED)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_they_hold_nothing_of_a_machine() -> None:
    for path in BUILT:
        script = (GENERATED / f"{path.stem}.py").read_text(encoding="ascii")
        assert str(ROOT) not in script and "specc." not in script and "import specc" not in script


def test_the_notes_table_of_cats_and_dogs() -> None:
    """J2: sizes and channels of the first eight feature maps."""
    shapes = [row.output for row in rows(load(ROOT / "specs/cats_dogs_cnn.yaml"))][1:9]
    sizes = (148, 74, 72, 36, 34, 17, 15, 7)
    channels = (32, 32, 64, 64, 128, 128, 128, 128)
    assert shapes == [(n, n, c) for n, c in zip(sizes, channels, strict=True)]


@each
def test_show_adds_up(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "--format", "json", str(path)]) == 0
    [data] = json.loads(capsys.readouterr().out)
    assert data["params"] == sum(layer["params"] for layer in data["layers"]) > 0
    assert data["macs"] == sum(layer["macs"] for layer in data["layers"]) > 0
