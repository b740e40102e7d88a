"""The data sources: what their declarations say equals what is really loaded."""

import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args
from unittest.mock import patch

import numpy as np
import pytest
import sklearn.datasets
from data_scripts import loaded, script_of, source_of

from specc.data.base import Known
from specc.data.catalogue import KERAS, REFUSED, SKLEARN
from specc.data.dataset import KerasName, SklearnName
from specc.data.parts import cuts, sizes
from specc.objects import Reader
from specc.program import Ratio

RECORDS: dict[str, Any] = {
    "train": "shards/train-*.tfrecord",
    "features": {
        "pixels": {"shape": [8, 8, 1]},
        "raw": {"shape": [8, 8, 1], "decode": "raw"},
        "image": {"shape": [8, 8, 3], "decode": "image"},
        "label": {"dtype": "int64"},
        "name": {"dtype": "string"},
    },
    "x": "pixels",
    "y": "label",
}
SERIES = {"path": "s.csv", "columns": ["a", "b"], "target": "b", "sequence_length": 3}
MASKS = {"path": "x", "size": 3, "masks": "m"}
INDEX = {"csv": "index.csv", "path_column": "file", "label_column": "kind", "size": 3}
SEVERAL = {"csv": "a/b.csv", "path_column": "f", "label_columns": ["red", "blue"], "size": [3, 2]}
SOURCES = [
    {"dataset": {"keras": "mnist"}},
    {"dataset": {"keras": "cifar10"}},
    {"dataset": {"keras": "cifar100", "label_mode": "coarse"}},
    {"dataset": {"keras": "imdb", "num_words": 10000, "sequence_length": 200}},
    {"dataset": {"keras": "cifar10", "path": "cifar10.npz"}},
    {"dataset": {"keras": "cifar10", "path": "cifar-10-batches-py"}},
    {"dataset": {"keras": "cifar100", "path": "cifar-100-python", "label_mode": "coarse"}},
    {"dataset": {"keras": "imdb"}},
    {"dataset": {"keras": "reuters", "test_split": 0.3, "maxlen": 400}},
    {"dataset": {"keras": "california_housing", "version": "small"}},
    {"dataset": {"keras": "mnist", "path": "mnist.npz"}},
    {"dataset": {"keras": "fashion_mnist", "path": "fashion"}},
    {"dataset": {"keras": "imdb", "path": "i.npz", "num_words": 10, "sequence_length": 20}},
    {"dataset": {"keras": "reuters", "path": "r.npz", "num_words": 100, "skip_top": 20}},
    {"dataset": {"keras": "imdb", "path": "i.npz", "num_words": 10, "maxlen": 20}},
    {"dataset": {"keras": "reuters", "path": "r.npz", "num_words": 100, "maxlen": 20}},
    {"dataset": {"keras": "california_housing", "version": "small", "path": "c.npz"}},
    {"dataset": {"sklearn": "digits"}},
    {"dataset": {"sklearn": "breast_cancer"}},
    {"arrays": {"path": "a.npz"}},
    {"arrays": {"path": "a.npz", "train": ["a", "b"], "validation": ["c", "d"]}},
    {"arrays": {"x": "x" * 40 + ".npy", "y": "y" * 40 + ".npy"}},
    {"arrays": {"train": ["x" * 40, "y" * 40], "test": ["x.npy", "y.npy"]}},
    {"python": {"function": "my_package.data:load", "shape": [28, 28, 1], "classes": 10}},
    {"python": {"function": "own:load", "shape": [None, 3], "dtype": "uint8"}},
    {"tfrecord": RECORDS},
    {"tfrecord": RECORDS | {"validation": "gs://b/v-*", "compression": "GZIP"}},
    {"tfrecord": RECORDS | {"x": "raw", "test": "t"}},
    {"tfrecord": RECORDS | {"x": "image"}},
    {"timeseries": SERIES},
    {"timeseries": SERIES | {"sampling_rate": 6, "delay": 0, "time": "d", "time_format": "%d"}},
    {"timeseries": SERIES | {"columns": ["x" * 40, "y" * 40], "missing": "NA", "fill": "previous"}},
    {"images": {"path": "photos", "size": 150}},
    {"text": {"path": "texts"}},
    {"text": {"train": "a", "validation": "b", "test": "c"}},
    {"text": {"csv": "texts.csv", "text_column": "text", "label_column": "label"}},
    {"images": {"train": "a", "validation": "b", "test": "c", "size": [30, 20], "color": "rgba"}},
    {"images": INDEX},
    {"images": INDEX | {"labels": "numbers", "path": "photos"}},
    {"images": INDEX | {"split_column": "part", "parts": ["train", "test"]}},
    {"images": INDEX | {"csv": {"train": "a.csv", "validation": "b.csv"}}},
    {"images": INDEX | {"csv": {"train": "a.csv", "test": "b.csv"}, "path": "photos"}},
    {"images": SEVERAL},
    {"images": SEVERAL | {"split_column": "x" * 40, "path": "photos"}},
]


