"""What is known about data without training: headers, folders, labels, and what is missing."""

import json
import os
import struct
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from data_scripts import executed, loaded, source_of

from specc.api import loads
from specc.diagnostics import Diagnostic
from specc.inspect import inspect, require
from specc.inspect.facts import Facts
from specc.inspect.image_size import image_size
from specc.inspect.npy import Unreadable, header, numbers, opened
from specc.items import Wiring
from specc.schema import Data, Spec, Train
from specc.shares import DeclaredFacts, Split


def look(written: dict[str, Any], root: Path, **data: Any) -> tuple[Facts, list[Diagnostic]]:
    """The facts of a spec with this source."""
    section = Data(source=source_of(written), **data)
    spec = Spec(specc=1, name="x", data=section, model=Wiring(), train=Train())
    return inspect(spec, root)


# headers of arrays

TYPES = ["i1", "u1", "<i2", ">i4", "<i8", "u8", "<f4", ">f8", "<f2", "?"]


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("zipped", [True, False])
def test_headers_and_numbers_are_numpys(
    kind: str, order: Any, zipped: bool, tmp_path: Path
) -> None:
    array = np.array([[1, 0, 3], [4, 5, 100]]).astype(kind, order=order)
    file = tmp_path / ("a.npz" if zipped else "a.npy")
    if zipped:
        np.savez_compressed(file, a=array)
    else:
        np.save(file, array)
    with opened(file, "a" if zipped else None) as stream:
        head = header(stream)
        found = numbers(stream, head, 1 << 20)
    assert (head.shape, head.dtype) == (array.shape, array.dtype.name)
    assert head.columns_first == (order == "F")
    if kind == "<f2":
        assert found is None
    else:
        assert list(found or ()) == array.ravel(order="K").tolist()


def test_only_so_many_bytes_are_read(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.arange(1000, dtype="int32"))
    with opened(tmp_path / "a.npy", None) as stream:
        assert len(numbers(stream, header(stream), 42) or ()) == 10


BROKEN = [
    b"",
    b"\x93NUM",
    b"\x93NUMPY\x01\x00",
    b"\x93NUMPY\x09\x00\x76\x00{}",
    b"\x93NUMPY\x02\x00\xff\xff\xff\xff" + b"(" * 1000,
    b"\x93NUMPY\x01\x00\x10\x27" + b"(" * 10000,
    b"\x93NUMPY\x01\x00\x0d\x00os.system('x')",
    b"\x93NUMPY\x01\x00\x02\x00{}",
    b"\x93NUMPY\x01\x00\x05\x00\xff\xfe\x00ab",
    b"\x93NUMPY\x01\x00\x3c\x00{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,)}",
    b"\x93NUMPY\x01\x00\x37\x00{'descr': '<i4', 'fortran_order': False, 'shape': (-1,)}",
    b"\x93NUMPY\x01\x00\x37\x00{'descr': '<M8', 'fortran_order': False, 'shape': (10,)}",
]


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_header_is_a_finding(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.npy").write_bytes(content)
    np.save(tmp_path / "y.npy", [0, 1])
    with opened(tmp_path / "x.npy", None) as stream, pytest.raises(Unreadable):
        header(stream)
    _, found = look({"arrays": {"x": "x.npy", "y": "y.npy"}}, tmp_path)
    assert [(f.code, f.path) for f in found] == [("D527", ("data", "arrays", "x"))]


# labels

LABELS = [
    ([0, 1, 2, 1], "integer", 3, (1, 2, 1)),
    ([1, 0, 1], "integer", 2, (1, 2)),
    ([[0], [1], [2]], "integer", 3, (1, 1, 1)),
    ([True, False], "integer", 2, (1, 1)),
    ([0.0, 1.0, 1.0], "integer", 2, (1, 2)),
    ([0.0, 1.0, 2.0], None, None, ()),
    ([0.5, 1.0], "real", None, ()),
    ([0.5, float("nan")], "real", None, ()),
    ([-1, 1], None, None, ()),
    ([25, 346, 101], None, None, ()),
    ([[1, 0, 0], [0, 0, 1]], "one_hot", 3, (1, 0, 1)),
    ([[1, 0, 1], [0, 0, 1]], "multi_hot", 3, (1, 0, 2)),
    ([[0.0, 1.0], [1.0, 0.0]], "one_hot", 2, (1, 1)),
    ([[0.5, 1.0], [1.0, 0.0]], "real", None, ()),
    ([[[0, 1]], [[1, 0]]], None, None, ()),
]


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize(("y", "labels", "classes", "balance"), LABELS, ids=str)
def test_labels(
    y: Any, labels: str | None, classes: int | None, balance: Any, order: Any, tmp_path: Path
) -> None:
    x = np.zeros((len(y), 4, 2), "float32")
    np.savez(tmp_path / "a.npz", x=x, y=np.asarray(y, order=order))
    facts, found = look({"arrays": {"path": "a.npz"}}, tmp_path)
    assert not found
    assert (facts.labels, facts.classes, facts.balance) == (labels, classes, balance)
    assert (facts.shape, facts.dtype, facts.given) == ((4, 2), "float32", {"train": len(y)})
    assert facts.origin("labels") == ("`a.npz`" if labels else "")


# What is declared, and what rules then know.
DECLARED: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"labels": "binary"}, {"labels": "integer", "classes": 2}),
    ({"labels": "text", "classes": 3}, {"labels": "text", "classes": 3}),
    ({"target_shape": [1]}, {"target_shape": ()}),
    ({"target_shape": [28, 28, 1]}, {"target_shape": (28, 28, 1)}),
    ({"balance": [9, 1], "standardised": True}, {"balance": (9, 1), "standardised": True}),
    ({"range": [0, 1]}, {"range": (0, 1), "ranges": {}}),
    (
        {"range": {"train": [0, 1], "test": [0, 255]}},
        {"range": (0, 1), "ranges": {"train": (0, 1), "test": (0, 255)}},
    ),
]


