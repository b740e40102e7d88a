"""Predictions and scores by the model of a finished run."""

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from conftest import Main
from data_scripts import source_of
from running import DIGITS, IMAGES, the_run, written

from specc.inspect.npy import Unreadable
from specc.use.answers import Meaning, answers
from specc.use.csv_rows import plain_numbers, table_rows
from specc.use.finished import NotARun, finished
from specc.use.predict import Refused, predictions
from specc.use.printing import as_csv, as_json, as_text

pytestmark = [
    pytest.mark.usefixtures("workplace"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
NAMES = ("cat", "dog", "fox")


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


def test_numbers_with_names_are_told_by_them() -> None:
    meant = Meaning("regression", (), False, targets=("height", "weight"))
    found = {"file": "a.csv", **meant.answer(np.array([1.5, 40.0]))}
    assert as_text([found]) == "a.csv  height 1.5  weight 40\n"
    assert as_csv([found]) == "file,values.height,values.weight\na.csv,1.5,40.0\n"
    assert json.loads(as_json([found]))[0]["values"] == {"height": 1.5, "weight": 40.0}


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
    from specc.use.arrays import CannotRead

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


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (None, "is not the folder of a run"),
        ((), "there is no `run.json`"),
        (("a/run.json",), "did you mean `run/a`?"),
        (("x/a/run.json", "x/b/run.json"), "did you mean `run/x/b`?"),
        (("run.json",), "has no `spec.yaml`: the run did not come to its end, or saves none"),
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


TABLE = """\
specc: 1
name: table
data:
  table: {path: rows.csv, target: kind, numeric: [a, b], categorical: {c: 2}}
  preprocess: {numeric: [{impute: mean}, Normalization]}
model: [{Dense: {units: 1, activation: sigmoid}}]
train: {optimizer: adam, loss: binary_crossentropy, epochs: 1}
"""


@pytest.mark.keras
def test_rows_of_a_table_need_no_target(main: Main) -> None:
    rows = [f"{n},{n % 7},{'xy'[n % 2]},{('no', 'yes')[n % 2]}" for n in range(80)]
    Path("rows.csv").write_text("\n".join(["a,b,c,kind", *rows]))
    assert main("run", written(TABLE), "--quiet")[0] == 0
    run = the_run()
    Path("known.csv").write_text("\n".join(["a,b,c,kind", *rows[:2]]))
    Path("new.csv").write_text("c,b,a\nx,0,0\nnever seen,,1\n")
    Path("narrow.csv").write_text("a,c\n1,x\n")
    Path("torn.csv").write_text("a,b,c\n1,2\n")
    Path("words.csv").write_text("a,b,c\none,2,x\n")
    files = ["known.csv", "new.csv", "narrow.csv", "torn.csv", "words.csv"]
    code, out, err = main("predict", run, *files, "--format", "json")
    found = json.loads(out)
    assert [(each["file"], each["row"]) for each in found] == [
        ("known.csv", 0), ("known.csv", 1), ("new.csv", 0), ("new.csv", 1),
    ]  # fmt: skip
    assert {each["class"] for each in found} <= {"no", "yes"}
    assert found[0]["probabilities"] == found[2]["probabilities"]
    assert code == 1 and err.splitlines() == [
        "specc: `narrow.csv` has no column `b`",
        "specc: `torn.csv` has 2 cells in line 2, and 3 columns",
        "specc: `words.csv` has `one` in line 2, and `a` is a number",
    ]


ROWS = {"path": "a.csv", "target": "y", "numeric": ["a"], "categorical": {"c": 2}}
NAMED = ROWS | {"columns": ["a", "c", "y"]}
TABLES = [
    (ROWS, "c,a\nx,1\n,2\n", [1, 2]),
    (ROWS, "c,a\nx,\n", "has no `a` in line 2, and the model does not fill it in"),
    (ROWS, "c,a\n", "has no rows"),
    (NAMED, "1,x,yes\n2,y,no\n", [1, 2]),
    (NAMED, "1,x\n2,y\n", [1, 2]),
    (NAMED, "1\n2\n", "has 1 cells in line 1, and 3 columns"),
]


@pytest.mark.parametrize(("options", "content", "found"), TABLES)
def test_rows_of_a_table_are_read_for_use(
    options: dict[str, Any], content: str, found: list[int] | str
) -> None:
    source = source_of({"table": options})
    Path("a.csv").write_text(content)
    if isinstance(found, str):
        with pytest.raises(Unreadable, match=found):
            table_rows(Path("a.csv"), source, fills=False)
        return
    rows = table_rows(Path("a.csv"), source, fills=False)
    assert rows["numeric"].tolist() == [[a] for a in found] and rows["c"][0] == "x"


NUMBERS_IN_LINES = [
    ("1,2\n3,4\n", [[1, 2], [3, 4]]),
    ("a,b\n1,2e3\n", [[1, 2000]]),
    ("a,b\n1,x\n", "has `x` in line 2, expected a number"),
    ("1,2,3\n", "has 3 cells in line 1, expected 2"),
    ("a,b\n", "has no rows"),
]


@pytest.mark.parametrize(("content", "found"), NUMBERS_IN_LINES)
def test_plain_numbers_may_have_names_above(content: str, found: list[Any] | str) -> None:
    Path("a.csv").write_text(content)
    if isinstance(found, str):
        with pytest.raises(Unreadable, match=found):
            plain_numbers(Path("a.csv"), 2)
    else:
        assert plain_numbers(Path("a.csv"), 2).tolist() == found


def test_values_that_a_model_does_not_take_do_not_stop_the_others() -> None:
    def predict(batches: Any, **_: Any) -> Any:
        rows = np.concatenate(list(batches))
        if (rows < 0).any():
            raise ValueError("below zero")
        return rows

    read = {"a": [1.0], "b": [-1.0], "c": [2.0, 3.0]}
    reader = lambda file: np.array(read[file.name])[:, None]  # noqa: E731
    meant = {None: Meaning("regression", (), False)}
    model = SimpleNamespace(predict=predict)
    found = list(predictions([Path(name) for name in read], reader, model, meant))
    assert found[1] == Refused(Path("b"), "cannot be predicted for: below zero")
    assert [each["value"] for each in found if isinstance(each, dict)] == [1.0, 2.0, 3.0]


STEPS = """\
specc: 1
name: steps
data:
  timeseries: {path: steps.csv, columns: [a], target: b, sequence_length: 3, sampling_rate: 2,
    missing: NA, fill: previous}
  preprocess: [Normalization]
model: [Flatten, {Dense: 1}]
train: {optimizer: adam, loss: mse, epochs: 1}
"""


@pytest.mark.keras
def test_windows_of_a_series_are_read_without_what_they_forecast(main: Main) -> None:
    import keras

    rows = [f"{n % 7 if n else 'NA'},{n % 5}" for n in range(80)]
    Path("steps.csv").write_text("\n".join(["a,b", *rows]))
    assert main("run", written(STEPS), "--quiet")[0] == 0
    Path("new.csv").write_text("a\nNA\n1\n2\nNA\n4\n5\n6\n")
    Path("short.csv").write_text("a\n1\n2\n")
    Path("words.csv").write_text("a\n1\none\n")
    Path("other.csv").write_text("b\n1\n")
    files = ["new.csv", "short.csv", "words.csv", "other.csv"]
    code, out, err = main("predict", the_run(), *files, "--format", "json")
    found = json.loads(out)
    model = keras.saving.load_model(the_run() / "model.keras", compile=False)
    windows = np.array([[1, 2, 5], [2, 4, 6]], "float32")[..., None]
    assert [each["row"] for each in found] == [5, 6]
    assert [each["value"] for each in found] == pytest.approx(model.predict(windows)[:, 0])
    assert code == 1 and err.splitlines() == [
        "specc: `short.csv` has 2 steps; the model looks at 5",
        "specc: `words.csv` has `one` in line 3, and `a` is a number",
        "specc: `other.csv` has no column `a`",
    ]


FOLDS = """\
specc: 1
name: folds
data: {dataset: {sklearn: iris}, preprocess: [Normalization], split: {test: 0.2}}
model: [{Dense: {units: 3, activation: softmax}}]
train: {optimizer: adam, loss: sparse_categorical_crossentropy, metrics: [accuracy], epochs: 2}
evaluate: {k_fold: 2, retrain: true}
"""


@pytest.mark.keras
def test_the_model_of_folds_is_the_one_that_was_trained_on_all(main: Main) -> None:
    assert main("run", written(FOLDS), "--quiet")[0] == 0
    run = the_run()
    Path("new.csv").write_text("length,width,length,width\n5.1,3.5,1.4,0.2\n")
    code, out, _ = main("predict", run, "new.csv", "--format", "json")
    assert code == 0 and json.loads(out)[0]["probabilities"].keys() == {
        "setosa", "versicolor", "virginica",
    }  # fmt: skip
    code, out, _ = main("evaluate", run, "--format", "json")
    scores = json.loads((run / "metrics.json").read_text())
    assert code == 0 and json.loads(out)["loss"] == pytest.approx(scores["loss"])


SEVERAL = """\
specc: 1
name: table
task: TASK
data: {table: {path: rows.csv, target: [a, b], numeric: [c]}, preprocess: [Normalization]}
model: [{Dense: {units: 2, activation: HEAD}}]
train: {optimizer: adam, loss: LOSS, epochs: 1}
"""
NUMBERS = ("regression", "linear", "mse", lambda n: f"{n},{n / 3}")
LABELS = ("multilabel", "sigmoid", "binary_crossentropy", lambda n: f"{n % 2},{n // 2 % 2}")


@pytest.mark.keras
@pytest.mark.parametrize(("task", "head", "loss", "targets"), [NUMBERS, LABELS])
def test_a_table_has_several_targets(
    main: Main, task: str, head: str, loss: str, targets: Callable[[int], str]
) -> None:
    rows = [f"{targets(n)},{n * n}" for n in range(80)]
    Path("rows.csv").write_text("\n".join(["a,b,c", *rows]))
    text = SEVERAL.replace("TASK", task).replace("HEAD", head).replace("LOSS", loss)
    assert main("run", written(text), "--quiet")[0] == 0
    Path("new.csv").write_text("c\n1\n100\n")
    code, out, _ = main("predict", the_run(), "new.csv", "--threshold", "0", "--format", "json")
    first, other = json.loads(out)
    key = "probabilities" if task == "multilabel" else "values"
    assert code == 0 and first[key].keys() == {"a", "b"} and first[key] != other[key]
    assert first.get("labels", ["a", "b"]) == ["a", "b"]
    code, out, _ = main("evaluate", the_run(), "--part", "validation")
    assert code == 0 and out.startswith("validation  loss ")


TEXTS = """\
specc: 1
name: texts
data:
  text: {csv: reviews.csv, text_column: said, label_column: kind}
  preprocess:
    - TextVectorization: {max_tokens: 9, output_mode: multi_hot, pad_to_max_tokens: true}
model: [{Dense: {units: 1, activation: sigmoid}}]
train: {optimizer: adam, loss: binary_crossentropy, epochs: 1}
"""


@pytest.mark.keras
def test_texts_come_in_files_or_in_a_column(main: Main) -> None:
    said = ["all is good and well", "nothing is good here"] * 60
    rows = [f"{text} {n},{'ab'[n % 2]}" for n, text in enumerate(said)]
    Path("reviews.csv").write_text("\n".join(["said,kind", *rows]))
    code, _, err = main("run", written(TEXTS), "--quiet")
    assert code == 0, err
    Path("one.txt").write_text("all is good and well")
    Path("two.csv").write_text("said\nall is good and well\nnothing\n")
    Path("other.csv").write_text("text\nnothing\n")
    Path("latin.txt").write_bytes(b"caf\xe9")
    files = ["one.txt", "two.csv", "other.csv", "latin.txt"]
    code, out, err = main("predict", the_run(), *files, "--format", "csv")
    one, same, nothing = csv.DictReader(io.StringIO(out))
    assert one["probabilities.a"] == same["probabilities.a"] != nothing["probabilities.a"]
    assert code == 1 and [line.partition(": ")[2] for line in err.splitlines()] == [
        "`other.csv` has no column `said`",
        "`latin.txt` cannot be read: 'utf-8' codec can't decode byte 0xe9 in position 3: "
        "unexpected end of data",
    ]