LISTS = [
    {"dataset": {"keras": "imdb"}},
    {"dataset": {"keras": "imdb", "path": "i.npz", "num_words": 10}},
    {"dataset": {"keras": "reuters", "path": "r.npz", "num_words": 10, "skip_top": 5}},
]


@pytest.mark.parametrize(
    ("written", "ragged"),
    [*((each, False) for each in SOURCES), *((each, True) for each in LISTS)],
    ids=str,
)
def test_scripts_need_no_formatter(written: dict[str, Any], ragged: bool) -> None:
    text = script_of(source_of(written), ragged=ragged)
    ruff = [sys.executable, "-m", "ruff"]
    width = ["--isolated", "--line-length=88"]
    subprocess.run([*ruff, "format", "--diff", *width, "-"], input=text, text=True, check=True)
    select = ["check", "--select=E,F,I,W", *width, "-"]
    subprocess.run([*ruff, *select], input=text, text=True, check=True)


MISTAKES = [
    ({"dataset": {"keras": "mnits"}}, "F015", ("keras",)),
    ({"dataset": {"keras": "mnist", "sklearn": "iris"}}, "F017", ("sklearn",)),
    ({"dataset": {"num_words": 3}}, "F012", ()),
    ({"dataset": {"keras": "mnist", "num_words": 3}}, "F010", ("num_words",)),
    ({"dataset": {"sklearn": "iris", "sequence_length": 3}}, "F010", ("sequence_length",)),
    ({"dataset": {"sklearn": "iris", "path": "x"}}, "F017", ("path",)),
    ({"dataset": {"sklearn": "load_iris"}}, "F015", ("sklearn",)),
    ({"dataset": {"sklearn": "iirs"}}, "F015", ("sklearn",)),
    ({"dataset": {"sklearn": "make_moons"}}, "F024", ("sklearn",)),
    ({"dataset": {"sklearn": "20newsgroups"}}, "F024", ("sklearn",)),
    ({"dataset": {"keras": "cifar10", "path": "cifar-10-python.tar.gz"}}, "F014", ("path",)),
    ({"dataset": {"keras": "imdb", "path": "x"}}, "F012", ()),
    ({"dataset": {"keras": "reuters", "test_split": 1.5}}, "F014", ("test_split",)),
    ({"arrays": {"train": ["x"]}}, "F013", ("train",)),
    ({"arrays": {"x": "x.npy"}}, "F012", ()),
    ({"arrays": {"path": "x.npy"}}, "F014", ()),
    ({"arrays": {"path": "x.npz", "x": "a", "y": "b", "train": ["a", "b"]}}, "F017", ()),
    ({"arrays": {"validation": ["a", "b"]}}, "F012", ()),
    ({"python": {"function": "own.load", "shape": [3]}}, "F013", ("function",)),
    ({"python": {"function": "keras.datasets:load", "shape": [3]}}, "F014", ("function",)),
    ({"python": {"function": "json:load", "shape": [3]}}, "F014", ("function",)),
    ({"python": {"function": "own:load"}}, "F012", ()),
    ({"python": {"function": "own:load", "shape": [0]}}, "F013", ("shape",)),
    ({"python": {"function": "own:load", "shape": 3, "labels": "one_hot"}}, "F012", ()),
    (
        {"python": {"function": "own:load", "shape": 3, "labels": "real", "classes": 2}},
        "F017",
        (),
    ),
    ({"tfrecord": RECORDS | {"x": "pixel"}}, "F031", ()),
    ({"tfrecord": RECORDS | {"y": "name"}}, "F014", ()),
    ({"tfrecord": RECORDS | {"features": {}}}, "F016", ("features",)),
    (
        {"tfrecord": RECORDS | {"features": {"pixels": {"shape": [0]}}}},
        "F013",
        ("features", "pixels", "shape"),
    ),
    (
        {"tfrecord": RECORDS | {"features": {"pixels": {"shpae": [3]}, "label": {}}}},
        "F010",
        ("features", "pixels", "shpae"),
    ),
    (
        {"tfrecord": RECORDS | {"features": {"pixels": {"decode": "raw"}}}},
        "F014",
        ("features", "pixels"),
    ),
    ({"timeseries": SERIES | {"columns": []}}, "F013", ("columns",)),
    ({"timeseries": SERIES | {"columns": ["a", "a"]}}, "F013", ("columns",)),
    ({"timeseries": SERIES | {"columns": [1]}}, "F013", ("columns",)),
    ({"timeseries": SERIES | {"target": ""}}, "F013", ("target",)),
    ({"timeseries": SERIES | {"target": ["a", "b"]}}, "F013", ("target",)),
    ({"timeseries": SERIES | {"sequence_length": 0}}, "F014", ("sequence_length",)),
    ({"timeseries": SERIES | {"sampling_rate": 0}}, "F014", ("sampling_rate",)),
    ({"timeseries": SERIES | {"delay": -1}}, "F014", ("delay",)),
    ({"timeseries": SERIES | {"fill": "next"}}, "F015", ("fill",)),
    ({"timeseries": SERIES | {"missing": [-200]}}, "F013", ("missing",)),
    ({"timeseries": SERIES | {"time_format": "%d"}}, "F012", ()),
    ({"timeseries": {**SERIES, "paht": "s.csv"}}, "F010", ("paht",)),
    ({"text": {"test": "x"}}, "F012", ()),
    ({"text": {"path": "x", "train": "y"}}, "F017", ()),
    ({"text": {"path": "x", "text_column": "y"}}, "F012", ()),
    ({"text": {"csv": "x", "path": "y"}}, "F017", ()),
    ({"text": {"csv": "x", "text_column": "y"}}, "F012", ()),
    ({"images": {"size": 3}}, "F012", ()),
    ({"images": {"path": "x"}}, "F012", ()),
    ({"images": {"path": "x", "train": "y", "size": 3}}, "F017", ()),
    ({"images": {"path": " ", "size": 3}}, "F013", ("path",)),
    ({"images": {"path": "x", "size": [3, 0]}}, "F014", ("size",)),
    ({"images": {"path": "x", "size": 3, "color": "gray"}}, "F015", ("color",)),
    ({"images": {"path": "x", "size": 3, "label_column": "y"}}, "F012", ()),
    ({"images": INDEX | {"csv": {"test": "t.csv"}}}, "F013", ("csv",)),
    ({"images": INDEX | {"train": "x"}}, "F017", ()),
    ({"images": INDEX | {"path_column": ""}}, "F012", ()),
    ({"images": INDEX | {"label_columns": ["a"]}}, "F017", ()),
    ({"images": SEVERAL | {"labels": "numbers"}}, "F017", ()),
    ({"images": INDEX | {"parts": ["train"]}}, "F012", ()),
    ({"images": INDEX | {"parts": ["test"]}}, "F013", ("parts",)),
    ({"images": INDEX | {"csv": {"train": "t.csv"}, "split_column": "s"}}, "F017", ()),
    ({"images": {"path": "x", "size": 3, "masks": {"all": "m"}}}, "F013", ("masks",)),
    ({"images": {"path": "x", "size": 3, "masks": 3}}, "F013", ("masks",)),
    ({"images": {"path": "x", "size": 3, "masks": "x"}}, "F017", ()),
    ({"images": {"train": "x", "test": "y", "size": 3, "masks": {"train": "m"}}}, "F012", ()),
    ({"images": {"train": "x", "size": 3, "masks": {"train": "m", "test": "n"}}}, "F017", ()),
    ({"images": {"path": "x", "size": 3, "mask_values": [0, 1]}}, "F012", ()),
    ({"images": MASKS | {"mask_values": [0, 256]}}, "F014", ("mask_values",)),
    ({"images": MASKS | {"mask_values": [0, 0]}}, "F014", ("mask_values",)),
    ({"images": MASKS | {"mask_values": "0, 1"}}, "F013", ("mask_values",)),
    ({"images": INDEX | {"masks": "m"}}, "F017", ()),
]