@pytest.mark.parametrize(("declared", "known"), DECLARED, ids=str)
def test_what_is_declared_is_known(declared: dict[str, Any], known: dict[str, Any]) -> None:
    data = {"arrays": {"path": "none.npz"}, "facts": declared}
    spec = {"specc": 1, "data": data, "model": [{"Dense": 1}], "train": {"optimizer": "adam"}}
    facts = loads(json.dumps(spec)).facts
    assert {name: getattr(facts, name) for name in known} == known


def test_a_class_that_only_the_test_part_has_counts(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x=[[1.0], [3.0]], y=[0, 1], u=[[2.0]], v=[2])
    pairs = {"train": ["x", "y"], "test": ["u", "v"]}
    facts, found = look({"arrays": {"path": "a.npz"} | pairs}, tmp_path)
    assert not found
    assert (facts.classes, facts.balance, facts.range) == (3, (1, 1, 0), (1.0, 3.0))


WRONG = [
    ({"path": "a.npz", "x": "z", "y": "y"}, "D527", ("x",), "has no array `z`"),
    ({"path": "a.npz", "x": "x", "y": "long"}, "D527", ("y",), "2 rows and `long` has 3"),
    ({"path": "a.npz", "x": "objects", "y": "y"}, "D527", ("x",), "unpickling"),
    ({"path": "a.npz", "x": "words", "y": "y"}, "D527", ("x",), "holds text"),
    ({"path": "a.npz", "x": "one", "y": "y"}, "D527", ("x",), "a single number"),
    ({"path": "bad.npz"}, "D527", ("path",), "is not an `.npz` file"),
    ({"path": "none.npz"}, "D525", ("path",), "none.npz` does not exist"),
    ({"x": "none.npy", "y": "none.npy"}, "D525", ("x",), "does not exist"),
    (
        {"path": "a.npz", "train": ["x", "y"], "test": ["wide", "y"]},
        "D527",
        ("test", 0),
        "rows of `wide` have the shape (3,), those of `x` (1,)",
    ),
]


@pytest.mark.parametrize(("options", "code", "path", "text"), WRONG, ids=str)
def test_arrays_that_cannot_be_used(
    options: dict[str, Any], code: str, path: tuple[Any, ...], text: str, tmp_path: Path
) -> None:
    objects = np.array([[1], [1, 2]], dtype=object)
    np.savez(
        tmp_path / "a.npz",
        x=[[1.0], [2.0]],
        y=[0, 1],
        long=[0, 1, 0],
        wide=[[1, 2, 3]] * 2,
        objects=objects,
        words=["a", "b"],
        one=3,
    )
    (tmp_path / "bad.npz").write_bytes(b"PK\3\4 no archive")
    _, found = look({"arrays": options}, tmp_path)
    assert [(f.code, f.path[2:]) for f in found] == [(code, path)]
    assert text in found[0].message


