"""Tables in training: what the script learns, saves, and gives for raw columns."""

import csv
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from programs import executed
from test_tables import COLOURS, NAMES, PARTS, PREPROCESS, ROWS, compiled, lines, spec

pytestmark = [
    pytest.mark.keras,
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),
]
MARKED = "{numeric: [{impute: {with: mean, indicator: true}}, Normalization]}"
ROOT = Path(__file__).parents[1]


def module(text: str, root: Path) -> Any:
    return executed(compiled(text, root).program)


def do(folder: Path, *arguments: str) -> None:
    """Runs Python in a folder, with this package."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, *arguments]
    subprocess.run(command, check=True, capture_output=True, cwd=folder, env=environment)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "rows.csv").write_text(lines(), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("preprocess", [PREPROCESS, MARKED, "[impute: zero, Rescaling: 1/2]"])
def test_the_saved_model_takes_raw_columns(preprocess: str, table: Path) -> None:
    import keras
    import tensorflow as tf

    text = spec(f"path: rows.csv, {NAMES}", preprocess)
    script = module(text, table)
    data, model = script.load_data(table), script.build_model()
    delivered = compiled(text, table).graph.input
    assert delivered is not None
    assert data.preprocessing.output.shape[1:] == delivered.shape
    script.save(data, model, table / "model.keras")
    loaded = keras.models.load_model(table / "model.keras", safe_mode=True)
    raw = {
        "numeric": tf.constant([[3.0, np.nan], [50.0, 2.0], [9.0, 1.0]]),
        "colour": tf.constant(["", "blue", "never seen"]),
    }
    assert np.array_equal(loaded(raw), model(data.preprocessing(raw)))
    assert np.isfinite(loaded(raw)).all()


def test_only_the_training_rows_are_learned_from(table: Path) -> None:
    odd = lines().replace("blue", "violet").replace(" 4,", " 4000,")
    (table / "odd.csv").write_text(odd, encoding="utf-8")
    parts = PARTS.replace("validation: rows", "validation: odd")
    text = spec(f"{parts}, {NAMES}".replace("4}", "5}")).replace(
        "{validation: 0.2, test: 0.2}", "{}"
    )
    script = module(text, table)
    layers = script.load_data(table).preprocessing.layers
    [lookup] = [each for each in layers if type(each).__name__ == "StringLookup"]
    [normalization] = [each for each in layers if type(each).__name__ == "Normalization"]
    assert set(lookup.get_vocabulary()) == {"[UNK]", *COLOURS}
    visits = np.array([float(v) if v != "NA" else np.nan for _, v, *_ in ROWS])
    filled = np.where(np.isnan(visits), np.nanmedian(visits), visits)
    assert float(normalization.mean[0, 1]) == pytest.approx(filled.mean(), rel=1e-6)


def test_classes_are_numbered_in_the_order_of_their_names(table: Path) -> None:
    data = module(spec(f"path: rows.csv, {NAMES}"), table).load_data(table)
    rows = data.test.rows
    assert data.test.y.numpy()[rows].tolist() == [row % 3 for row in rows]
    assert data.train.x["colour"].numpy()[1].decode() == ROWS[1][2]


def test_run_and_script_agree_to_the_last_bit(table: Path) -> None:
    (table / "rows.yaml").write_text(spec(f"path: rows.csv, {NAMES}"), encoding="utf-8")
    do(table, "-m", "specc", "build", "rows.yaml")
    do(table, "-m", "specc", "run", "rows.yaml")
    do(table, "generated/rows.py", "--output", "alone")
    [other] = (table / "runs" / "rows").glob("*/history.csv")
    assert (table / "alone" / "history.csv").read_bytes() == other.read_bytes()


def test_penguins_are_told_apart(shared: Path, tmp_path: Path) -> None:
    spec_file = ROOT / "specs" / "penguins.yaml"
    script = module(spec_file.read_text(encoding="utf-8"), tmp_path)
    data = script.load_data(shared / "data" / "tabular_penguins")
    model = script.build_model()
    script.train(data, model, verbose=0)
    assert script.evaluate(data, model)["accuracy"] >= 0.95
    with (shared / "data/tabular_penguins/penguins.csv").open(newline="") as file:
        assert len(data.train.y) == len(list(csv.reader(file))) - 1
