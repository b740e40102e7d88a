"""Images named in an index: what a look finds, and what the script reads."""

from dataclasses import replace
from inspect import signature
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from data_scripts import loaded, source_of
from test_inspect import fill, look

# Warnings of Keras and NumPy to each other are no failures of a run.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
INDEX = {"csv": "i.csv", "path_column": "file", "label_column": "kind", "size": [3, 2]}
CSV = "file,kind,red,blue,part\na/1.png,dog,1,0,train\n2.png,cat,1,1,test\na/3.png,dog,0,1,train\n"
SEVERAL = {k: v for k, v in INDEX.items() if k != "label_column"} | {
    "label_columns": ["red", "blue"]
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    fill(tmp_path, "a/1.png", "2.png", "a/3.png", "b/a/1.png", "b/2.png", "b/a/3.png")
    (tmp_path / "i.csv").write_text("\ufeff" + CSV + "\n", encoding="utf-8")
    (tmp_path / "b/test.csv").write_text("kind,file\ncat,2.png\ndog,2.png\n")
    return tmp_path


def index(**more: Any) -> dict[str, Any]:
    return {"images": INDEX | more}


def test_classes_are_counted(root: Path) -> None:
    facts, found = look(index(), root, split="none")
    assert not found
    assert (facts.class_names, facts.balance, facts.labels) == (("cat", "dog"), (1, 2), "integer")
    assert (facts.parts, facts.ordered, facts.present) == ({"train": 3}, False, True)


def test_several_labels_are_counted(root: Path) -> None:
    facts, found = look({"images": SEVERAL}, root)
    assert not found
    assert (facts.class_names, facts.balance, facts.labels) == (
        ("red", "blue"),
        (2, 2),
        "multi_hot",
    )


def test_numbers_have_a_range(root: Path) -> None:
    facts, found = look(index(label_column="red", labels="numbers"), root)
    assert not found
    assert (facts.labels, facts.target_range, facts.classes) == ("real", (0.0, 1.0), None)


def test_a_column_says_the_part(root: Path) -> None:
    facts, found = look(
        index(split_column="part", parts=["test", "train"], label_column="red"), root, split="none"
    )
    assert not found
    assert facts.parts == {"train": 2, "test": 1}


def test_what_is_not_there_is_no_error(tmp_path: Path) -> None:
    facts, [hint] = look(index(path="photos"), tmp_path)
    assert (hint.code, hint.severity, hint.path[-1]) == ("D525", "hint", "csv")
    assert not facts.present and len(facts.missing) == 2


FOUND = [
    ({"label_column": "kid"}, CSV, "D527", "no column `kid`", "label_column"),
    ({"path_column": "File"}, CSV, "D527", "no column `File`", "path_column"),
    ({"split_column": "parts"}, CSV, "D527", "no column `parts`", "split_column"),
    ({"split_column": "part"}, CSV, "D527", "no rows with `validation`", "csv"),
    ({}, CSV + "9.png,dog\n", "D527", "names a file that is not there in 1 line", "csv"),
    ({}, CSV + "a,dog\nb,dog\n", "D527", "names files that are not there in 2 lines", "csv"),
    ({}, CSV + "2.png\n", "D527", "line 5 of `i.csv` has too few columns", "csv"),
    ({}, CSV + "./2.png,dog\n", "D570", "names files twice in 2 lines", "csv"),
    ({}, CSV + "../2.png,dog\n", "D570", "a file outside of its folder in 1 line", "csv"),
    ({"labels": "numbers"}, CSV, "D527", "labels that are not a number in 3 lines", "csv"),
    ({"classes": ("dog", "cow")}, CSV, "D527", "a label that is not a class in 1 line", "csv"),
    ({}, "file,kind\n", "D527", "has no rows", "csv"),
    ({}, "file,kind,kind\n2.png,dog,cat\n", "D527", "two columns named `kind`", "label_column"),
    ({}, '"file', "D527", "is not a CSV file", "csv"),
    ({}, "file\xff", "D527", "is not a text in UTF-8", "csv"),
]


@pytest.mark.parametrize(("more", "text", "code", "said", "option"), FOUND)
def test_what_is_wrong_has_a_place(
    more: dict[str, Any], text: str, code: str, said: str, option: str, root: Path
) -> None:
    folder = root / "in"
    fill(folder, "a/1.png", "2.png", "a/3.png")
    fill(root, "2.png")
    (folder / "i.csv").write_bytes(text.encode("latin-1"))
    classes = {key: more[key] for key in ("classes",) if key in more}
    options = {key: value for key, value in more.items() if key not in classes}
    _, found = look(index(**options), folder, **classes)
    assert [each.code for each in found] == [code]
    assert said in found[0].message
    assert found[0].path == ("data", "images", option)


def test_the_nearest_column_is_offered(root: Path) -> None:
    _, [found] = look({"images": SEVERAL | {"label_columns": ["red", "bleu"]}}, root)
    assert (found.help, found.path[-1]) == ("did you mean `blue`?", 1)


def test_ten_lines_are_listed(root: Path) -> None:
    (root / "i.csv").write_text(CSV + "".join(f"no{i}.png,dog\n" for i in range(12)))
    _, [found] = look(index(), root)
    assert [found.notes[0].text, found.notes[10].text, len(found.notes)] == [
        "line 5: `no0.png`, `dog`",
        "and 2 more",
        11,
    ]


READ = [
    (index(), {"train": ["a/1.png", "2.png", "a/3.png"]}, [1, 0, 1]),
    ({"images": SEVERAL}, {"train": ["a/1.png", "2.png", "a/3.png"]}, [[1, 0], [1, 1], [0, 1]]),
    (
        index(labels="numbers", label_column="blue"),
        {"train": ["a/1.png", "2.png", "a/3.png"]},
        [0, 1, 1],
    ),
    (
        index(split_column="part", parts=["train", "test"], label_column="red", path="b"),
        {"train": ["b/a/1.png", "b/a/3.png"], "test": ["b/2.png"]},
        [1, 0],
    ),
    (
        index(csv={"train": "i.csv", "test": "b/test.csv"}),
        {"train": ["a/1.png", "2.png", "a/3.png"], "test": ["b/2.png", "b/2.png"]},
        [1, 0, 1],
    ),
]


@pytest.mark.keras
@pytest.mark.parametrize(("written", "files", "labels"), READ)
def test_the_script_reads_what_the_look_counts(
    written: dict[str, Any], files: dict[str, list[str]], labels: list[Any], root: Path
) -> None:
    facts, _ = look(written, root, split="none")
    data = loaded(source_of(written), root)
    for part, names in files.items():
        each = getattr(data, part)
        assert [Path(name.decode()).relative_to(root).as_posix() for name in each.x] == names
        assert len(each.rows) == facts.parts[part]
    assert data.train.y.tolist() == labels


SPEC = """\
specc: 1
name: photos
data:
  images: {csv: i.csv, path_column: file, label_columns: [dark, light], size: [8, 8]}
  batch_size: 4
  preprocess: [{Rescaling: 1/255}]
model: [{Conv2D: {filters: 2, kernel_size: 3, activation: relu}}, Flatten,
  {Dense: {units: 2, activation: sigmoid}}]
train: {optimizer: adam, loss: binary_crossentropy, epochs: 2}
"""


@pytest.mark.keras
def test_run_and_script_train_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tensorflow as tf
    from running import alone, the_run, written

    from specc.api import emit, load
    from specc.cli import main

    monkeypatch.chdir(tmp_path)
    lines = []
    for at, image in enumerate(np.random.default_rng(0).integers(0, 256, (16, 9, 7, 3), "uint8")):
        Path(f"{at}.png").write_bytes(tf.io.encode_png(image).numpy())
        lines.append(f"{at}.png,{at % 2},{at // 2 % 2}")
    Path("i.csv").write_text("\n".join(["file,dark,light", *lines]))
    spec = written(SPEC)
    assert main(["run", str(spec)]) == 0
    Path("script.py").write_text(emit(load(spec)))
    output = alone(Path("script.py"), "--data-dir", str(tmp_path))
    assert (the_run() / "history.csv").read_bytes() == (output / "history.csv").read_bytes()


# How the images are kept, the budget of memory, and the free disk.
KEPT: list[tuple[str | None, int, int]] = [
    (None, 1 << 30, 0),
    (None, 10, 1 << 30),
    (None, 10, 10),
    ("memory", 0, 0),
    ("disk", 0, 0),
    ("none", 0, 0),
]


@pytest.mark.keras
def test_decoding_once_changes_nothing(tmp_path: Path) -> None:
    from programs import executed as module
    from programs import of_specs

    images = [f"{part}/{name}/{at}.png" for part in "tv" for name in "ab" for at in range(5)]
    _pictures(tmp_path, images)
    program = of_specs()["cats_dogs_augmented"]
    assert program.data
    source = source_of({"images": {"train": "t", "validation": "v", "size": [6, 5]}})
    found = set()
    for cache, most, free in KEPT:
        plan = replace(
            program.data, source=source.section(), cache=cache, batch_size=3, splits=(("test", 4),)
        )
        script = module(replace(program, data=replace(plan, parts=("train", "validation", "test"))))
        script.CACHE_BYTES = most
        with patch("shutil.disk_usage", return_value=SimpleNamespace(free=free)):
            found.add(_seen(script, tmp_path))
        if cache != "none":  # once for the images of `t`, which two parts share, and for `v`
            assert script.decoded_once.cache_info().misses == 2
    assert len(found) == 1


def _pictures(root: Path, names: list[str]) -> None:
    import tensorflow as tf

    fill(root, *names)
    pixels = np.random.default_rng(1).integers(0, 256, (len(names), 9, 7, 3), "uint8")
    for name, image in zip(names, pixels, strict=True):
        (root / name).write_bytes(tf.io.encode_png(image).numpy())


def _seen(script: Any, root: Path) -> tuple[bytes, ...]:
    """All batches of two epochs, and of the parts in order."""
    data = script.load_data(root)
    given = (
        (data.train, 0)
        if "epochs" not in signature(script.shuffled).parameters
        else (data.train, 0, 2)
    )
    batches = [
        script.shuffled(*given).take(6),
        script.in_order(data.validation),
        script.in_order(data.test),
    ]
    return tuple(x.numpy().tobytes() for each in batches for batch in each for x in batch)
