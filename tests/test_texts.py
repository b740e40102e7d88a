"""Texts: which files are read, what is said of those that cannot be, and what is learned."""

import csv
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Main
from data_scripts import loaded, source_of
from running import alone, member, the_run, written
from test_inspect import look

from specc.api import loads
from specc.inspect.words import counted

FOLDERS = {"text": {"path": "p"}}
TABLE = {"text": {"csv": "p.csv", "text_column": "said", "label_column": "by"}}
SPEC = """\
specc: 1
name: texts
data:
  text: {train: t, validation: v}
  batch_size: 8
  preprocess: [{TextVectorization: {OPTIONS}}]
model: [{Dense: {units: 1, activation: sigmoid}}]
train: {optimizer: adam, loss: binary_crossentropy, metrics: [accuracy], epochs: 20}
"""
TF_IDF = "max_tokens: 40, output_mode: tf_idf, pad_to_max_tokens: true"
MULTI_HOT = "max_tokens: 40, output_mode: multi_hot, pad_to_max_tokens: true"


def fill(root: Path, texts: dict[str, str | bytes]) -> Path:
    for name, text in texts.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def odd_folder(root: Path) -> Path:
    fill(root, {"p/a/2.txt": "two", "p/a/deep/er.TXT": "\ufeffthree", "p/b/1.txt": "ein Stück"})
    fill(root, {"p/a/._2.txt": b"\xff", "p/__MACOSX/a/2.txt": "no", "p/a/.cache/x.txt": "no"})
    fill(root, {"p/a/notes.md": "no", "p/stray.txt": "no", "p/b/10.txt": "zehn\r\nWörter"})
    os.mkfifo(root / "p/a/pipe.txt")
    (root / "p/a/loop").symlink_to("..")
    (root / "p/loop").symlink_to(".")
    (root / "p/b/broken.txt").symlink_to("nowhere.txt")
    return root


@pytest.mark.keras
def test_the_script_reads_the_texts_that_were_counted(tmp_path: Path) -> None:
    facts, found = look(FOLDERS, odd_folder(tmp_path))
    assert not found
    assert (facts.class_names, facts.balance) == (("a", "b"), (2, 2))
    assert (facts.shape, facts.dtype, facts.labels) == ((), "string", "integer")
    assert facts.texts == counted(["two", "three", "ein Stück", "zehn Wörter"])
    [folder] = facts.folders
    assert (folder.artefacts, folder.strays, folder.skipped) == (("__MACOSX",), 1, 2)
    train = loaded(source_of(FOLDERS), tmp_path).train
    assert [text.decode() for text in train.x] == ["two", "three", "ein Stück", "zehn\nWörter"]
    assert train.y.tolist() == [0, 0, 1, 1]


BROKEN = {"p/a/1.txt": "good", "p/b/1.txt": b"a caf\xe9", "p/b/2.txt": b"\xef\xbb\xbf\xc3"}


@pytest.mark.keras
def test_bytes_that_are_no_text_are_told_with_their_place(tmp_path: Path) -> None:
    _, found = look(FOLDERS, fill(tmp_path, BROKEN))
    assert [(each.code, each.path) for each in found] == [("D527", ("data", "text", "path"))] * 2
    assert found[0].message == "`b/1.txt` is not UTF-8: byte 5 is 0xe9"
    assert found[1].message.startswith("`b/2.txt` is not UTF-8: byte ")
    with pytest.raises(ValueError, match=r"b/1\.txt is not UTF-8: byte 5"):
        loaded(source_of(FOLDERS), tmp_path)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"p/1.txt": "x", "p/2.txt": "x"}, "holds 2 texts but no class folders"),
        ({"p/a/1.md": "x"}, "holds no texts"),
    ],
)
def test_folders_that_cannot_be_used(files: dict[str, Any], said: str, tmp_path: Path) -> None:
    _, [found] = look(FOLDERS, fill(tmp_path, files))
    assert found.code == "D527" and said in found.message


