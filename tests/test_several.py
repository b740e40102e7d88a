"""Arrays for several inputs and targets by their names."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import Main
from running import alone, the_run

from specc.api import loads
from specc.backends.script import emit
from specc.diagnostics import locate

SPEC = """\
specc: 1
name: patients
data:
  arrays: {path: patients.npz, x: {photo: photos, age: ages}, y: {sick: sick, cost: costs}}
  batch_size: 16
  preprocess:
    photo: [{Rescaling: 1/255}]
    age: [Normalization, {Rescaling: 0.5}]
  split: {validation: 0.25, test: 0.25}
model:
  inputs: {photo: [4, 4, 1], age: [1]}
  layers:
    - Flatten: {from: photo}
    - Dense: {units: 4, activation: relu, name: flat}
    - Concatenate: {from: [flat, age]}
    - Dense: {units: 8, activation: relu, name: seen}
    - Dense: {from: seen, units: 1, activation: sigmoid, name: sick}
    - Dense: {from: seen, units: 1, name: cost}
  outputs: [sick, cost]
train:
  optimizer: adam
  loss: {sick: binary_crossentropy, cost: mse}
  metrics: {sick: [accuracy], cost: [mae]}
  epochs: 30
"""
ROWS = 96


def columns() -> dict[str, Any]:
    random = np.random.default_rng(0)
    ages = random.uniform(20, 80, (ROWS, 1)).astype("float32")
    return {
        "photos": random.integers(0, 256, (ROWS, 4, 4, 1), dtype=np.uint8),
        "ages": ages,
        "sick": (ages[:, 0] > 50).astype("int64"),
        "costs": ages[:, 0] / 50,
    }


@pytest.fixture
def patients(workplace: Path) -> Path:
    np.savez(workplace / "patients.npz", **columns())
    (workplace / "patients.yaml").write_text(SPEC)
    return workplace


def found(text: str) -> list[tuple[str, str]]:
    """What is found, with the text that is blamed; neither hints nor that rows are few."""
    compiled, lines = loads(text), text.splitlines()
    hard = (*compiled.report.errors, *compiled.report.warnings)
    spans = [(each.code, locate(compiled.source, each)) for each in hard if each.code != "T607"]
    return [(code, lines[s.line - 1][s.column - 1 : s.end_column - 1]) for code, s in spans]


MISTAKES = {
    "nothing": ("", "", []),
    "an input of another name": ("age: ages", "ages: ages", [("D610", "ages"), ("F010", "age")]),
    "an input without an array": (", age: ages}", "}", [("D610", "x"), ("F010", "age")]),
    "an output of another name": ("cost: costs}", "costs: costs}", [("D611", "costs")]),
    "an output without a target": (", cost: costs}", "}", [("D611", "y")]),
    "an input of another shape": ("age: [1]}", "age: [2]}", [("S210", "[2]")]),
    "an input that is not scaled": ("[{Rescaling: 1/255}]", "[]", [("D504", "preprocess")]),
    "a target of another kind": (
        "sick: binary_crossentropy",
        "sick: categorical_crossentropy",
        [("P301", "categorical_crossentropy")],
    ),
    "preprocessing of no input": ("    age: [N", "    aeg: [N", [("F010", "aeg")]),
    "parts of other names": (
        "y: {sick: sick, cost: costs}}",
        "y: {sick: sick, cost: costs}, test: [photos, sick]}",
        [("F017", "arrays")],
    ),
    "one array for two inputs": (
        "patients.npz, x: {photo: photos, age: ages}",
        "absent.npz, x: {photo: photos, age: photos}",
        [],
    ),
    "an array that is not there": ("ages}", "aegs}", [("D527", "aegs")]),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_what_does_not_go_together_is_told(patients: Path, name: str) -> None:
    old, new, expected = MISTAKES[name]
    assert old in SPEC
    assert found(SPEC.replace(old, new, 1)) == expected


def test_arrays_of_several_inputs_are_not_augmented(patients: Path) -> None:
    text = SPEC.replace("  split:", "  augment: {horizontal_flip: true}\n  split:")
    assert found(text) == [("D546", "augment")]


def test_a_list_is_for_each_input() -> None:
    text = SPEC.replace("    photo: [{Rescaling: 1/255}]\n", "").replace("    age: [", "    [")
    plan = loads(text).program.data
    assert plan
    names = [[step.name for step in each.preprocess] for each in plan.inputs]
    assert names == [["normalization", "rescaling"], ["normalization_1", "rescaling_1"]]
    named = text.replace("{Rescaling: 0.5}", "{Rescaling: {scale: 0.5, name: half}}")
    assert [each.code for each in loads(named).report.errors] == ["F019"]


def test_scripts_are_the_same_without_the_file(patients: Path) -> None:
    there = emit(loads(SPEC).program)
    (patients / "patients.npz").unlink()
    assert emit(loads(SPEC).program) == there


def test_one_name_is_as_good_as_none(patients: Path) -> None:
    """Keras takes a single input or target without its name."""
    text = SPEC.replace("{photo: photos, age: ages}", "{age: ages}").replace(
        "photo: [4, 4, 1], ", ""
    )
    text = text.replace("    photo: [{Rescaling: 1/255}]\n", "").replace("cost: costs", "")
    layers = "    - Dense: {from: age, units: 1, activation: sigmoid, name: sick}\n"
    start, end = text.index("    - Flatten"), text.index("  outputs")
    text = text[:start] + layers + text[end:].replace("[sick, cost]", "[sick]")
    text = text.replace(", cost: mse", "").replace(", cost: [mae]", "")
    script = emit(loads(text).program)
    assert 'TRAIN = ("ages", "sick")' in script


@pytest.mark.keras
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_from_the_check_to_predictions(patients: Path, main: Main) -> None:
    """The run, the script alone, the saved model on raw arrays, and what `data` says of them."""
    code, out, err = main("run", "patients.yaml", "--quiet")
    assert code == 0, err
    run = the_run()

    import keras

    rows = columns()
    model = keras.saving.load_model(run / "model.keras")
    raw = model.predict({"photo": rows["photos"], "age": rows["ages"]}, verbose=0)
    np.savez("some.npz", photos=rows["photos"][:3], ages=rows["ages"][:3])
    np.savez("half.npz", ages=rows["ages"][:3])
    code, out, err = main("predict", run, "some.npz", "half.npz", "--format", "json")
    assert code == 1 and "`half.npz` holds no array `photos`" in err
    costs = [each["cost"]["value"] for each in json.loads(out)]
    assert costs == pytest.approx(raw["cost"][:3, 0].tolist())
    trained = json.loads((run / "metrics.json").read_text())
    scores = json.loads(main("evaluate", run, "--format", "json")[1])
    assert scores.pop("part") == "test"
    assert scores == pytest.approx(trained, rel=1e-5)
    assert "sick 0" in main("data", "patients.yaml")[1]
    assert main("build", "patients.yaml", "-o", ".")[0] == 0
    output = alone(patients / "patients.py", "--data-dir", str(patients.resolve()))
    assert (output / "history.csv").read_bytes() == (run / "history.csv").read_bytes()


INDEXED = """\
specc: 1
name: photos
data:
  images:
    csv: index.csv
    size: [8, 8]
    inputs: {photo: file, person: [age, weight]}
    label_column: sick
  batch_size: 4
  preprocess:
    photo: [{Rescaling: 1/255}]
    person: [Normalization]
  split: {validation: 0.25, test: 0.25}
  augment: {horizontal_flip: true}
