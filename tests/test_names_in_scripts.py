"""Names that a spec chooses hide nothing that the script needs; modules of one's own are found."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import augmented
import graphs
import programs
import pytest

from specc.api import SpecError, build_model, emit, loads
from specc.backends import script
from specc.backends.imports import COMMON
from specc.program import Program
from specc.taken import TAKEN

ROOT = Path(__file__).parents[1]
SPEC = """\
specc: 1
name: own_code
blocks:
  {block}: {{parameters: {{{parameter}: 3}}, layers: [{{Dense: ${parameter}}}]}}
data: {{dataset: {{sklearn: digits}}, split: {{train: 0.8, test: 0.2}}}}
model:
  - Flatten
  - {block}
  - custom: {{class: "{module}:Scale", arguments: {{factor: 0.5}}, name: own}}
  - Dense: {{units: 10, activation: softmax}}
train: {{optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 1}}
"""
SCALE = '''\
"""A layer of one's own."""

import keras


class Scale(keras.layers.Layer):
    """Multiplies by a factor."""

    def __init__(self, factor, **options):
        super().__init__(**options)
        self.factor = factor

    def call(self, x):
        return x * self.factor

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}
'''


def spec(block: str = "part", parameter: str = "size", module: str = "own.layers") -> str:
    return SPEC.format(block=block, parameter=parameter, module=module)


def at_the_top(tree: ast.Module) -> Iterator[str]:
    """The names that a script defines and imports."""
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from ((each.asname or each.name).partition(".")[0] for each in names)
            case ast.Assign(targets=targets):
                found = (each for target in targets for each in ast.walk(target))
                yield from (each.id for each in found if isinstance(each, ast.Name))


def in_template(text: str) -> Iterator[str]:
    yield from re.findall(r"^(?:def|class) (\w+)", text, re.M)
    yield from re.findall(r"^([A-Z_]+) =", text, re.M)
    for name, alias in re.findall(
        r"^\s*(?:from [\w.]+ )?import ([\w.]+)(?: as (\w+))?$", text, re.M
    ):
        yield alias or name.partition(".")[0]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "templates").rglob("*.jinja")), ids=lambda p: p.stem
)
def test_what_a_template_defines_is_taken(path: Path) -> None:
    assert set(in_template(path.read_text(encoding="utf-8"))) <= TAKEN


@pytest.fixture(scope="module")
def every() -> list[tuple[Program, ast.Module]]:
    """Programs of all kinds, each with its script."""
    found = {
        **programs.of_specs(),
        **programs.variants(),
        **graphs.variants(),
        **augmented.variants(),
    }
    return [(program, ast.parse(script.emit(program))) for program in found.values()]


def test_what_a_script_defines_is_taken(every: list[tuple[Program, ast.Module]]) -> None:
    assert set(at_the_top(ast.parse(COMMON))) <= TAKEN
    for program, tree in every:
        blocks = {block.name for block in program.model.blocks}
        blocks |= {phase.function for phase in program.training.phases}
        assert set(at_the_top(tree)) - blocks <= TAKEN


def test_what_a_script_defines_is_used(every: list[tuple[Program, ast.Module]]) -> None:
    for program, tree in every:
        names = (each for each in ast.walk(tree) if isinstance(each, ast.Name))
        used = {each.id for each in names if isinstance(each.ctx, ast.Load)}
        assert set(at_the_top(tree)) <= used, program.name


@pytest.mark.parametrize(
    "name", ["train", "encode", "open", "list", "keras", "main", "deeply", "x"]
)
def test_a_block_has_a_name_of_its_own(name: str) -> None:
    found = loads(spec(block=name)).report.diagnostics
    assert [each.code for each in found if each.path == ("blocks", name)] == ["F018"]


@pytest.mark.parametrize("name", ["keras", "layers", "range", "part"])
def test_a_parameter_hides_nothing(name: str) -> None:
    found = loads(spec(parameter=name)).report.diagnostics
    assert "F018" in [each.code for each in found]


@pytest.mark.parametrize("name", ["layers", "keras.own", "np", "train", "print", "x", "class.own"])
def test_a_module_has_a_name_of_its_own(name: str) -> None:
    report = loads(spec(module=name)).report
    assert {each.path[-1] for each in report.diagnostics if each.code == "F014"} == {"class"}
    with pytest.raises(SpecError):
        build_model(loads(spec(module=name)), trust=True)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "layers.py").write_text(SCALE)
    (tmp_path / "spec.yaml").write_text(spec())
    return tmp_path


def python(folder: Path, *words: object, path: Path = ROOT) -> None:
    environment = {**os.environ, "PYTHONPATH": str(path), "CI": "1"}
    command = [sys.executable, *map(str, words)]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=200
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.keras
def test_a_module_of_ones_own_is_imported(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python(own, "-m", "specc", "run", "spec.yaml", "--trust", "--quiet", "--output", "runs")
    elsewhere = own / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "own_code.py").write_text(emit(loads(spec())))
    python(elsewhere, "own_code.py", "--output", "out", path=own)
    [by_run] = own.glob("runs/**/history.csv")
    assert (elsewhere / "out" / "history.csv").read_text() == by_run.read_text()
    monkeypatch.syspath_prepend(own)
    model = build_model(loads(spec()), trust=True)
    assert model.get_layer("own").factor == 0.5