@pytest.mark.parametrize(("written", "code", "option"), MISTAKES, ids=str)
def test_one_located_finding_per_mistake(
    written: dict[str, Any], code: str, option: tuple[str, ...]
) -> None:
    reader = Reader()
    reader.object("sources", written, ("data",))
    [word] = written
    assert [(f.code, f.path) for f in reader.found] == [(code, ("data", word, *option))]


def test_every_data_set_of_the_catalogue_can_be_named() -> None:
    assert set(get_args(KerasName)) == set(KERAS)
    assert set(get_args(SklearnName)) == set(SKLEARN)


@pytest.mark.keras
def test_every_data_set_there_is_can_be_named_or_is_refused_with_a_reason() -> None:
    import keras

    found = [name for name in dir(keras.datasets) if not name.startswith("_")]
    assert set(found) == set(KERAS)
    loaders = re.findall(r"\b(?:load|fetch|make)_(\w+)", " ".join(sklearn.datasets.__all__))
    assert set(loaders) <= {*SKLEARN, *REFUSED}


SPLITS = [
    (["train"], None, [("validation", 0.2)], [80, 20, None]),
    (["train"], "none", [], [100, None, None]),
    (["train", "validation"], None, [], [100, 7, None]),
    (["train", "test"], {}, [("validation", 0.2)], [80, 20, 7]),
    (["train", "test"], {"test": 0.5, "validation": 0.3}, [("validation", 0.3)], [70, 30, 7]),
    (
        ["train"],
        {"train": 0.6, "validation": 0.2, "test": 0.2},
        [("test", 0.2), ("validation", 0.25)],
        [60, 20, 20],
    ),
    (
        ["train"],
        {"validation": 0.1, "test": 0.1},
        [("test", 0.1), ("validation", Ratio(1, 9))],
        [80, 10, 10],
    ),
    (["train"], {"train": 0.7}, [("validation", 0.3)], [70, 30, None]),
    (
        ["train"],
        {"train": 0.7, "test": 0.1},
        [("test", 0.1), ("validation", Ratio(2, 9))],
        [70, 20, 10],
    ),
    (["train"], {"train": 0.8, "test": 0.2}, [("test", 0.2), ("validation", 0.2)], [64, 16, 20]),
    (["train"], {"test": 10}, [("test", 10), ("validation", 0.2)], [72, 18, 10]),
]


