"""The emitted script: what formatters and other machines say of it, and how it shuffles."""

import ast
import os
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import augmented
import graphs
import masked
import pictured
import programs
import pytest

from specc.backends.depth import deep, deeply, layers
from specc.backends.expressions import writes_files
from specc.backends.script import emit
from specc.program import Program

SPECS = {name: each for name, each in programs.of_specs().items() if each.training}
EVERY = {**SPECS, **programs.variants(), **graphs.variants(), **augmented.variants()}
EVERY |= {**masked.variants(), **pictured.variants()}
every = pytest.mark.parametrize("program", EVERY.values(), ids=EVERY)
WRITING = {"callbacks", "everything"}
INTERFACE = {"main", "load_data", "build_model", "train", "evaluate", "save"}
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
EMIT = """
from test_script import EVERY
from specc.backends.script import emit
for program in EVERY.values():
    print(emit(program))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all scripts."""
    place = tmp_path_factory.mktemp("scripts")
    for name, program in EVERY.items():
        (place / f"{name}.py").write_text(emit(program), encoding="ascii", newline="\n")
    return place


@pytest.mark.parametrize(
    "command",
    [["check", "--select", "E,F,I,W", "--target-version", "py311"], ["format", "--diff"]],
    ids=["check", "format"],
)
def test_ruff_has_nothing_to_say(command: list[str], folder: Path) -> None:
    strict = ["--isolated", "--no-cache", "--line-length", "88", str(folder)]
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *command, *strict], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@every
def test_everything_in_a_script_is_used(program: Program) -> None:
    tree = ast.parse(emit(program))
    used = Counter(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    functions = {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    assert functions <= used.keys() | {"main"}
    constants = [name for node in tree.body for name in _constants(node)]
    assert all(used[name] > 1 for name in constants)
    assert len(constants) == len(set(constants))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert _parameters(node) <= _names(node) | {"data_dir"}
            assert ast.get_docstring(node) or node.name.startswith(("one_", "inside"))


def _constants(node: ast.stmt) -> list[str]:
    if not isinstance(node, ast.Assign):
        return []
    return [name.id for name in ast.walk(node.targets[0]) if isinstance(name, ast.Name)]


def _parameters(function: ast.FunctionDef) -> set[str]:
    arguments = function.args
    return {each.arg for each in (*arguments.args, *arguments.kwonlyargs)} - {"self"}


def _names(function: ast.FunctionDef) -> set[str]:
    return {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}


def test_scripts_are_the_same_on_every_run() -> None:
    def run(seed: str) -> bytes:
        root = Path(__file__).parent
        paths = os.pathsep.join((str(root), str(root.parent)))
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        command = [sys.executable, "-c", EMIT]
        return subprocess.run(command, env=environment, capture_output=True, check=True).stdout

    first = run("1")
    assert first == run("4711")
    assert str(Path(__file__).parents[1]).encode() not in first
    assert b"import specc" not in first and b"\r" not in first


def test_a_script_has_the_parts_that_a_run_asks_for() -> None:
    for program in EVERY.values():
        assert program.data
        tree = ast.parse(emit(program))
        defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        model = program.folds is None or program.folds.retrain
        absent = {
            "save": program.data.preprocesses and model,
            "evaluate": "test" in program.data.parts and model,
        }
        assert INTERFACE - defined == {name for name, there in absent.items() if not there}


def test_a_small_change_of_the_spec_is_a_small_change_of_the_script() -> None:
    program = programs.of_specs()["digits_cnn"]
    changed = replace(program, seed=1)
    before, after = emit(program).splitlines(), emit(changed).splitlines()
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_only_scripts_that_write_files_ask_where() -> None:
    for name, program in EVERY.items():
        assert program.training
        assert writes_files(program.training) == (name in WRITING)
        assert ("output=output" in emit(program)) == (name in WRITING)


@pytest.mark.parametrize("missing", ["data", "training"])
def test_a_program_without_data_or_epochs_has_no_script(missing: str) -> None:
    program = programs.of_specs()["digits_cnn"]
    with pytest.raises(ValueError, match="has no script"):
        emit(replace(program, **{missing: None}))  # type: ignore[arg-type]


def test_emitting_imports_nothing_heavy() -> None:
    code = EMIT + "import sys; print(sorted({'numpy', 'keras', 'tensorflow'} & {*sys.modules}))"
    root = Path(__file__).parent
    paths = os.pathsep.join((str(root), str(root.parent)))
    environment = {**os.environ, "PYTHONPATH": paths}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


# What the functions of a script do


def split_of(program: Program, rows: int = 103) -> tuple[Any, Any, Any]:
    """Labels of three sizes of classes, and both sides of a split that cuts off 20 rows."""
    import numpy as np

    script = programs.executed(program)
    labels = np.repeat([0, 1, 2], [rows - 50, 35, 15])
    part = script.all_rows(np.arange(rows), labels)
    return part, *script.split(part, 20)


@pytest.mark.keras
@pytest.mark.parametrize("name", ["digits_cnn", "without_classes", "without_order", "one_hot"])
def test_a_split_gives_each_row_to_one_side(name: str) -> None:
    import numpy as np

    part, kept, cut = split_of(EVERY[name])
    assert len(cut.rows) == 20 and len(kept.rows) == len(part.rows) - 20
    assert sorted([*kept.rows, *cut.rows]) == list(range(len(part.rows)))
    for side in (kept, cut):
        assert side.x is part.x and side.y is part.y
        assert list(side.rows) == sorted(side.rows)
    shares = np.bincount(part.y[cut.rows], minlength=3) / np.bincount(part.y)
    if name in ("digits_cnn", "one_hot"):
        assert np.allclose(shares, 20 / 103, atol=0.04)
    if name == "without_order":
        assert list(cut.rows) == list(range(83, 103))
    else:
        assert list(cut.rows) != list(range(83, 103))


def numbers(dataset: Any) -> list[list[int]]:
    """The batches of a dataset whose inputs are row numbers."""
    return [[int(x) for x in batch] for batch, _ in dataset]


def counted(script: Any, rows: int) -> Any:
    import numpy as np

    return script.all_rows(np.arange(rows), np.zeros(rows))


@pytest.mark.keras
@pytest.mark.parametrize("name", ["digits_cnn", "largest_seed"])
def test_every_epoch_has_each_row_once_in_an_order_of_its_own(name: str) -> None:
    script = programs.executed(EVERY[name])
    part = counted(script, 70)
    found = numbers(script.shuffled(part, 0, 3))
    assert [len(batch) for batch in found] == [32, 32, 6] * 3
    epochs = [sum(found[start : start + 3], []) for start in (0, 3, 6)]
    assert all(sorted(epoch) == list(range(70)) for epoch in epochs)
    assert len({tuple(epoch) for epoch in epochs}) == 3
    assert numbers(script.shuffled(part, 1, 3)) == found[3:]
    assert numbers(script.in_order(part)) == [[*range(32)], [*range(32, 64)], [*range(64, 70)]]


@pytest.mark.keras
def test_epochs_of_a_given_length_go_on_where_the_last_one_ended() -> None:
    script = programs.executed(EVERY["long_epochs"])
    script.STEPS_PER_EPOCH = 2
    part = counted(script, 70)
    found = numbers(script.shuffled(part, 0).take(9))
    assert [len(batch) for batch in found] == [32, 32, 6] * 3
    passes = [sum(found[start : start + 3], []) for start in (0, 3, 6)]
    assert all(sorted(each) == list(range(70)) for each in passes)
    assert len({tuple(each) for each in passes}) == 3
    for epoch in range(4):
        assert numbers(script.shuffled(part, epoch).take(1)) == [found[2 * epoch]]


@pytest.mark.keras
@pytest.mark.parametrize("name", ["diabetes", "balanced_column"])
def test_training_that_goes_on_sees_what_it_would_have_seen(name: str) -> None:
    script = programs.executed(EVERY[name])
    data = script.load_data(None)
    whole, halves = script.build_model(), script.build_model()
    expected = script.train(data, whole, epochs=4, verbose=0).history["loss"]
    found = script.train(data, halves, epochs=2, verbose=0).history["loss"]
    found += script.train(data, halves, initial_epoch=2, epochs=4, verbose=0).history["loss"]
    assert found == expected and len(set(found)) == 4


@pytest.mark.keras
def test_statistics_come_from_the_training_part() -> None:
    import numpy as np

    script = programs.executed(EVERY["learned_in_the_middle"])
    data = script.load_data(None)
    first = data.preprocessing.layers[1]
    seen = data.train.x.numpy()[data.train.rows] / 2
    assert np.allclose(first.mean, seen.mean(axis=(0, 1, 2)), rtol=1e-4)
    out = np.concatenate([x for x, _ in script.in_order(data.train).map(_applied(data))])
    assert abs(2 * out.mean()) < 1e-3 and abs(2 * out.std() - 1) < 1e-2


def _applied(data: Any) -> Any:
    return lambda x, y: (data.preprocessing(x), y)


@pytest.mark.keras
def test_balanced_weights_give_every_class_one_share() -> None:
    import numpy as np

    script = programs.executed(EVERY["balanced"])
    weights = script.balanced(np.repeat([0, 1, 3], [10, 30, 20]))
    assert weights == pytest.approx({0: 2.0, 1: 2 / 3, 3: 1.0})


@pytest.mark.keras
@pytest.mark.parametrize(
    "name", ["balanced_column", "balanced_one_hot", "callbacks", "long_epochs", "weighted", "rows"]
)
def test_a_script_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = EVERY[name]
    assert program.training
    early = tuple(c for c in program.training.callbacks if "TensorBoard" not in c.target)
    program = replace(program, training=replace(program.training, callbacks=early))
    script = programs.executed(program)
    output = tmp_path / "a {folder} of {epoch}s"
    monkeypatch.setattr(sys, "argv", ["script", "--output", str(output), "--epochs", "2"])
    script.main()
    found = {path.name for path in output.iterdir()}
    expected = {"history.csv", "metrics.json", "model.keras"}
    assert expected <= found
    assert ("best-01.keras" in found) == (name == "callbacks")
    assert assert_history(output / "history.csv") == 2


def assert_history(path: Path) -> int:
    """The number of rows of a history whose values are floats written in full."""
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    assert head.startswith("epoch,") and "val_loss" in head
    for number, row in enumerate(rows, 1):
        epoch, *values = row.split(",")
        assert int(epoch) == number
        assert all(repr(float(value)) == value for value in values)
    return len(rows)


@pytest.mark.keras
@pytest.mark.parametrize("name", ["digits_cnn", "blocks", "shared", "states"])
def test_the_saved_model_takes_what_the_source_delivers(name: str, tmp_path: Path) -> None:
    import keras
    import numpy as np

    script = programs.executed(EVERY[name])
    data, model = script.load_data(None), script.build_model()
    script.save(data, model, tmp_path / "model.keras")
    whole = keras.models.load_model(tmp_path / "model.keras")
    expected = model.predict(data.preprocessing(data.test.x), verbose=0)
    assert np.allclose(whole.predict(data.test.x, verbose=0), expected, atol=1e-6)


@pytest.mark.keras
@pytest.mark.parametrize("name", ["deep_graph", pytest.param("deep_list", marks=pytest.mark.slow)])
def test_a_model_of_many_layers_is_built_and_saved(name: str, tmp_path: Path) -> None:
    import keras

    limits = threading.stack_size(), sys.getrecursionlimit()
    script = programs.executed(EVERY[name])
    model = script.build_model()
    script.save(script.load_data(None), model, tmp_path / "model.keras")
    assert (threading.stack_size(), sys.getrecursionlimit()) == limits
    whole = deeply(partial(keras.models.load_model, tmp_path / "model.keras"))
    assert whole.count_params() == model.count_params()


def test_only_models_of_many_layers_ask_for_a_larger_stack() -> None:
    for name, program in EVERY.items():
        assert deep(program.model) == (name in ("deep_graph", "deep_list"))
        assert ("@deeply" in emit(program)) == deep(program.model)


def test_layers_in_loops_and_blocks_are_counted() -> None:
    found = {name: layers(EVERY[name].model) for name in ("blocks", "deep_graph", "deep_list")}
    assert found == {"blocks": 43, "deep_graph": 1102, "deep_list": 503}