def test_no_damage_to_a_file_is_more_than_a_finding(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    np.savez_compressed(tmp_path / "a.npz", x=np.arange(40.0), y=np.arange(40) % 3)
    whole = (tmp_path / "a.npz").read_bytes()
    clean = 0
    for _ in range(400):
        damaged = bytearray(whole[: random.integers(len(whole) // 2, len(whole) + 1)])
        for place in random.integers(0, len(damaged), 3):
            damaged[place] = random.integers(0, 256)
        (tmp_path / "a.npz").write_bytes(damaged)
        facts, found = look({"arrays": {"path": "a.npz"}}, tmp_path)
        assert {f.code for f in found} <= {"D527"}
        clean += not found
    assert clean < 300


# local copies


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"keras": "mnist", "path": "good.npz"}, None),
        ({"keras": "mnist", "path": "other.npz"}, "D527"),
        ({"keras": "mnist", "path": "none.npz"}, "D525"),
        ({"keras": "fashion_mnist", "path": "."}, "D527"),
        ({"keras": "cifar100", "path": "."}, "D527"),
        ({"keras": "boston_housing", "path": "other.npz"}, None),
        ({"keras": "boston_housing", "path": "."}, "D527"),
    ],
    ids=str,
)
def test_local_copies(options: dict[str, Any], code: str | None, tmp_path: Path) -> None:
    np.savez(tmp_path / "good.npz", x_train=[1], y_train=[1], x_test=[1], y_test=[1])
    np.savez(tmp_path / "other.npz", x=[1], y=[1])
    facts, found = look({"dataset": options}, tmp_path)
    assert [f.code for f in found] == [code] * (code is not None)
    assert facts.parts["test"] is not None
    assert facts.origin("classes") in ("", f"keras dataset {options['keras']}")


def test_rows_of_a_local_copy_are_counted(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x_train=[1] * 10, y_train=[1] * 10, x_test=[1], y_test=[1])
    facts, _ = look({"dataset": {"keras": "mnist", "path": "a.npz"}}, tmp_path)
    assert facts.parts == {"train": 8, "validation": 2, "test": 1}
    short = {"keras": "imdb", "path": "a.npz", "num_words": 9, "maxlen": 99}
    assert look({"dataset": short}, tmp_path)[0].given == {"train": None, "test": None}
    np.savez(tmp_path / "b.npz", x=[1] * 10, y=[1] * 10)
    facts, _ = look({"dataset": {"keras": "boston_housing", "path": "b.npz"}}, tmp_path)
    assert facts.given == {"train": 8, "test": 2}


# folders of images


def png(height: int, width: int, value: int = 0) -> bytes:
    import tensorflow as tf

    return bytes(tf.io.encode_png(np.full((height, width, 3), value, "uint8")).numpy())


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 5, 4) + b"\x08\x02\0\0\0" + b"\0" * 20


def fill(root: Path, *files: str) -> Path:
    """Puts a PNG header, as good as an image for counting, into each of these files."""
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes(PNG)
    return root


def odd_folder(root: Path) -> Path:
    """Class folders with everything in them that is not to be read (facts/reliability §4.2)."""
    fill(root, "p/cat/b.PNG", "p/cat/a.png", "p/cat/deep/er/c.jpg", "p/dog/x.WebP", "p/Dog/1.gif")
    fill(root, "p/cat/._a.png", "p/.hidden/a.png", "p/cat/.cache/a.png", "p/__MACOSX/cat/a.png")
    fill(root, "p/dog/__MACOSX/a.png", "p/cat/notes.txt", "p/cat/a.tif", "p/stray.png")
    fill(root, "elsewhere/linked/a.png", "elsewhere/linked/b.png")
    (root / "p/empty class").mkdir()
    (root / "p/dog/folder.png").mkdir()
    os.mkfifo(root / "p/cat/pipe.jpg")
    (root / "p/cat/broken.png").symlink_to("nowhere.png")
    (root / "p/cat/link.png").symlink_to("a.png")
    (root / "p/cat/loop").symlink_to("..")
    (root / "p/loop").symlink_to(".")
    (root / "p/zebra").symlink_to("../elsewhere/linked")
    return root


COUNTS = (("Dog", 1), ("cat", 4), ("dog", 1), ("empty class", 0), ("zebra", 2))


def test_odd_folders(tmp_path: Path) -> None:
    written = {"images": {"path": "p", "size": [3, 2]}}
    facts, found = look(written, odd_folder(tmp_path))
    assert not found
    [folder] = facts.folders
    assert folder.classes == COUNTS
    assert folder.empty == ("empty class",)
    assert folder.artefacts == ("__MACOSX", "__MACOSX")
    assert (folder.strays, folder.skipped, folder.first) == (1, 2, (4, 5))
    assert folder.suffixes == {".png", ".jpg", ".webp", ".gif"}
    assert facts.shape == (3, 2, 3)
    assert (facts.classes, facts.balance) == (5, (1, 4, 1, 0, 2))
    assert facts.parts == {"train": 6, "validation": 2}