@pytest.mark.parametrize(("given", "split", "cut", "rows"), SPLITS, ids=str)
def test_parts(given: list[str], split: Any, cut: list[Any], rows: list[int | None]) -> None:
    section = SimpleNamespace(**split) if isinstance(split, dict) else split
    assert cuts(given, section) == tuple(cut)
    have = {part: 100 if part == "train" else 7 for part in given}
    found = sizes(have, cuts(given, section))
    assert [found.get(part) for part in ("train", "validation", "test")] == rows


@pytest.mark.keras
@pytest.mark.parametrize("name", SKLEARN)
def test_sklearn_data_are_what_the_catalogue_says(name: str) -> None:
    source = source_of({"dataset": {"sklearn": name}})
    known = source.known()
    train = loaded(source, Path()).train
    assert len(train.x) == len(train.y) == known.parts["train"]
    assert (train.x.shape[1:], str(train.x.dtype)) == (known.shape, known.dtype)
    assert (train.x.min(), train.x.max()) == pytest.approx(known.range, rel=1e-5)
    assert train.y.shape[1:] == known.target_shape
    if known.labels == "real":
        assert (train.y.min(), train.y.max()) == known.target_range
    else:
        bunch = getattr(sklearn.datasets, f"load_{name}")()
        assert tuple(map(str, bunch.target_names)) == known.class_names
        assert tuple(np.bincount(train.y.astype(int))) == known.balance
        assert known.ordered == bool((np.diff(train.y) >= 0).all())


