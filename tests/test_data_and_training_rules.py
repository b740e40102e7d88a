"""Rules on data and training: thresholds, exemptions, and one finding for one fact."""

from array import array
from pathlib import Path
from struct import pack

import pytest

from specc.compiler import compile
from specc.diagnostics import Severity
from specc.source import read

DIGITS = "{sklearn: digits}"
HEAD = "  - Dense: {units: 64, activation: relu}\n  - Dense: {units: 10, activation: softmax}\n"
FIT = "train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20"


def spec(data: str = "", train: str = "", model: str = "  - Flatten\n" + HEAD) -> str:
    """A spec for digits that is clean as it stands, with more lines for `data` and `train`."""
    scaled = "" if "preprocess" in data else "  preprocess: [{Rescaling: 1/16}]\n"
    source = "" if "dataset" in data else f"  dataset: {DIGITS}\n"
    fit = train or f"{FIT}}}"
    return f"specc: 1\ndata:\n{source}{scaled}{data}model:\n{model}{fit}\n"


def training(more: str) -> str:
    return spec(train=f"{FIT}, {more}}}")


def optimizer(written: str, epochs: int = 20) -> str:
    rest = f"loss: sparse_categorical_crossentropy, epochs: {epochs}"
    return spec(train=f"train: {{optimizer: {written}, {rest}}}")


def regression(written: str, data: str = "{sklearn: diabetes}", hidden: bool = True) -> str:
    layers = ("  - Dense: {units: 64, activation: relu}\n" if hidden else "") + "  - Dense: 1\n"
    source = f"  dataset: {data}\n  preprocess: [Normalization]\n  batch_size: 16\n"
    fit = f"train: {{optimizer: {written}, loss: mse, epochs: 20}}"
    return spec(source, fit, layers)


def codes(text: str, folder: Path = Path()) -> list[str]:
    found = compile(read("spec.yaml", text.encode()), folder).report.diagnostics
    return [f"{d.code}{'' if d.severity is not Severity.HINT else ' hint'}" for d in found]


RAW = "  preprocess: []\n"
STANDARD = "  preprocess: [Normalization]\n"

SPLITS = {
    "{validation: 0.2}": [],
    "{train: 0.8, validation: 0.2}": [],
    "{train: 0.8, test: 0.2}": [],
    "{train: 0.3, validation: 0.2, test: 0.5}": [],
    "{validation: 100, test: 100}": [],
    "{train: 1597, validation: 100, test: 100}": [],
    "{train: 0.5, validation: 0.2}": ["D509"],
    "{train: 0.5, validation: 0.2, test: 0.2}": ["D509"],
    "{validation: 0.6, test: 0.6}": ["D509"],
    "{validation: 0.5, test: 0.5}": ["D509"],
    "{train: 1000, validation: 100, test: 100}": ["D509"],
    "{validation: 1797}": ["D509"],
    "{validation: 2000, test: 0.2}": ["D509"],
    "{validation: 0.0001}": ["D509"],
    "{validation: 5}": ["D510"],
    "{validation: 0.2, shuffle: false}": [],  # the digits are not sorted
}


@pytest.mark.parametrize(("split", "expected"), SPLITS.items(), ids=SPLITS)
def test_split(split: str, expected: list[str]) -> None:
    assert codes(spec(f"  split: {split}\n")) == expected


SCALING = {
    "raw": (spec(RAW), ["D504"]),
    "standardized": (spec(STANDARD), []),
    "scaled in the model": (spec(RAW, model="  - Rescaling: 1/16\n  - Flatten\n" + HEAD), []),
    "a normalization first": (spec(RAW, model="  - Flatten\n  - BatchNormalization\n" + HEAD), []),
    "scaled too little": (spec("  preprocess: [{Rescaling: 0.9}]\n"), ["D504"]),
    "to -1 and 1": (spec("  preprocess: [{Rescaling: {scale: 1/8, offset: -1}}]\n"), []),
    "then shifted": (
        spec("  preprocess: [{Rescaling: 1/16}, {Rescaling: {scale: 2, offset: -1}}]\n"),
        [],
    ),
    "then standardized": (spec("  preprocess: [{Rescaling: 1/16}, Normalization]\n"), []),
    "named as a layer of the model": (
        spec("  preprocess: [{Rescaling: {scale: 1/16, name: Flatten}}]\n"),
        ["F019"],
    ),
    "twice": (spec("  preprocess: [{Rescaling: 1/16}, {Rescaling: 1/16}]\n"), ["D505"]),
    "after standardizing": (spec("  preprocess: [Normalization, {Rescaling: 1/255}]\n"), ["D505"]),
    "by a factor each": (spec("  preprocess: [{Rescaling: [1/16]}]\n"), []),
    "nothing learned": (spec(RAW, model="  - Normalization\n  - Flatten\n" + HEAD), ["D528"]),
}


