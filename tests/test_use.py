"""Predictions and scores by the model of a finished run."""

import csv
import io
import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from conftest import Main
from running import DIGITS, IMAGES, the_run, written

from specc.use.answers import Meaning, answers
from specc.use.finished import NotARun, finished
from specc.use.predict import Refused, predictions
from specc.use.printing import as_csv, as_json, as_text

pytestmark = [
    pytest.mark.usefixtures("workplace"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
NAMES = ("cat", "dog", "fox")

# What outputs mean


def test_one_of_several_classes() -> None:
    found = Meaning("multiclass", NAMES, logits=False).answer(np.array([0.2, 0.7, 0.1]))
    assert (found["class"], found["probability"]) == ("dog", 0.7)
    assert found["probabilities"] == {"cat": 0.2, "dog": 0.7, "fox": 0.1}


def test_logits_become_the_probabilities_that_keras_gives() -> None:
    from keras import ops

    row = np.array([1.0, 200.0, -3.0], "float32")
    found = Meaning("multiclass", NAMES, logits=True).answer(row)
    assert list(found["probabilities"].values()) == pytest.approx(ops.softmax(row).numpy())
    labels = Meaning("multilabel", NAMES, logits=True).answer(row)
    assert list(labels["probabilities"].values()) == pytest.approx(ops.sigmoid(row).numpy())


@pytest.mark.parametrize(("threshold", "chosen"), [(0.5, "cat"), (0.3, "dog")])
def test_the_second_of_two_classes_needs_the_threshold(threshold: float, chosen: str) -> None:
    found = Meaning("binary", NAMES, False, threshold).answer(np.array([0.25 + 0.05]))
    assert found["class"] == chosen
    assert found["probability"] == pytest.approx({"cat": 0.7, "dog": 0.3}[chosen])


@pytest.mark.parametrize(("threshold", "chosen"), [(0.5, ["dog"]), (0.1, ["cat", "dog"]), (1, [])])
def test_labels_need_the_threshold(threshold: float, chosen: list[str]) -> None:
    found = Meaning("multilabel", NAMES, False, threshold).answer(np.array([0.2, 0.7, 0.05]))
    assert found["labels"] == chosen


def test_numbers_stay_numbers_and_classes_without_names_are_numbers() -> None:
    assert Meaning("regression", (), False).answer(np.array([2.5])) == {"value": 2.5}
    assert Meaning("regression", (), False).answer(np.array([2.5, 1.0])) == {"values": [2.5, 1.0]}
    assert Meaning("multiclass", (), False).answer(np.array([0.1, 0.9]))["class"] == 1


def test_several_outputs_are_answered_by_name() -> None:
    meant = {"pet": Meaning("multiclass", NAMES, False), "age": Meaning("regression", (), False)}
    output = {"age": np.array([[3.0], [4.0]]), "pet": np.array([[1, 0, 0], [0, 0, 1.0]])}
    found = answers(meant, output)
    assert [(each["pet"]["class"], each["age"]["value"]) for each in found] == [
        ("cat", 3.0),
        ("fox", 4.0),
    ]
    shown = [{"file": "a.npy", "row": i, **each} for i, each in enumerate(found)]
    assert as_text(shown) == (
        "a.npy[0]  pet: cat  1.0000  age: 3\na.npy[1]  pet: fox  1.0000  age: 4\n"
    )
    [first, _] = csv.DictReader(io.StringIO(as_csv(shown)))
    assert (first["pet.class"], first["pet.probabilities.dog"], first["age.value"]) == (
        "cat",
        "0.0",
        "3.0",
    )
    assert json.loads(as_json(shown))[1]["pet"]["class"] == "fox"


def test_files_that_cannot_be_read_do_not_stop_the_others() -> None:
    from specc.use.inputs import CannotRead

    def read(file: Path) -> Any:
        if file.name.startswith("bad"):
            raise CannotRead("is bad")
        return np.full((int(file.name), 2), int(file.name), "float32")

    model = SimpleNamespace(predict=lambda x, **_: np.concatenate(list(x))[:, :1])
    files = [Path(name) for name in ("bad1", "2", "1", "bad2")] + [Path("1")] * 40
    found = list(predictions(files, read, model, {None: Meaning("regression", (), False)}))
    assert found[0] == Refused(Path("bad1"), "is bad") and found[4] == Refused(
        Path("bad2"), "is bad"
    )
    assert found[1:4] == [
        {"file": "2", "row": 0, "value": 2.0},
        {"file": "2", "row": 1, "value": 2.0},
        {"file": "1", "value": 1.0},
    ]
    assert len(found) == 45


# Folders that are no runs


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (None, "is not the folder of a run"),
        ((), "there is no `run.json`"),
        (("a/run.json",), "did you mean `run/a`?"),
        (("x/a/run.json", "x/b/run.json"), "did you mean `run/x/b`?"),
        (("run.json",), "has no `spec.yaml`: the run did not come to its end"),
        (("run.json", "spec.yaml"), "has no `model.keras`"),
        (("run.json", "spec.yaml", "model.keras"), "cannot be read"),
    ],
)
def test_a_folder_that_is_no_run(files: tuple[str, ...] | None, said: str) -> None:
    for name in files or ():
        Path("run", name).parent.mkdir(parents=True, exist_ok=True)
        Path("run", name).write_text("")
    if files == ():
        Path("run").mkdir()
    with pytest.raises(NotARun, match=said.replace("?", r"\?")):
        finished(Path("run"))