@pytest.mark.keras
def test_the_script_lists_what_was_counted(tmp_path: Path) -> None:
    source = source_of({"images": {"path": "p", "size": [3, 2]}})
    train = loaded(source, odd_folder(tmp_path)).train
    names = [name for name, count in COUNTS for _ in range(count)]
    files = [Path(file.decode()) for file in train.x]
    assert [file.relative_to(tmp_path / "p").parts[0] for file in files] == names
    labels = [i for i, (_, count) in enumerate(COUNTS) for _ in range(count)]
    assert train.y.tolist() == labels
    assert files == sorted(files)


@pytest.mark.keras
def test_images_are_decoded_as_keras_loads_them(tmp_path: Path) -> None:
    import keras
    import tensorflow as tf

    rows = np.random.default_rng(0).integers(0, 256, (9, 7, 3), "uint8")
    fill(tmp_path, "p/cat/a.jpg", "p/dog/a.png")
    (tmp_path / "p/cat/a.jpg").write_bytes(tf.io.encode_jpeg(rows).numpy())
    (tmp_path / "p/dog/a.png").write_bytes(tf.io.encode_png(rows).numpy())
    for color, channels in (("rgb", 3), ("grayscale", 1)):
        source = source_of({"images": {"path": "p", "size": [4, 5], "color": color}})
        script = executed(source)
        files = script["load_data"](tmp_path).train.x
        found = np.stack([script["decode"](file).numpy() for file in files])
        expected = keras.utils.image_dataset_from_directory(
            tmp_path / "p", image_size=(4, 5), color_mode=color, shuffle=False, verbose=False
        )
        [(images, _)] = list(expected)
        assert found.dtype == np.float32
        assert found.shape == (2, 4, 5, channels)
        assert np.array_equal(found, images.numpy())


def test_pinned_classes_keep_their_order(tmp_path: Path) -> None:
    fill(tmp_path, "a/cat/1.png", "a/dog/1.png", "a/dog/2.png", "b/dog/1.png", "b/cow/1.png")
    written = {"images": {"train": "a", "test": "b", "size": 3}}
    facts, _ = look(written, tmp_path, classes=("dog", "cat"))
    assert (facts.class_names, facts.balance) == (("dog", "cat"), (2, 1))
    assert facts.given == {"train": 3, "test": 1}
    assert facts.origin("classes") == "`classes` of the spec"


def test_what_is_missing_is_a_hint_until_it_is_needed(tmp_path: Path) -> None:
    fill(tmp_path, "a/cat/1.png")
    written = {"images": {"train": "a", "validation": "b", "test": "c", "size": 3}}
    facts, [hint] = look(written, tmp_path)
    assert (hint.code, hint.severity, hint.path) == (
        "D525",
        "hint",
        ("data", "images", "validation"),
    )
    assert not facts.present
    assert facts.parts == {"train": 1, "validation": None, "test": None}
    errors = require(facts)
    assert [(e.severity, e.path[-1]) for e in errors] == [
        ("error", "validation"),
        ("error", "test"),
    ]


@pytest.mark.parametrize(
    ("files", "text"),
    [
        (["p/1.png", "p/2.png"], "holds 2 images but no class folders"),
        (["p/cat/1.tif"], "holds no images"),
        (["p/readme"], "holds no class folders"),
        (["p"], "is a file, expected a folder"),
    ],
)
def test_folders_that_cannot_be_used(files: list[str], text: str, tmp_path: Path) -> None:
    fill(tmp_path, *files)
    facts, found = look({"images": {"path": "p", "size": 3}}, tmp_path)
    assert len(found) == 1
    assert text in found[0].message
    assert found[0].path == ("data", "images", "path")


def test_a_split_is_counted(tmp_path: Path) -> None:
    fill(tmp_path, *(f"p/{name}/{i}.png" for name in "ab" for i in range(50)))
    split = Split(train=0.6, validation=0.2, test=0.2)
    facts, _ = look({"images": {"path": "p", "size": 3}}, tmp_path, split=split)
    assert facts.parts == {"train": 60, "validation": 20, "test": 20}
    assert list(facts.parts) == ["train", "validation", "test"]


