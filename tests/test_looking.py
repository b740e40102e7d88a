"""`specc data`: what is there, what is broken, and what leaks."""

import json
import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from bad_files import COLOURS, bad_files, bmp, drawn, folder, good_files, png
from conftest import Main
from PIL import Image
from running import ARRAYS, alone, arrays, record, the_run, written

from specc.api import emit, loads
from specc.looking import cache, decoding, held, leaks
from specc.looking.cache import Looked
from specc.runs import packages

pytestmark = [
    pytest.mark.keras,
    pytest.mark.usefixtures("workplace"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
PHOTOS = """\
specc: 1
name: photos
data:
  images: {path: photos, size: [16, 16]}
  batch_size: 4
  preprocess: [{Rescaling: 1/255}]
  split: {validation: 0.25}
model: [{Conv2D: {filters: 2, kernel_size: 3, activation: relu}}, Flatten,
  {Dense: {units: 1, activation: sigmoid}}]
train: {optimizer: adam, loss: binary_crossentropy, epochs: 1}
"""
PARTS = PHOTOS.replace("path: photos", "train: photos/train, test: photos/test")
SKIP = PHOTOS.replace("  split:", "  on_bad: skip\n  split:")
Found = list[dict[str, Any]]


def looked(main: Main, text: str, *words: str) -> tuple[int, dict[str, Any], Found]:
    """What `specc data --format json` says of a spec: exit code, parts and findings."""
    code, out, err = main("data", written(text), "--format", "json", *words)
    assert err == ""
    said = json.loads(out)
    return code, said["parts"], said["findings"]


def codes(found: Found) -> set[str]:
    """What was found in the data, without advice on how much of them there should be."""
    return {each["code"] for each in found} - {"D510", "D530"}


def pictures(place: str, count: int, first: int = 0) -> None:
    """Pictures that differ, of 8x8 random fields."""
    Path(place).mkdir(parents=True)
    for i in range(first, first + count):
        fields = random.Random(i).randbytes(64)
        Image.frombytes("L", (8, 8), fields).resize((32, 32), 0).save(Path(place, f"{i}.png"))


def test_each_bad_file_is_a_finding_and_no_good_one(main: Main) -> None:
    bad = list(folder(Path("photos/a")))
    pictures("photos/b", 3)
    code, parts, found = looked(main, PHOTOS)
    broken = [each for each in found if each["code"] == "D539"]
    assert len(bad) >= 30 and len(broken) == len(bad) and code == 1
    said = {each["message"].split("`")[1]: each["message"].partition("` ")[2] for each in broken}
    assert said.keys() == {f"photos/a/{name}" for name in bad}
    for name, (reason, _) in bad_files().items():
        assert reason in said[f"photos/a/{name}"]
    assert {(each["line"], each["column"]) for each in broken} == {(4, 18)}
    assert sum(part["undecodable"] for part in parts.values()) >= len(bad)


def test_good_files_pass(main: Main) -> None:
    Path("photos/a").mkdir(parents=True)
    for name, make in good_files().items():
        make(Path("photos/a", name))
    pictures("photos/b", 6)
    _, parts, found = looked(main, PHOTOS)
    assert codes(found) <= {"D507"}  # some of them are copies
    assert sum(part["rows"] for part in parts.values()) == len(good_files()) + 6


@pytest.mark.parametrize("on_bad", ["error", "skip"])
def test_what_is_decoded_into_something_else_is_found(main: Main, on_bad: str) -> None:
    pictures("photos/a", 8)
    pictures("photos/b", 8, 8)
    Path("photos/a/palette.bmp").write_bytes(bmp(8, COLOURS))
    Path("photos/a/bits.png").write_bytes(png(depth=4))
    text = SKIP.replace("on_bad: skip", f"on_bad: {on_bad}")
    code, out, err = main("run", written(text), "--quiet")
    assert code == 1 and not Path("runs").exists()
    assert err.count("[D580]") == 1 and "`photos/a/palette.bmp` is BMP with a palette" in err
    _, _, found = looked(main, text.replace("16]", "16], color: rgba"))
    said = {each["message"].split("`")[1] for each in found if each["code"] == "D580"}
    assert said == {"photos/a/palette.bmp", "photos/a/bits.png"}


FORMS = {
    "grayscale": {
        "a.webp": ("is WebP, which", drawn("WEBP")),
        "a.gif": ("is GIF", drawn("GIF", "P")),
        "a.bmp": ("is BMP, which", bmp()),
        "a.jpg": ("is JPEG in CMYK", drawn("JPEG", "CMYK")),
    },
    "rgba": {
        "a.webp": ("is WebP without transparency", drawn("WEBP")),
        "b.webp": ("is WebP without", drawn("WEBP", lossless=True)),
        "a.gif": ("is GIF", drawn("GIF", "P")),
        "a.jpg": ("is JPEG, which", drawn("JPEG")),
    },
}


@pytest.mark.parametrize("color", FORMS)
def test_forms_that_are_not_decoded_with_such_colours(main: Main, color: str) -> None:
    pictures("photos/a", 8)
    pictures("photos/b", 8, 8)
    for name, (_, content) in FORMS[color].items():
        Path("photos/a", name).write_bytes(content)
    _, _, found = looked(main, PHOTOS.replace("16]", f"16], color: {color}"))
    said = {
        each["message"].split("`")[1][9:]: each["message"]
        for each in found
        if each["code"] == "D539"
    }
    for name, (reason, _) in FORMS[color].items():
        assert f"` {reason}" in said[name]


def test_what_is_known_is_not_opened_again(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    really = decoding._read
    monkeypatch.setattr(
        decoding, "_read", lambda file, *more: opened.append(file) or really(file, *more)
    )
    pictures("photos/a", 4)
    pictures("photos/b", 4, 4)
    first = looked(main, PHOTOS)
    assert len(opened) == 8
    assert looked(main, PHOTOS) == first and len(opened) == 8
    Path("photos/a/1.png").write_bytes(b"")
    code, _, found = looked(main, PHOTOS)
    assert opened[8:] == ["photos/a/1.png"]
    assert code == 1 and "`photos/a/1.png` is empty" in found[-1]["message"]


DAMAGE = (
    b"", b"\0" * 50, b"[" * 100_000, b"[]", b'{"version": 1}', b'{"version": 1, "files": 3}',
    b'{"version": 1, "files": {"a": null, "b": [], "c": [1, 2, 3, 4, 5, 6, 7]}}',
)  # fmt: skip


@pytest.mark.parametrize("content", DAMAGE)
def test_a_damaged_cache_is_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "cache.json"
    file.write_bytes(content)
    assert cache.load(file) == {}
    cache.save(file, {"a": Looked(1, 2, "is empty")})
    assert cache.load(file) == {"a": Looked(1, 2, "is empty")}


def test_a_cache_that_cannot_be_written_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache.save(tmp_path / "file" / "cache.json", {})
    assert cache.load(tmp_path / "file" / "cache.json") == {}


def test_a_run_stops_before_it_trains(main: Main) -> None:
    pictures("photos/a", 8)
    pictures("photos/b", 8, 8)
    Path("photos/a/0.png").write_bytes(b"<html>")
    code, out, err = main("run", written(PHOTOS))
    assert (code, out) == (1, "") and not Path("runs").exists()
    assert "error[D539]: `photos/a/0.png` holds HTML, not an image\n  --> spec.yaml:4:18" in err


BAD = ("a/0.png", "b/9.png")


def test_skipping_leaves_out_what_is_broken(main: Main) -> None:
    pictures("photos/a", 8)
    pictures("photos/b", 8, 8)
    for name in BAD:
        Path("photos", name).write_bytes(b"<html>")
    code, _, err = main("run", written(SKIP))
    assert code == 0 and "hint[D540]: 2 files are left out" in err
    kept = record(the_run())
    assert kept["left_out"] == [f"photos/{bad}" for bad in BAD]
    assert "D540" in [each["code"] for each in kept["checked"]["findings"]]
    script = the_run() / "photos.py"
    data = loaded(script).load_data(Path())
    assert sorted([*data.train.rows, *data.validation.rows]) == [*range(14)]
    read = {file.decode() for file in data.train.x.numpy()}
    assert len(read) == 14 and not read & {str(Path("photos", bad)) for bad in BAD}
    output = alone(script, "--data-dir", str(Path.cwd()))
    assert (output / "history.csv").read_bytes() == (the_run() / "history.csv").read_bytes()


@pytest.mark.parametrize(
    ("source", "evaluate", "parts"),
    [
        ("path: photos", "", ["train"]),
        ("path: photos", "evaluate: {k_fold: 3}\n", ["train"]),
        ("train: a, validation: b, test: c", "", ["train", "validation", "test"]),
    ],
)
def test_what_is_read_is_what_is_skipped_in(source: str, evaluate: str, parts: list[str]) -> None:
    text = SKIP.replace("path: photos", source).replace("  split: {validation: 0.25}\n", "")
    script = emit(loads(text + evaluate))
    assert re.findall(r"(\w+) = decodable\(\1\)", script) == parts


def loaded(script: Path) -> Any:
    from specc.runs import module

    return module.load(script.read_text(), script)


def test_images_in_an_index(main: Main) -> None:
    pictures("photos", 8)
    Path("photos/3.png").write_bytes(b"")
    lines = [f"{i}.png,{'ab'[i % 2]}" for i in range(8)]
    Path("photos/index.csv").write_text("\n".join(["file,kind", *lines]))
    index = "csv: photos/index.csv, path_column: file, label_column: kind"
    code, parts, found = looked(main, PHOTOS.replace("path: photos", index))
    [broken] = [each for each in found if each["code"] == "D539"]
    assert (code, broken["path"]) == (1, ["data", "images", "csv"])
    assert broken["message"] == "`photos/3.png` is empty"
    assert sum(part["classes"]["a"] for part in parts.values()) == 4


def test_nothing_that_is_broken_trains(main: Main) -> None:
    bad = list(folder(Path("photos/a")))
    pictures("photos/b", 9)
    code, _, err = main("run", written(SKIP), "--quiet")
    assert code == 0 and f"hint[D540]: {len(bad)} files are left out" in err


@pytest.mark.parametrize("verb", ["data", "run"])
def test_a_name_that_is_no_text(main: Main, verb: str) -> None:
    pictures("photos/a", 8)
    pictures("photos/b", 8, 8)
    try:
        Path(os.fsdecode(b"photos/a/caf\xe9.png")).write_bytes(b"")
    except OSError:
        return  # there can be no such name on this system
    code, out, err = main(verb, written(PHOTOS))
    assert code == 1 and not Path("runs").exists()
    assert "error[D539]: `photos/a/caf\\udce9.png` has a name that is not UTF-8" in out + err


def test_copies_in_two_parts(main: Main) -> None:
    for part in ("train", "test"):
        pictures(f"photos/{part}/a", 4, 0 if part == "train" else 20)
        pictures(f"photos/{part}/b", 4, 10 if part == "train" else 30)
    assert not codes(looked(main, PARTS)[2]) & {"D507", "D541"}
    shutil.copy("photos/train/a/1.png", "photos/test/b/copy.png")
    _, _, found = looked(main, PARTS)
    [copy] = [each for each in found if each["code"] == "D507"]
    assert (copy["path"], copy["column"]) == (["data", "images", "test"], 39)
    assert copy["notes"][0]["message"] == (
        "`photos/test/b/copy.png` is a copy of `photos/train/a/1.png`"
    )


def test_nearly_the_same_images(main: Main) -> None:
    for part in ("train", "test"):
        pictures(f"photos/{part}/a", 4, 0 if part == "train" else 20)
        pictures(f"photos/{part}/b", 4, 10 if part == "train" else 30)
    Image.open("photos/train/a/1.png").save("photos/test/b/again.jpg", quality=80)
    _, _, found = looked(main, PARTS)
    [near] = [each for each in found if each["code"] == "D541"]
    assert near["notes"][0]["message"] == (
        "`photos/test/b/again.jpg` looks like `photos/train/a/1.png`"
    )


def test_a_preview_is_a_picture(main: Main) -> None:
    pictures("photos/a", 8)
    pictures("photos/b", 8, 8)
    looked(main, PHOTOS, "--preview", "sheet.png")
    with Image.open("sheet.png") as sheet:
        assert sheet.format == "PNG" and sheet.width == 1020  # six beside each other
    assert len(set(Image.open("sheet.png").convert("L").tobytes())) > 50


def test_a_preview_shows_what_augmentation_does(main: Main) -> None:
    pictures("photos/a", 8)
    pictures("photos/b", 8, 8)
    text = PHOTOS.replace("  split:", "  augment: {rotation_range: 60}\n  split:")
    looked(main, text, "--preview", "sheet.png")
    sheet = Image.open("sheet.png").convert("L")
    side = sheet.height // 8
    firsts = [sheet.crop((at * 170, 0, at * 170 + 170, side)).tobytes() for at in range(6)]
    assert sheet.width == 1020 and len(set(firsts)) == 6  # the image, and five changes of it


def test_a_preview_of_numbers_is_refused(main: Main) -> None:
    numbers()
    code, out, err = main("data", written(TESTED), "--preview", "sheet.png")
    assert (code, out) == (2, "") and not Path("sheet.png").exists()
    assert "specc: `--preview` draws images: rows of shape (4,) are no images" in err


def test_a_preview_needs_matplotlib(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures("photos/a", 4)
    pictures("photos/b", 4, 4)
    missing = packages.find_spec
    monkeypatch.setattr(packages, "find_spec", lambda n: None if n == "matplotlib" else missing(n))
    code, _, found = looked(main, PHOTOS, "--preview", "sheet.png")
    assert code == 1 and ("R805", 3) in {(each["code"], each["line"]) for each in found}


TESTED = ARRAYS.replace("train: [x, y]", "train: [x, y], test: [x_test, y_test]")


def numbers(**changes: Any) -> dict[str, Any]:
    """A training and a test part of normal numbers, but for some changes."""
    import numpy as np

    draw = np.random.default_rng(1)
    test = {"x_test": draw.normal(size=(30, 4)).astype("float32"), "y_test": np.arange(30) % 3}
    arrays(**{**test, **changes})
    return dict(np.load("data.npz"))


def test_sound_arrays_pass(main: Main) -> None:
    numbers()
    code, parts, found = looked(main, TESTED)
    assert code == 0 and not {each["code"] for each in found} & FOUND_IN_ARRAYS
    assert parts["train"]["classes"] == {"0": 16, "1": 16, "2": 16}
    assert parts["test"]["shape"] == [4] and parts["test"]["dtype"] == "float32"


def _with(name: str, change: Callable[[Any], Any]) -> Callable[[], object]:
    def make() -> object:
        data = numbers()
        data[name] = change(data[name])
        return numbers(**data)

    return make


def _put(index: Any, value: Any) -> Callable[[Any], Any]:
    def change(found: Any) -> Any:
        found[index] = value
        return found

    return change


def _rows_of_training_in_test() -> None:
    data = numbers()
    data["x_test"][:3] = data["x"][:3]
    numbers(**data)


def _target_among_the_features() -> None:
    data = numbers()
    data["x"][:, 1] = data["y"] * 2.5 - 1
    numbers(**data)


def _rows_counted() -> None:
    import numpy as np

    data = numbers()
    data["x"][:, 3], data["x_test"][:, 3] = np.arange(60), np.arange(30)
    numbers(**data)


NAN, INF = float("nan"), float("inf")
IN_ARRAYS: list[tuple[Callable[[], object], str, str, int]] = [
    (_with("x", _put((5, 2), NAN)), "D542", "x of the training part: 1 of 192 values are NaN", 36),
    (_with("x_test", _put((5, 2), NAN)), "D542", "x of the test part: 1 of 120 values", 50),
    (_with("x_test", _put((5, 2), INF)), "D542", "values are infinite", 50),
    (_with("x", _put((slice(None), 1), 3.0)), "D543", "column `1` of x has the same value", 36),
    (_with("x_test", lambda x: x * 255), "D502", "values of the test part are", 50),
    (_with("y_test", _put(4, 9)), "D544", "labels of the test part are 0 to 9", 58),
    (_with("y_test", lambda y: y % 2), "D514", "the test part has no rows of class `2`", 58),
    (_rows_of_training_in_test, "D507", "of the test part in the training part too", 50),
    (_target_among_the_features, "D523", "column `1` of x is the target itself", 36),
    (_rows_counted, "D523", "column `3` of x counts the rows", 36),
]
FOUND_IN_ARRAYS = {code for _, code, *_ in IN_ARRAYS}


@pytest.mark.parametrize(("make", "code", "said", "column"), IN_ARRAYS)
def test_what_is_wrong_with_arrays(
    main: Main, make: Callable[[], object], code: str, said: str, column: int
) -> None:
    make()
    _, _, found = looked(main, TESTED)
    told = [each for each in found if each["code"] in FOUND_IN_ARRAYS]
    assert {(each["code"], each["line"]) for each in told} == {(code, 4)}
    assert any(said in each["message"] and each["column"] == column for each in told)


@pytest.mark.parametrize("damage", ["cut", "empty", "text", "flipped"])
def test_broken_arrays(main: Main, damage: str) -> None:
    numbers()
    file = Path("data.npz")
    whole = bytearray(file.read_bytes())
    whole[300] ^= 0xFF
    contents = {"cut": whole[:500], "empty": b"", "text": b"no archive", "flipped": whole}
    file.write_bytes(contents[damage])
    code, _, found = looked(main, TESTED)
    assert code == 1 and "D527" in codes(found)


def test_what_only_reading_shows(main: Main) -> None:
    import numpy as np

    arrays(x=np.zeros((60, 6000), "float32"))
    file = Path("data.npz")
    whole = bytearray(file.read_bytes())
    whole[1_400_000] ^= 0xFF
    file.write_bytes(whole)
    code, parts, found = looked(main, ARRAYS)
    assert (code, parts) == (1, {}) and codes(found) == {"D527"}
    assert "the data cannot be read: BadZipFile: Bad CRC-32" in found[-1]["message"]


class Held(NamedTuple):
    """A part as scripts have it."""

    x: Any
    y: Any
    rows: Any


def test_rows_of_every_form_are_told_apart() -> None:
    import numpy as np
    import tensorflow as tf

    columns = {
        "numeric": tf.constant([[1.0], [1.0], [2.0]]),
        "colour": tf.constant(["a", "a", "a"]),
    }
    forms = (
        np.array([[1, 2], [1, 2], [2, 2]]),
        tf.constant(["words", "words", "other"]),
        tf.ragged.constant([[1, 2], [1, 2], [1]]),
        tf.constant([[0, 1, 2], [0, 1, 2], [0, 0, 1]]),
        columns,
    )
    for x in forms:
        one, same, other = held.marks(Held(x, None, np.arange(3)), padded=True)
        assert one == same != other
        assert held.marks(Held(x, None, np.array([2])), padded=True) == [other]
    padded = held.marks(Held(forms[3], None, np.arange(3)), padded=True)
    assert padded == held.marks(
        Held(tf.constant([[1, 2], [1, 2], [0, 1]]), None, np.arange(3)), padded=True
    )


def test_columns_go_by_their_names() -> None:
    import numpy as np

    script = ModuleType("script")
    script.NUMERIC = ["age", "height"]
    x = {"numeric": np.array([[1, 2], [3, 4]]), "colour": np.array(["a", "b"])}
    found = held.columns(Held(x, None, np.array([1])), script)
    assert {name: column.tolist() for name, column in found.items()} == {
        "age": [3], "height": [4], "colour": ["b"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("column", "target", "classes", "same"),
    [
        ([2.0, 4.0, 6.0], [1.0, 2.0, 3.0], False, True),
        ([2.0, 4.0, 5.0], [1.0, 2.0, 3.0], False, False),
        (["a", "b", "a"], [1, 0, 1], True, True),
        (["a", "b", "b"], [1, 0, 1], True, False),
        ([9, 7, 8], [1, 0, 1], True, False),
        (["a", "b", "c"], [1.0, 2.0, 3.0], False, False),
        ([1.0, 1.0, 1.0], [1.0, 2.0, 3.0], False, False),
    ],
)
def test_columns_that_are_the_target(
    column: list[Any], target: list[Any], classes: bool, same: bool
) -> None:
    import numpy as np

    assert leaks._same(np.array(column), np.array(target), classes) is same