# Runs


@pytest.mark.keras
def test_arrays_are_predicted_as_the_saved_model_does_it(main: Main) -> None:
    import keras
    from sklearn.datasets import load_digits

    assert main("run", written(DIGITS), "--epochs", "1", "--quiet")[0] == 0
    run, x = the_run(), load_digits().images[..., np.newaxis]
    np.save("several.npy", x[:3])
    np.save("one.npy", x[3])
    np.savez("zipped.npz", other=x[:1, ..., 0], x=x[4:5])
    np.save("flat.npy", x[..., 0])
    Path("text.npy").write_text("no array")
    os.mkfifo("pipe.npy")
    files = ["several.npy", "one.npy", "zipped.npz"]
    bad = ["flat.npy", "text.npy", "pipe.npy", "none.npy", "a.png"]
    Path("a.png").touch()
    code, out, err = main("predict", run, *files, *bad, "--format", "json")
    expected = keras.saving.load_model(run / "model.keras", compile=False).predict(x[:5], verbose=0)
    found = json.loads(out)
    assert [(each["file"], each.get("row")) for each in found] == [
        ("several.npy", 0), ("several.npy", 1), ("several.npy", 2), ("one.npy", None),
        ("zipped.npz", None),
    ]  # fmt: skip
    for each, row in zip(found, expected, strict=True):
        assert list(each["probabilities"].values()) == pytest.approx(row.tolist(), abs=1e-6)
        assert each["class"] == str(row.argmax())
    assert code == 1 and err.splitlines() == [
        "specc: `flat.npy` has rows of shape (8, 8), expected (8, 8, 1)",
        "specc: `text.npy` is not an array of numbers",
        "specc: `pipe.npy` is not a file",
        "specc: `none.npy` does not exist",
        "specc: `a.png` is no array; the model takes `.npy` and `.npz` files",
    ]
    scores = json.loads((run / "metrics.json").read_text())
    code, out, _ = main("evaluate", run, "--format", "json")
    assert code == 0 and json.loads(out) == pytest.approx({"part": "test"} | scores)
    code, out, _ = main("evaluate", run, "--part", "train")
    assert code == 0 and out.startswith("train  loss ")


@pytest.mark.keras
def test_images_are_predicted_with_the_names_of_their_classes(main: Main, pictures: Path) -> None:
    assert main("run", written(IMAGES), "--data-dir", pictures, "--quiet")[0] == 0
    run = the_run()
    files = sorted((pictures / "validation").rglob("*.*"))
    Path("broken.png").write_text("<html>")
    code, out, err = main("predict", run, *files, "broken.png")
    assert code == 1 and err.startswith("specc: `broken.png` cannot be decoded: ")
    names = {folder.name for folder in (pictures / "train").iterdir()}
    lines = out.splitlines()
    assert len(lines) == len(files) and {line.split()[-2] for line in lines} <= names
    _, out, _ = main("predict", run, *files, "--threshold", "0", "--format", "csv")
    assert {row["class"] for row in csv.DictReader(io.StringIO(out))} == {max(names)}
    code, out, _ = main("evaluate", run)
    last = (run / "history.csv").read_text().splitlines()
    val_loss = dict(zip(last[0].split(","), last[-1].split(","), strict=True))["val_loss"]
    assert code == 0 and out.startswith("validation  loss ")
    assert float(out.split()[2]) == pytest.approx(float(val_loss), rel=1e-3)
    code, _, err = main("evaluate", run, "--set", "data.images.validation=nowhere")
    assert code == 1 and "error[D525]" in err and "hint[D525]" not in err
    assert main("evaluate", run, "--set", "train.epochs=3")[0] == 2
    assert main("predict", run, "--threshold", "2", "x.png")[0] == 2