@pytest.mark.parametrize(("text", "expected"), SCALING.values(), ids=SCALING)
def test_scaling(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


RATES = {
    "{Adam: {learning_rate: 0.01}}": [],
    "{Adam: {learning_rate: 0.02}}": ["T601"],
    "{Adam: {learning_rate: 1e-7}}": ["T601"],
    "{Adam: {learning_rate: 1e-4}}": [],
    "{Adam: {learning_rate: 5e-5}}": ["T620 hint"],
    "{Adam: {learning_rate: 0}}": ["T618"],
    "{Adam: {learning_rate: 1e-9}}": ["T618"],
    "{SGD: {learning_rate: 1e-9}}": ["T601"],
    "{SGD: {learning_rate: 0.1}}": [],
    "{SGD: {learning_rate: 0.1, momentum: 0.9}}": ["T601"],
    "{SGD: {learning_rate: 0.001}}": ["T601"],
    "adadelta": ["T601"],
    "{Adadelta: {learning_rate: 1.0}}": [],
    "{Adagrad: {learning_rate: 0.1}}": [],
    "{LossScaleOptimizer: {inner_optimizer: {Adam: {learning_rate: 1.0}}}}": ["T601"],
    "{Adam: {beta_2: 1.0}}": ["T615"],
    "{Adam: {beta_1: -0.5}}": ["T627 hint"],
    "{RMSprop: {momentum: 1.0}}": ["T627 hint"],
    "{Adam: {learning_rate: {CosineDecay: {initial_learning_rate: 0.5, decay_steps: 900}}}}": [],
    "{Adam: {learning_rate: {CosineDecay: {initial_learning_rate: 1e-3, decay_steps: 450}}}}": [
        "T628"
    ],
    "{Adam: {learning_rate: {CosineDecay: {initial_learning_rate: 1e-3, decay_steps: 450, "
    "alpha: 0.1}}}}": [],
}


@pytest.mark.parametrize(("written", "expected"), RATES.items(), ids=RATES)
def test_optimizer(written: str, expected: list[str]) -> None:
    assert codes(optimizer(written)) == expected


def test_sgd_has_time_for_small_steps() -> None:
    assert codes(optimizer("{SGD: {learning_rate: 0.001}}", epochs=45)) == []


REGRESSIONS = {
    "default rate": (regression("adam"), ["T617"]),
    "larger rate": (regression("{Adam: {learning_rate: 0.01}}"), []),
    "sgd": (regression("sgd"), ["T619"]),
    "sgd, clipped": (regression("{SGD: {learning_rate: 0.1, clipnorm: 1.0}}"), []),
    "sgd, linear": (regression("{SGD: {learning_rate: 0.1}}", hidden=False), []),
    "small targets": (regression("adam", "{keras: boston_housing}"), ["D526 hint"]),
}


@pytest.mark.parametrize(("text", "expected"), REGRESSIONS.values(), ids=REGRESSIONS)
def test_regression(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


CALLBACKS = {
    "{EarlyStopping: {patience: 3}}": [],
    "{EarlyStopping: {monitor: val_acc, patience: 3}}": ["T602"],
    "{EarlyStopping: {monitor: accurracy, patience: 3}}": ["T602"],
    "{EarlyStopping: {monitor: test_loss, patience: 3}}": ["T602"],
    "{EarlyStopping: {monitor: val_accuracy, patience: 3, mode: min}}": ["T622"],
    "{EarlyStopping: {monitor: val_loss, patience: 3, mode: max}}": ["T622"],
    "{EarlyStopping: {patience: 30}}": ["T604 hint"],
    "{EarlyStopping: {patience: 30, restore_best_weights: true}}": [],
    "EarlyStopping": ["T623 hint"],
    "{ReduceLROnPlateau: {patience: 25}}": ["T604 hint"],
    "{ModelCheckpoint: {filepath: best.keras, monitor: nothing}}": ["T602"],
    "{ModelCheckpoint: {filepath: best.keras, monitor: nothing, mode: min}}": [],
    "{ModelCheckpoint: {filepath: best.keras, monitor: nothing, save_best_only: true}}": ["T602"],
    '{ModelCheckpoint: {filepath: "{epoch}-{val_loss:.2f}.keras"}}': [],
    '{ModelCheckpoint: {filepath: "{batch}.keras"}}': ["T609"],
    '{ModelCheckpoint: {filepath: "{batch}-{loss}.keras", save_freq: 10}}': [],
    '{ModelCheckpoint: {filepath: "{val_loss}.keras", save_freq: 10}}': ["T609"],
}


@pytest.mark.parametrize(("callback", "expected"), CALLBACKS.items(), ids=CALLBACKS)
def test_callback(callback: str, expected: list[str]) -> None:
    assert codes(training(f"metrics: [accuracy], callbacks: [{callback}]")) == expected


@pytest.mark.parametrize("monitor", ["val_loss", "val_accuracy"])
def test_what_is_wrong_without_validation_data_is_said_once(monitor: str) -> None:
    watching = (
        f"metrics: [accuracy], callbacks: [{{EarlyStopping: {{monitor: {monitor}, patience: 3}}}}]"
    )
    text = spec("  split: none\n", f"{FIT}, {watching}}}")
    assert codes(text) == ["T603"]


def test_a_broken_metric_leaves_the_names_unknown() -> None:
    text = training(
        "metrics: [acuracy, 3], callbacks: [{EarlyStopping: {monitor: x, patience: 3}}]"
    )
    assert not {"T602", "T603"} & set(codes(text))


WEIGHTS = {
    "balanced": [],
    '{"0": 1.0, "9": 2.0}': [],
    '{"10": 2.0}': ["T610"],
    "{ten: 2.0}": ["T610"],
}


@pytest.mark.parametrize(("weights", "expected"), WEIGHTS.items(), ids=WEIGHTS)
def test_class_weight(weights: str, expected: list[str]) -> None:
    assert codes(training(f"class_weight: {weights}")) == expected


def images(folder: Path, *files: tuple[str, int]) -> None:
    for name, count in files:
        (folder / name).mkdir(parents=True)
        for number in range(count):
            (folder / name / f"{number}.png").touch()


def pictures(source: str, more: str = "", labels: str = "") -> str:
    model = (
        "  - Conv2D: {filters: 8, kernel_size: 3, activation: relu}\n  - GlobalAveragePooling2D\n"
    )
    head = "  - Dense: {units: 1, activation: sigmoid}\n"
    data = f"  images: {{{source}, size: 64}}\n  preprocess: [{{Rescaling: 1/255}}]\n{labels}"
    fit = f"train: {{optimizer: rmsprop, loss: binary_crossentropy, epochs: 300{more}}}"
    return f"specc: 1\ndata:\n{data}model:\n{model}{head}{fit}\n"


FOLDERS = {
    "one part, two names": (pictures("train: a, validation: ./a"), ["D506"]),
    "side by side": (pictures("train: a, validation: ab"), []),
    "a folder too many": (pictures("train: a, validation: more"), ["D514"]),
    "a class under another name": (pictures("train: a, validation: named"), ["D514"]),
    "pinned and absent": (pictures("path: a", labels="  classes: [cats, dog]\n"), ["D532"]),
    "an empty class": (pictures("path: gap"), ["D532"]),
    "weights of names": (pictures("path: a", ", class_weight: {cats: 2.0}"), []),
    "parts as classes": (pictures("path: parts"), ["D531"]),
}


@pytest.mark.parametrize(("text", "expected"), FOLDERS.values(), ids=FOLDERS)
def test_folders(text: str, expected: list[str], tmp_path: Path) -> None:
    for folder in ("a", "ab", "more", "parts/train", "parts/validation"):
        images(tmp_path, (f"{folder}/cats", 60), (f"{folder}/dogs", 60))
    images(tmp_path, ("more/owls", 60), ("named/cats", 60), ("named/dog", 60))
    images(tmp_path, ("gap/cats", 110), ("gap/dogs", 0))
    found = [code for code in codes(text, tmp_path) if not code.endswith("hint")]
    assert found == expected


def test_weights_of_names_that_nobody_knows_yet() -> None:
    assert "T610" in codes(pictures("path: nowhere", ", class_weight: {cats: 2.0}"))


def test_choosing_by_test_rows(tmp_path: Path) -> None:
    images(tmp_path, *((f"{part}/{name}", 60) for part in "tv" for name in ("cats", "dogs")))
    stop = ", callbacks: [{EarlyStopping: {patience: 9}}]"
    (tmp_path / "test").symlink_to(tmp_path / "v")
    assert codes(pictures("train: t, validation: test", stop), tmp_path) == ["D522"]
    assert codes(pictures("train: t, validation: test"), tmp_path) == []
    assert codes(pictures("train: t, validation: v, test: test", stop), tmp_path) == []


def npy(path: Path, values: list[float], width: int) -> None:
    shape = f"({len(values) // width}, {width})" if width > 1 else f"({len(values)},)"
    kind = "<i4" if width == 1 else "<f4"
    head = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    data = array("i" if width == 1 else "f", values if width > 1 else map(int, values))
    path.write_bytes(b"\x93NUMPY\x01\x00" + pack("<H", len(head)) + head + data.tobytes())


@pytest.mark.parametrize(("spread", "expected"), [(1.0, []), (12.0, ["D504"])])
def test_heavy_tails_of_standardized_arrays(
    spread: float, expected: list[str], tmp_path: Path
) -> None:
    values = [spread * (-1) ** i * (i % 3) for i in range(2000)]
    values[0] = 15.0
    npy(tmp_path / "x.npy", values, 2)
    npy(tmp_path / "y.npy", [i % 2 for i in range(1000)], 1)
    source = "  arrays: {x: x.npy, y: y.npy}\n"
    model = "  - Dense: {units: 16, activation: relu}\n  - Dense: {units: 1, activation: sigmoid}\n"
    fit = "train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 20}"
    text = f"specc: 1\ndata:\n{source}model:\n{model}{fit}\n"
    assert codes(text, tmp_path) == expected
