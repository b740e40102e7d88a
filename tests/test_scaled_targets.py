"""Targets that are learned at mean 0 and deviation 1, and given back in their own units."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import Main
from programs import executed
from running import written

from specc.api import build_model, loads
from specc.backends.script import emit

pytestmark = [
    pytest.mark.usefixtures("workplace"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
NUMBERS = """\
specc: 1
name: sugar
data:
  dataset: {sklearn: diabetes}
  preprocess: [Normalization]
  split: {validation: 0.2, test: 0.2}
  target_scaling: standard
model:
  - Dense: {units: 16, activation: relu}
  - Dense: 1
train: {optimizer: adam, loss: mse, metrics: [mae], epochs: 3}
"""
GRAPH = """\
  inputs: {row: [10]}
  layers:
    - Dense: {from: row, units: 16, activation: relu}
    - Dense: 1
train:"""
AS_GRAPH = NUMBERS.split("  - Dense")[0] + GRAPH + NUMBERS.split("train:")[1]
TABLE = NUMBERS.replace(
    "dataset: {sklearn: diabetes}", "table: {path: a.csv, target: y, numeric: x}"
)
PAIRS = TABLE.replace("target: y", "target: [y, z]").replace("Dense: 1", "Dense: 2")
FOLDS = NUMBERS.replace("validation: 0.2, ", "") + "evaluate: {k_fold: 3}"
TEXTS = {
    "list": NUMBERS,
    "graph": AS_GRAPH,
    "raw": NUMBERS.replace("  preprocess: [Normalization]\n", ""),
    "table": TABLE,
    "pairs": PAIRS,
    "table_of_a_graph": AS_GRAPH.replace("row: [10]", "row: [1]").replace(
        "dataset: {sklearn: diabetes}", "table: {path: a.csv, target: y, numeric: x}"
    ),
}


@pytest.fixture
def rows(workplace: Path) -> None:
    lines = [f"{i % 40},{1000 + 30 * (i % 40) + i % 3},{i % 7}\n" for i in range(200)]
    (workplace / "a.csv").write_text("x,y,z\n" + "".join(lines))


def test_scripts_need_no_formatter(tmp_path: Path) -> None:
    half = NUMBERS.replace("epochs: 3", "epochs: 3, dtype_policy: mixed_bfloat16")
    for number, text in enumerate((*TEXTS.values(), FOLDS, half)):
        (tmp_path / f"{number}.py").write_text(emit(loads(text).program))
    ruff = [sys.executable, "-m", "ruff"]
    width = ["--isolated", "--line-length=88", str(tmp_path)]
    subprocess.run([*ruff, "format", "--diff", *width], check=True)
    subprocess.run([*ruff, "check", "--select=E,F,I,W", *width], check=True)


@pytest.mark.keras
@pytest.mark.parametrize("form", ["list", "raw", "pairs", "table_of_a_graph"])
def test_predictions_and_metrics_are_in_their_units(form: str, rows: None) -> None:
    import keras

    script = executed(loads(TEXTS[form]).program)
    data, model = script.load_data(Path()), script.build_model()
    history = script.train(data, model, verbose=0).history
    y = np.asarray(data.train.y)[data.train.rows]
    mean, deviation = y.mean(axis=0), y.std(axis=0)
    assert np.allclose(model.mean, mean) and np.allclose(model.deviation, deviation)
    script.save(data, model, Path("model.keras"))
    whole = keras.saving.load_model("model.keras", safe_mode=True)
    for part, found in (
        (data.test, script.evaluate(data, model)),
        (data.validation, {name[4:]: h[-1] for name, h in history.items() if name[:4] == "val_"}),
    ):
        wanted = np.asarray(part.y)[part.rows]
        x = {n: np.asarray(c)[part.rows] for n, c in part.x.items()} if hasattr(
            part.x, "items"
        ) else np.asarray(part.x)[part.rows]  # fmt: skip
        errors = whole.predict(x, verbose=0) - wanted
        assert found["mae"] == pytest.approx(np.abs(errors).mean(), rel=1e-4)
        assert found["loss"] == pytest.approx(((errors / deviation) ** 2).mean(), rel=1e-3)


@pytest.mark.keras
def test_the_network_is_that_of_the_spec() -> None:
    for text in (NUMBERS, AS_GRAPH):
        import keras

        keras.utils.clear_session()
        printed = executed(loads(text).program).build_model().get_config()
        keras.utils.clear_session()
        assert build_model(loads(text)).get_config() == printed


@pytest.mark.keras
def test_every_fold_learns_its_own_scale() -> None:
    script = executed(loads(FOLDS).program)
    data, model = script.load_data(Path()), script.build_model()
    done = script.cross_validate(data, model, epochs=1, verbose=0)
    for fold, found in zip(script.folds(data), done, strict=True):
        y = np.asarray(data.train.y)[fold.train.rows]
        assert np.allclose(model.mean, y.mean(axis=0))
        assert np.allclose(model.deviation, y.std(axis=0))
        assert found.scores["mae"] < 100 > found.scores["loss"]


@pytest.mark.keras
def test_a_run_scores_and_predicts_as_it_trained(main: Main, rows: None) -> None:
    code, out, _ = main("run", written(TABLE.replace("epochs: 3", "epochs: 40")))
    assert code == 0
    scores = [line for line in out.splitlines() if line.startswith("test  ")]
    [run] = Path("runs/sugar").iterdir()
    assert main("evaluate", str(run))[1].splitlines() == scores
    Path("new.csv").write_text("x\n10\n30\n")
    first, second = main("predict", str(run), "new.csv")[1].splitlines()
    assert float(first.split()[-1]) == pytest.approx(1300, rel=0.2)
    assert float(second.split()[-1]) == pytest.approx(1900, rel=0.2)