IDS = {
    "num_words": 3000, "skip_top": 20, "start_char": 3, "oov_char": 4, "index_from": 5,
}  # fmt: skip
LOCAL = [
    ("mnist/mnist.npz", {}),
    ("fashion_mnist", {}),
    ("boston_housing/boston_housing.npz", {}),
    ("boston_housing/boston_housing.npz", {"seed": 7, "test_split": 0.33}),
    ("imdb/imdb.npz", {"num_words": 2000, "sequence_length": 80}),
    ("imdb/imdb.npz", {"num_words": 99, "sequence_length": 80, "maxlen": 100}),
    ("reuters/reuters.npz", {"num_words": 99, "maxlen": 60, "test_split": 0.3}),
    ("reuters/reuters.npz", IDS | {"seed": 1, "test_split": 0.3}),
]


@pytest.mark.keras
@pytest.mark.shared
@pytest.mark.parametrize(("file", "options"), LOCAL, ids=str)
def test_local_copies_are_read_as_keras_reads_its_own(
    file: str, options: dict[str, Any], shared: Path
) -> None:
    """The oracle is the script without `path`, with the download replaced by the local copy."""
    name = file.split("/")[0]
    local = source_of({"dataset": {"keras": name, "path": file} | options})
    remote = source_of({"dataset": {"keras": name} | options})
    read = loaded(local, shared / "data")
    with downloads_from(shared / "data" / file, name):
        expected = loaded(remote, Path())
    for mine, theirs in zip(read, expected, strict=True):
        assert mine.x.dtype == theirs.x.dtype
        assert np.array_equal(mine.x, theirs.x)
        assert np.array_equal(mine.y, theirs.y)
    agrees(local.known(), read)


@pytest.mark.keras
@pytest.mark.shared
@pytest.mark.parametrize("more", [{"num_words": 2000}, IDS], ids=str)
@pytest.mark.parametrize("name", ["imdb", "reuters"])
def test_lists_of_words_are_those_of_keras(name: str, more: dict[str, Any], shared: Path) -> None:
    """Where nothing is padded, each text has the ids that Keras' own loader gives it."""
    import keras

    file = f"{name}/{name}.npz"
    local = source_of({"dataset": {"keras": name, "path": file} | more})
    remote = source_of({"dataset": {"keras": name} | more})
    read = loaded(local, shared / "data", ragged=True)
    with downloads_from(shared / "data" / file, name):
        downloaded = loaded(remote, Path(), ragged=True)
        expected = getattr(keras.datasets, name).load_data(**more)
    for mine, theirs, (x, y) in zip(read, downloaded, expected, strict=True):
        assert np.array_equal(mine.y, y)
        for row in range(0, len(y), 100):
            assert mine.x[row].tolist() == theirs.x[row].tolist() == x[row]


def agrees(known: Known, read: Any) -> None:
    """Everything that is declared of a data set holds for what was read."""
    for part in ("train", "test"):
        assert known.parts[part] in (None, len(getattr(read, part).y))
    assert str(read.train.x.dtype) == known.dtype
    assert known.shape in ((None,), read.train.x.shape[1:])
    y = np.concatenate([part.y for part in read])
    x = np.concatenate([part.x.ravel() for part in read])
    assert known.balance in ((), tuple(np.bincount(read.train.y.astype(int))))
    assert known.classes in (None, len(np.unique(y))) or None in known.parts.values()
    assert known.vocabulary is None or x.max() < known.vocabulary
    assert known.range in (None, (x.min(), x.max()))
    assert known.target_range in (None, (y.min(), y.max()))


@contextmanager
def downloads_from(place: Path, name: str) -> Iterator[None]:
    """Lets Keras find a data set in a local copy, whose hash is not that of its own file."""
    import keras  # noqa: F401

    def get_file(fname: str = "", *args: Any, **kwargs: Any) -> str:
        return str(place / fname if place.is_dir() else place)

    with patch(f"keras.src.datasets.{name}.get_file", get_file):
        yield