def table(root: Path, *rows: tuple[str, ...]) -> Path:
    with (root / "p.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("number", "said", "by"), *rows])
    return root


@pytest.mark.keras
def test_a_column_of_a_csv_file(tmp_path: Path) -> None:
    long = "word " * 40_000
    rows = ("1", 'with "marks",\nand lines', "you"), ("2", "", "me"), ("3", long, "you")
    facts, found = look(TABLE, table(tmp_path, *rows), classes=None)
    assert not found
    assert (facts.class_names, facts.balance, facts.given) == (("me", "you"), (1, 2), {"train": 3})
    assert facts.ordered is False and facts.texts and facts.texts.empty == 1
    train = loaded(source_of(TABLE), tmp_path).train
    assert [text.decode() for text in train.x] == [text for _, text, _ in rows]
    assert train.y.tolist() == [1, 0, 1]
    facts, _ = look(TABLE, tmp_path, classes=("you",))
    assert facts.given == {"train": 2}
    train = loaded(source_of(TABLE), tmp_path, ("you",)).train
    assert train.y.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "has no column `said`: it has `a`, `b`"),
        (b"", "has no column `said`"),
        (b"said,by\nx,y\nz\n", "has no label in line 3"),
        (b"said,by\nx,\n", "has no label in line 2"),
        (b"said,by\n\xfc,y\n", "is not UTF-8: byte 8 is 0xfc"),
    ],
)
def test_csv_files_that_cannot_be_used(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_bytes(content)
    _, [found] = look(TABLE, tmp_path)
    assert (found.code, found.path) == ("D527", ("data", "text", "csv"))
    assert said in found.message


def test_what_is_missing_is_a_hint(tmp_path: Path) -> None:
    for source in (FOLDERS, TABLE):
        facts, [hint] = look(source, tmp_path)
        assert (hint.code, hint.severity) == ("D525", "hint") and not facts.present


CHECKS = [
    ("output_mode: multi_hot", ["S215"]),
    ("max_tokens: 40, output_mode: multi_hot", ["S215"]),
    (MULTI_HOT, []),
    ("vocabulary: [good, bad], output_mode: multi_hot", []),
]


@pytest.mark.parametrize(("options", "codes"), CHECKS)
def test_the_width_of_what_is_learned_must_be_known(options: str, codes: list[str]) -> None:
    found = loads(SPEC.replace("OPTIONS", options)).report.errors
    assert [each.code for each in found] == codes
    assert all(each.path[:3] == ("data", "preprocess", 0) for each in found)


WORDS = ["good", "fine", "bad", "poor", "film", "plot\x85twist", "end\u2028ing"]


def parts(train: Callable[[int], str]) -> None:
    """Texts of two classes, for training and for looking at."""
    for i in range(40):
        kind = ("bad", "good")[i % 2]
        fill(Path(), {f"t/{kind}/{i}.txt": train(i)})
        fill(Path(), {f"v/{kind}/{i}.txt": f"unseen {WORDS[i % 4]}"})


@pytest.mark.keras
@pytest.mark.usefixtures("workplace")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    "options",
    [
        TF_IDF,
        pytest.param(MULTI_HOT, marks=pytest.mark.slow),
        pytest.param("max_tokens: 40, output_sequence_length: 3", marks=pytest.mark.slow),
    ],
)
def test_the_saved_model_takes_texts(options: str, main: Main) -> None:
    import keras
    import tensorflow as tf

    parts(lambda i: f"{WORDS[i % 7]} {WORDS[i % 5]}, {WORDS[i % 2]}!")
    assert main("run", written(SPEC.replace("OPTIONS", options)), "--quiet")[0] == 0
    run = the_run()
    output = alone(run / "texts.py", "--data-dir", str(Path.cwd()))
    assert (run / "history.csv").read_bytes() == (output / "history.csv").read_bytes()
    weights = "model.weights.h5"
    assert member(run / "model.keras", weights) == member(output / "model.keras", weights)
    model, same = (
        keras.saving.load_model(folder / "model.keras", safe_mode=True) for folder in (run, output)
    )
    words = model.layers[0].get_vocabulary()
    assert words == same.layers[0].get_vocabulary()
    assert {"plot\x85twist", "end\u2028ing"} <= set(words) and "unseen" not in words
    texts = ["good film", "plot\x85twist bad unseen"]
    hidden, *layers = model.layers
    expected = hidden(tf.constant(texts))
    for layer in layers:
        expected = layer(expected)
    assert model.predict(tf.constant(texts), verbose=0) == pytest.approx(expected.numpy())
    files = sorted(map(str, Path("v").rglob("*.txt")))[:3]
    code, out, _ = main("predict", run, *files)
    rows = [line.split() for line in out.splitlines()[-3:]]  # behind what the script said
    assert code == 0 and [row[0] for row in rows] == files, out
    assert {row[1] for row in rows} <= {"bad", "good"}


@pytest.mark.keras
@pytest.mark.shared
def test_real_texts_are_those_that_keras_reads(shared: Path) -> None:
    import keras

    source = source_of({"text": {"path": "aclimdb_small/train"}})
    train = loaded(source, shared / "data").train
    folder = shared / "data" / "aclimdb_small" / "train"
    expected = keras.utils.text_dataset_from_directory(
        folder, shuffle=False, batch_size=None, verbose=False
    )
    pairs = [(text.numpy(), int(label)) for text, label in expected]
    assert sorted(zip(train.x, train.y.tolist(), strict=True)) == sorted(pairs)
