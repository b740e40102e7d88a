"""Records of TensorFlow: read file by file, shuffled and shared out."""

import gzip
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import Main
from data_scripts import executed, source_of
from running import alone, member, the_run, written

from specc.inspect.tfrecord import look

pytestmark = [
    pytest.mark.usefixtures("workplace"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
FEATURES: dict[str, Any] = {
    "pixels": {"shape": [4, 4, 1]},
    "raw": {"shape": [4, 4, 1], "decode": "raw"},
    "image": {"shape": [4, 4, 1], "decode": "image"},
    "label": {"dtype": "int64"},
}
SPEC = """\
specc: 1
data:
  tfrecord:
    train: shards/*.tfrecord
    features: {pixels: {shape: [4, 4, 1]}, label: {dtype: int64}}
    x: pixels
    y: label
  batch_size: 8
  preprocess: [Normalization]
model: [Flatten, {Dense: {units: 3, activation: softmax}}]
train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 2}
"""


def source(x: str = "pixels", **options: Any) -> Any:
    given = {"train": "shards/*.tfrecord", "features": FEATURES, "x": x, "y": "label"}
    return source_of({"tfrecord": given | options})


def write(rows: Sequence[int] = (10, 7, 13, 5), compression: str = "") -> None:
    """Files of so many records; a record's pixels all have its number."""
    import tensorflow as tf

    def record(number: int) -> bytes:
        pixels = np.full((4, 4, 1), number, "uint8")
        feature = {
            "pixels": tf.train.Feature(float_list=tf.train.FloatList(value=pixels.ravel())),
            "label": tf.train.Feature(int64_list=tf.train.Int64List(value=[number % 2])),
            "raw": _bytes(pixels.tobytes()),
            "image": _bytes(tf.io.encode_png(pixels).numpy()),
        }
        features = tf.train.Features(feature=feature)
        return bytes(tf.train.Example(features=features).SerializeToString())

    Path("shards").mkdir()
    for index, count in enumerate(rows):
        first = sum(rows[:index])
        with tf.io.TFRecordWriter(f"shards/{index}.tfrecord", compression) as writer:
            for number in range(first, first + count):
                writer.write(record(number))


def _bytes(value: bytes) -> Any:
    import tensorflow as tf

    return tf.train.Feature(bytes_list=tf.train.BytesList(value=[value]))


def numbers(dataset: Any) -> list[list[int]]:
    """The numbers of the records in each batch; each with the label that belongs to it."""
    batches = []
    for x, y in dataset:
        found = x.numpy().reshape(len(x), -1)
        assert x.shape[1:] == (4, 4, 1) and (found == found[:, :1]).all()
        assert (found[:, 0] % 2 == y.numpy()).all()
        batches.append(found[:, 0].astype(int).tolist())
    return batches


@pytest.mark.keras
@pytest.mark.parametrize("x", ["pixels", "raw", "image"])
@pytest.mark.parametrize("compression", [None, "GZIP"])
def test_records_come_file_by_file(x: str, compression: str | None) -> None:
    write(compression=compression or "")
    script = executed(source(x, compression=compression))
    data = script["load_data"](Path())
    assert data.train.count == 35
    rows = numbers(script["batches"](script["records"](data.train.files)))
    assert rows == [list(range(32)), [32, 33, 34]]


@pytest.mark.keras
def test_every_epoch_has_each_record_once_in_an_order_of_its_own() -> None:
    write()
    script = executed(source(files_at_once=2, shuffle_buffer=16))
    part = script["load_data"](Path()).train
    found = numbers(script["shuffled"](part, 0, 3))
    steps = math.ceil(35 / 32)
    epochs = [sum(found[start * steps : (start + 1) * steps], []) for start in range(3)]
    assert all(sorted(epoch) == list(range(35)) for epoch in epochs)
    assert len({tuple(epoch) for epoch in epochs}) == 3
    assert numbers(script["shuffled"](part, 1, 3)) == found[steps:]
    assert numbers(script["shuffled"](part, 0, 3)) == found


@pytest.mark.keras
def test_parts_are_made_of_whole_files_and_a_run_is_its_script(main: Main) -> None:
    write()
    code, out, err = main("run", written(SPEC))
    assert (code, err) == (0, ""), err
    run = the_run()
    output = alone(run / "spec.py", "--data-dir", str(Path.cwd()))
    assert (run / "history.csv").read_bytes() == (output / "history.csv").read_bytes()
    weights = "model.weights.h5"
    assert member(run / "model.keras", weights) == member(output / "model.keras", weights)
    names: dict[str, Any] = {"__name__": "script"}
    exec((run / "spec.py").read_text(), names)
    data = names["load_data"](Path())
    assert len(data.train.files) == 3 and len(data.validation.files) == 1
    assert data.train.count + data.validation.count == 35
    assert not set(data.train.files) & set(data.validation.files)


@pytest.mark.keras
def test_steps_go_on_in_the_same_pass() -> None:
    from specc.api import emit, loads

    write()
    names: dict[str, Any] = {"__name__": "script"}
    exec(emit(loads(SPEC.replace("epochs: 2", "epochs: 4, steps_per_epoch: 2"))), names)
    part = names["part_of"](names["find"]("shards/*.tfrecord").files)
    whole = numbers(names["shuffled"](part, 0).take(10))
    assert sorted(sum(whole[:5], [])) == sorted(sum(whole[5:], [])) == list(range(35))
    assert numbers(names["shuffled"](part, 1).take(8)) == whole[2:]


def test_what_is_wrong_with_files_is_found_without_tensorflow(workplace: Path) -> None:
    def found(**options: Any) -> list[tuple[Any, ...]]:
        facts, findings = look(source(**options), ("data", "tfrecord"), workplace, None)
        assert facts.shape == (4, 4, 1) and facts.labels == "integer"
        shown = [(each.code, each.path[-1], each.message) for each in findings]
        return [*shown, *(each.reason for each in facts.missing)]

    assert found(train="no/*.x", test="none") == ["fits no file", "does not exist"]
    Path("empty").touch()
    Path("text").write_text("this is no file of records, whatever it is")
    Path("zipped").write_bytes(gzip.compress(bytes(16)))
    Path("right").write_bytes(bytes(16))
    assert found(train="right") == []
    assert found(train="gs://bucket/x-*") == []
    assert found(train="empty") == [("D527", "train", "`empty` is empty")]
    assert found(train="text") == [("D527", "train", "`text` holds no records")]
    assert found(train="right", test="zipped") == [
        ("D527", "test", "`zipped` is compressed: add `compression: GZIP`")
    ]
    assert found(train="zipped", compression="GZIP") == []


@pytest.mark.keras
def test_the_model_of_a_run_is_scored_on_labels(main: Main) -> None:
    write()
    code, _, err = main("run", written(SPEC), "--quiet")
    assert code == 0, err
    run = the_run()
    code, out, err = main("evaluate", run, "--format", "json")
    assert code == 0, err
    last = (run / "history.csv").read_text().splitlines()[-1].split(",")
    assert json.loads(out) == {"part": "validation", "loss": pytest.approx(float(last[-1]))}


def looked(main: Main, text: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    _, out, _ = main("data", written(text), "--format", "json")
    said = json.loads(out)
    return said["parts"], [each for each in said["findings"] if each["code"] != "D530"]


@pytest.mark.keras
def test_records_are_looked_at_one_by_one(main: Main) -> None:
    write()
    parts, found = looked(main, SPEC)
    assert sum(each["rows"] for each in parts.values()) == 35
    assert sum(each["classes"]["1"] for each in parts.values()) == 17
    assert max(each["values"][1] for each in parts.values()) == 34
    assert "D539" not in {each["code"] for each in found}


@pytest.mark.keras
def test_each_broken_record_is_told_with_its_file_and_number(main: Main) -> None:
    import tensorflow as tf

    write()
    file = Path("shards/0.tfrecord")
    damaged = bytearray(file.read_bytes())
    damaged[-20] ^= 0xFF
    file.write_bytes(damaged)
    with tf.io.TFRecordWriter("shards/1.tfrecord") as writer:
        for number, pixels in enumerate([[1.0] * 16, [1.0] * 9, [float("nan")] * 16, [2.0] * 3]):
            values = tf.train.Feature(float_list=tf.train.FloatList(value=pixels))
            label = tf.train.Feature(int64_list=tf.train.Int64List(value=[number + 2]))
            features = tf.train.Features(feature={"pixels": values, "label": label})
            writer.write(tf.train.Example(features=features).SerializeToString())
    parts, found = looked(main, SPEC)
    broken = {each["message"].split("`")[1]: each for each in found if each["code"] == "D539"}
    assert broken.keys() == {"shards/0.tfrecord", "shards/1.tfrecord"}
    first, other = broken["shards/0.tfrecord"], broken["shards/1.tfrecord"]
    assert first["message"].startswith("record 9 of `shards/0.tfrecord` cannot be read")
    assert other["message"].startswith("record 1 of `shards/1.tfrecord` cannot be parsed")
    assert [each["message"][:8] for each in other["notes"]] == ["record 3"]
    assert first["path"] == other["path"] == ["data", "tfrecord", "train"]
    assert sum(each.get("undecodable", 0) for each in parts.values()) == 3
    assert {"D542", "D544"} <= {each["code"] for each in found}
    code, _, err = main("run", written(SPEC), "--quiet")
    assert code == 1 and err.count("error[D539]") == 2 and not Path("runs").exists()