model:
  inputs: {photo: [8, 8, 3], person: [2]}
  layers:
    - Conv2D: {from: photo, filters: 2, kernel_size: 3, activation: relu}
    - GlobalAveragePooling2D: {name: seen}
    - Dense: {from: person, units: 4, activation: relu, name: known}
    - Concatenate: {from: [seen, known]}
    - Dense: {units: 1, activation: sigmoid, name: sick}
train: {optimizer: adam, loss: binary_crossentropy, metrics: [accuracy], epochs: 3}
"""


@pytest.fixture
def indexed(workplace: Path, pictures: Path) -> Path:
    files = sorted((pictures / "train").rglob("*.png"))
    lines = ["file,age,weight,sick,colour"]
    for row, file in enumerate(files):
        lines.append(f"{file},{20 + row},{60 + row % 7},{'yes' if row > 5 else 'no'},red")
    (workplace / "index.csv").write_text("\n".join(lines) + "\n")
    (workplace / "photos.yaml").write_text(INDEXED)
    return workplace


COLUMNS = {
    "nothing": ("", "", []),
    "no such column": ("[age, weight]", "[age, wieght]", [("D527", "wieght")]),
    "two columns of files": (
        "person: [age, weight]",
        "person: age",
        [("F013", "{photo: file, person: age}")],
    ),
    "files twice": ("    size:", "    path_column: file\n    size:", [("F017", "images")]),
    "another width": ("person: [2]", "person: [3]", [("S210", "[3]")]),
    "text for numbers": ("[age, weight]", "[age, colour]", [("D527", "index.csv")]),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_of_an_index_are_told(indexed: Path, name: str) -> None:
    old, new, expected = COLUMNS[name]
    assert old in INDEXED
    assert found(INDEXED.replace(old, new, 1)) == expected


@pytest.mark.keras
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_images_with_numbers_beside_them(indexed: Path, main: Main) -> None:
    code, _, err = main("run", "photos.yaml", "--quiet")
    assert code == 0, err
    run = the_run()
    Path("new.csv").write_text(
        "\n".join((indexed / "index.csv").read_text().splitlines()[:3]) + "\n"
    )
    Path("bad.csv").write_text("file,age,weight\nnone.png,1,2\n")
    code, out, err = main("predict", run, "new.csv", "bad.csv", "--format", "json")
    assert code == 1 and "`bad.csv` names `none.png`, which cannot be decoded" in err
    assert [each["file"] for each in json.loads(out)] == ["new.csv"] * 2
    assert main("data", "photos.yaml")[0] == 0
    assert main("build", "photos.yaml", "-o", ".")[0] == 0
    output = alone(indexed / "photos.py", "--data-dir", str(indexed.resolve()))
    assert (output / "history.csv").read_bytes() == (run / "history.csv").read_bytes()