@pytest.mark.keras
@pytest.mark.parametrize("name", ["cifar10", "cifar100"])
@pytest.mark.parametrize("columns", [True, False])
def test_local_colours_are_those_of_keras(name: str, columns: bool, tmp_path: Path) -> None:
    """Labels of a copy may stand in a column, as Keras gives them, or in a row."""
    random = np.random.default_rng(0)
    parts = [
        (random.integers(0, 256, (n, 32, 32, 3), "uint8"), random.integers(0, 10, (n, 1)))
        for n in (7, 5)
    ]
    (x, y), (x_test, y_test) = parts
    shape = (-1, 1) if columns else (-1,)
    arrays = {"y_train": y.reshape(shape), "y_test": y_test.reshape(shape)}
    np.savez(tmp_path / "c.npz", x_train=x, x_test=x_test, **arrays)
    read = loaded(source_of({"dataset": {"keras": name, "path": "c.npz"}}), tmp_path)
    with patch(f"keras.datasets.{name}.load_data", lambda: parts):
        expected = loaded(source_of({"dataset": {"keras": name}}), Path())
    for mine, theirs in zip(read, expected, strict=True):
        assert np.array_equal(mine.x, theirs.x) and np.array_equal(mine.y, theirs.y)


BATCHES = [
    ("cifar10", "labels", {}, [*(f"data_batch_{number}" for number in range(1, 6)), "test_batch"]),
    ("cifar100", "fine_labels", {}, ["train", "test"]),
    ("cifar100", "coarse_labels", {"label_mode": "coarse"}, ["train", "test"]),
]


@pytest.mark.keras
@pytest.mark.parametrize(("name", "key", "options", "files"), BATCHES)
def test_batches_of_colours_are_read_as_keras_reads_them(
    name: str, key: str, options: dict[str, Any], files: list[str], tmp_path: Path
) -> None:
    """The files have the names and the form of the original ones, with fewer rows."""
    from keras.src.datasets.cifar import load_batch

    random = np.random.default_rng(0)
    for file in files:
        batch = {b"data": random.integers(0, 256, (4, 3072), "uint8"), key.encode(): [1, 9, 4, 0]}
        (tmp_path / file).write_bytes(pickle.dumps(batch, 3))
    read = loaded(source_of({"dataset": {"keras": name, "path": "."} | options}), tmp_path)
    for part, names in ((read.train, files[:-1]), (read.test, files[-1:])):
        pixels, labels = zip(*(load_batch(tmp_path / file, key) for file in names), strict=True)
        assert np.array_equal(part.x, np.concatenate(pixels).transpose(0, 2, 3, 1))
        assert np.array_equal(part.y, np.concatenate(labels))


@pytest.mark.keras
def test_batches_of_colours_that_are_no_arrays_are_refused(tmp_path: Path) -> None:
    for file in ("train", "test"):
        (tmp_path / file).write_bytes(pickle.dumps({b"data": Evil()}))
    with pytest.raises(pickle.UnpicklingError, match="does not belong"):
        loaded(source_of({"dataset": {"keras": "cifar100", "path": "."}}), tmp_path)


@pytest.mark.keras
def test_a_pickle_that_asks_for_more_than_arrays_is_refused(tmp_path: Path) -> None:
    evil = np.empty(1, dtype=object)
    evil[0] = Evil()
    np.savez(tmp_path / "i.npz", x_train=evil, x_test=evil, y_train=[1], y_test=[1])
    options = {"keras": "imdb", "path": "i.npz", "num_words": 10}
    with pytest.raises(pickle.UnpicklingError, match="does not belong"):
        loaded(source_of({"dataset": options}), tmp_path)
    assert not (tmp_path / "evil").exists()


class Evil:
    """Unpickling it would call `print`."""

    def __reduce__(self) -> tuple[Any, ...]:
        return print, ("evil",)


@pytest.mark.keras
@pytest.mark.parametrize("zipped", [True, False])
def test_arrays_are_read_as_they_are(zipped: bool, tmp_path: Path) -> None:
    arrays = {
        name: np.random.default_rng(n).normal(size=(5, n + 1)).astype("float32")
        for n, name in enumerate(("a", "b", "c", "d"))
    }
    np.savez(tmp_path / "all.npz", **arrays)
    for name, array in arrays.items():
        np.save(tmp_path / f"{name}.npy", array)
    end = "" if zipped else ".npy"
    options: dict[str, Any] = {"train": [f"a{end}", f"b{end}"], "test": [f"c{end}", f"d{end}"]}
    data = loaded(
        source_of({"arrays": options | ({"path": "all.npz"} if zipped else {})}), tmp_path
    )
    found = (data.train.x, data.train.y, data.test.x, data.test.y)
    assert all(np.array_equal(a, b) for a, b in zip(found, arrays.values(), strict=True))