def test_no_data_no_facts() -> None:
    spec = Spec(specc=1, name="x", model=Wiring(), train=Train())
    assert inspect(spec) == (Facts(), [])


SIZES = {
    "gif": b"GIF89a" + struct.pack("<HH", 7, 9),
    "bmp": b"BM" + b"\0" * 16 + struct.pack("<ii", 7, -9),
    "jpeg": b"\xff\xd8\xff\xe0\0\4ab\xff\xff\xc2\0\x11\x08" + struct.pack(">HH", 9, 7),
    "lossy": b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 10 + struct.pack("<HH", 7, 9),
    "lossless": b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + (6 | 8 << 14).to_bytes(4, "little"),
    "extended": b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + b"\6\0\0\x08\0\0",
}


@pytest.mark.parametrize("kind", SIZES)
def test_sizes_from_headers(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "image"
    file.write_bytes(SIZES[kind] + b"\1" * 30)
    assert image_size(str(file)) == (9, 7)
    for end in range(len(SIZES[kind])):
        file.write_bytes(SIZES[kind][:end])
        assert image_size(str(file)) is None
    assert image_size(str(tmp_path / "none")) is None


@pytest.mark.shared
@pytest.mark.keras
@pytest.mark.parametrize("name", ["horse_or_human_small", "flower_photos_small"])
def test_real_folders(name: str, shared: Path) -> None:
    folders = {part: f"{name}/{part}" for part in ("train", "validation")}
    written = {"images": folders | {"size": [20, 30]}}
    facts, found = look(written, shared / "data")
    assert not found
    script = executed(source_of(written))
    data = script["load_data"](shared / "data")
    assert facts.given == {"train": len(data.train.y), "validation": len(data.validation.y)}
    assert facts.balance == tuple(np.bincount(data.train.y.numpy().astype(int)))
    for file in data.validation.x[::5]:
        image = script["decode"](file).numpy()
        assert image.shape == facts.shape
        assert 0 <= image.min() <= image.max() <= 255
    first = Path(data.train.x[0].numpy().decode()).read_bytes()
    assert facts.folders[0].first == tuple(script["tf"].io.decode_image(first).shape[:2])


def test_nothing_heavy_is_imported(tmp_path: Path) -> None:
    import subprocess
    import sys

    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.writestr("x.npy", b"")
    code = (
        "import sys, specc.inspect, specc.inspect.arrays, specc.inspect.images,"
        "specc.inspect.dataset; heavy = {'numpy', 'tensorflow', 'keras', 'sklearn'};"
        "sys.exit(bool(heavy & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# declared facts

FACTS: dict[str, Any] = {
    "samples": 40, "shape": (3,), "classes": 3, "labels": "integer", "range": (0.0, 255.0),
    "target_range": (0.0, 2.0),
}  # fmt: skip


def test_facts_stand_where_nothing_is_known(tmp_path: Path) -> None:
    written = {"arrays": {"path": "a.npz"}}
    facts, found = look(written, tmp_path, facts=DeclaredFacts(**FACTS))
    assert [each.code for each in found] == ["D525"]
    assert facts.parts == {"train": 32, "validation": 8}
    assert {name: getattr(facts, name) for name in FACTS if name != "samples"} == {
        name: value for name, value in FACTS.items() if name != "samples"
    }
    assert all(facts.origin(name) == "`facts` of the spec" for name in FACTS)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("samples", 41),
        ("shape", (4,)),
        ("classes", 4),
        ("labels", "multi_hot"),
        ("range", (0.0, 100.0)),
        ("range", (1.0, 255.0)),
    ],
)
def test_facts_are_compared_with_the_data(name: str, wrong: Any, tmp_path: Path) -> None:
    x = np.linspace(0, 255, 120, dtype="float32").reshape(40, 3)
    np.savez(tmp_path / "a.npz", x=x, y=np.arange(40) % 3)
    written = {"arrays": {"path": "a.npz"}}
    right = {key: value for key, value in FACTS.items() if key != "target_range"}
    assert not look(written, tmp_path, facts=DeclaredFacts(**right))[1]
    facts, found = look(written, tmp_path, facts=DeclaredFacts(**{**right, name: wrong}))
    assert [(each.code, each.path) for each in found] == [("D538", ("data", "facts", name))]
    assert facts == look(written, tmp_path)[0]


def test_two_classes_may_be_declared_as_binary(tmp_path: Path) -> None:
    facts, _ = look({"arrays": {"path": "a.npz"}}, tmp_path, facts=DeclaredFacts(labels="binary"))
    assert (facts.labels, facts.classes) == ("integer", 2)
