"""What frozen layers make of images: computed once, kept by content, and the same training."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import programs
import pytest
from conftest import Main
from running import the_run, written

from specc.api import loads
from specc.hoisting import frozen_start

SPEC = """\
specc: 1
name: small
data:
  images: {train: train, validation: validation, test: test, size: [32, 32]}
  batch_size: 4
model:
  - VGG16: {weights: base.weights.h5, include_top: false, trainable: false}
  - GlobalAveragePooling2D
  - Dense: {units: 4, activation: relu, kernel_regularizer: {L2: 0.01}}
  - Dense: {units: 1, activation: sigmoid}
train:
  optimizer: {Adam: {learning_rate: 0.01}}
  loss: binary_crossentropy
  metrics: [accuracy]
  epochs: 3
"""
ARRAYS = SPEC.replace(
    "images: {train: train, validation: validation, test: test, size: [32, 32]}",
    "arrays: {path: data.npz, train: [x, y]}\n"
    "  facts: {shape: [32, 32, 3], samples: 12, labels: integer, classes: 2}\n"
    "  preprocess: [{Rescaling: {scale: 1, offset: -9}}]",
).replace("weights: base", "preprocess: none, weights: base")
ARRAYS += "evaluate: {k_fold: 2}\n"

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights that were trained, for all that a script knows."""
    import keras

    keras.utils.set_random_seed(1)
    path = tmp_path_factory.mktemp("base") / "base.weights.h5"
    keras.applications.VGG16(weights=None, include_top=False).save_weights(path)
    return path


@pytest.fixture
def place(workplace: Path, pictures: Path, base: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with pictures, weights and features of its own."""
    for part in ("train", "validation", "test"):
        shutil.copytree(pictures / part.replace("test", "validation"), part)
    Path("base.weights.h5").symlink_to(base)
    monkeypatch.setenv("XDG_CACHE_HOME", str(workplace / "cache"))
    return workplace


def script(text: str = SPEC) -> Any:
    import keras

    keras.utils.clear_session()
    return programs.executed(loads(text).program)


def trained(script: Any) -> tuple[Any, Any, Any]:
    data, model = script.load_data(Path()), script.build_model()
    return data, model, script.train(data, model, verbose=0).history


def kept() -> dict[str, int]:
    """The files of features, each with the time when it was written."""
    return {path.name: path.stat().st_mtime_ns for path in Path("cache").rglob("*.npy")}


@pytest.mark.keras
def test_it_is_the_same_training_of_the_same_network(place: Path) -> None:
    import keras

    once, anew = script(), script(SPEC + "  hoist: false\n")
    assert not hasattr(anew, "as_features")
    data, model, history = trained(once)
    frozen = [weights.copy() for weights in model.layers[1].get_weights()]
    others, whole, expected = trained(anew)
    assert history.keys() == expected.keys()
    for name, values in expected.items():
        np.testing.assert_allclose(history[name], values, rtol=1e-4, atol=1e-5)
    for mine, theirs in zip(model.get_weights(), whole.get_weights(), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-3, atol=1e-4)
    for before, after in zip(frozen, model.layers[1].get_weights(), strict=True):
        assert (before == after).all()
    scores, same = once.evaluate(data, model), anew.evaluate(others, whole)
    np.testing.assert_allclose([*scores.values()], [*same.values()], rtol=1e-3)
    model.save("model.keras")
    saved = keras.models.load_model("model.keras")
    graph = loads(SPEC).graph
    assert saved.count_params() == sum(graph.params(node) for node in graph.nodes)
    images = np.full((1, 32, 32, 3), 99.0)
    np.testing.assert_allclose(saved.predict(images, verbose=0), model.predict(images, verbose=0))


@pytest.mark.keras
def test_what_they_depend_on_makes_them_anew(place: Path, base: Path) -> None:
    import keras

    once = script()
    data, model = once.load_data(Path()), once.build_model()
    first = np.array(once.as_features(data.train, model).x)
    [(name, written_at)] = kept().items()
    again = script()
    np.testing.assert_array_equal(
        again.as_features(again.load_data(Path()).train, again.build_model()).x, first
    )
    assert kept() == {name: written_at}
    shutil.copyfile("train/light/1.png", "train/dark/1.png")
    changed = np.array(once.as_features(data.train, model).x)
    assert len(kept()) == 2
    assert [*np.flatnonzero((changed != first).any(axis=(1, 2, 3)))] == [1]
    keras.utils.set_random_seed(2)
    Path("base.weights.h5").unlink()
    keras.applications.VGG16(weights=None, include_top=False).save_weights("base.weights.h5")
    once.as_features(data.train, once.build_model())
    assert len(kept()) == 3


@pytest.mark.keras
def test_what_does_not_fit_in_memory_is_read_from_the_file(place: Path) -> None:
    once = script()
    data, model = once.load_data(Path()), once.build_model()
    in_memory = once.as_features(data.train, model)
    once.CACHE_BYTES = 1
    on_disk = once.as_features(data.train, model)
    assert isinstance(on_disk.x, np.memmap) and not isinstance(in_memory.x, np.memmap)
    for rows in ([5, 0, 2], [1]):
        found = once.picked(on_disk, np.array(rows))
        np.testing.assert_array_equal(found, once.picked(in_memory, np.array(rows)))


@pytest.mark.keras
def test_what_is_not_complete_is_never_used(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    once = script()
    data, model = once.load_data(Path()), once.build_model()
    with monkeypatch.context() as killed:
        killed.setattr(once.tempfile, "TemporaryDirectory", LeftBehind)
        killed.setattr(once.os, "fsync", LeftBehind.end)
        with pytest.raises(KeyboardInterrupt):
            once.as_features(data.train, model)
    [half] = Path("cache/specc/features").iterdir()
    assert half.is_dir() and (half / "features.npy").stat().st_size > 1000
    (half / "features.npy").write_bytes(b"")
    assert np.isfinite(np.array(once.as_features(data.train, model).x)).all()
    assert len([*Path("cache/specc/features").glob("*.npy")]) == 1


class LeftBehind:
    """A temporary folder of a process that is killed, so that nobody removes it."""

    def __init__(self, dir: Path) -> None:
        self.path = dir / "left"

    def __enter__(self) -> str:
        self.path.mkdir()
        return str(self.path)

    def __exit__(self, *error: object) -> None:
        pass

    @staticmethod
    def end(_: int) -> None:
        raise KeyboardInterrupt


@pytest.mark.keras
def test_folds_share_them(place: Path) -> None:
    once = script(ARRAYS)
    x, y = np.random.default_rng(0).integers(0, 256, (12, 32, 32, 3), "uint8"), np.arange(12) % 2
    np.savez("data.npz", x=x, y=y)
    data, model = once.load_data(Path()), once.build_model()
    done = list(once.cross_validate(data, model, epochs=1, verbose=0))
    assert len(done) == 2 and len(kept()) == 1


@pytest.mark.keras
def test_a_run_is_the_script(place: Path, main: Main) -> None:
    code, _, said = main("run", str(written(SPEC)))
    assert code == 0, said
    once = script()
    *_, history = trained(once)
    with (the_run() / "history.csv").open() as file:
        rows = [*csv.DictReader(file)]
    assert {name: [float(row[name]) for row in rows] for name in history} == history
    code, said, _ = main("evaluate", the_run(), "--format", "json")
    scores = json.loads((the_run() / "metrics.json").read_text())
    found = json.loads(said)
    assert found.pop("part") == "test" and found == pytest.approx(scores, rel=1e-3)
    assert len(kept()) == 2


WHY = [
    ("", "", "features behind `vgg16`"),
    ("  hoist: false\n", "", "none: `hoist: false` of the spec says so"),
    ("", "  augment: {horizontal_flip: true}\n", "none: augmentation shows other images"),
    ("", "  preprocess: [Normalization]\n", "none: the preprocessing learns from the training"),
    ("  callbacks: [{ModelCheckpoint: best.keras}]\n", "", "none: a callback writes the network"),
    ("  dtype_policy: mixed_float16\n", "", "none: `dtype_policy` is for the whole network"),
    ("  phases: [{name: head}]\n", "", "none: each phase has layers of its own that are frozen"),
]


@pytest.mark.parametrize(("train", "data", "said"), WHY)
def test_what_is_done_has_a_reason(
    train: str, data: str, said: str, workplace: Path, main: Main
) -> None:
    text = SPEC.replace("  batch_size", f"{data}  batch_size") + train
    _, shown, found = main("show", "--pipeline", str(written(text)))
    [line] = [line for line in shown.splitlines() if line.startswith("  hoist ")] or [found]
    assert said in line


def test_phases_are_not_hoisted_by_force() -> None:
    found = loads(SPEC + "  hoist: true\n  phases: [{name: head}, {name: more}]\n").report
    assert [each.code for each in found.diagnostics if each.code == "T633"] == ["T633"]


HEADS = [
    ("- Dropout: 0.2", "glance"),
    ("- BatchNormalization", "glance"),
    ("- BatchNormalization: {trainable: false}", "global_average_pooling2d"),
    ("- Dense: {units: 9, trainable: false, activity_regularizer: {L2: 0.1}}", "glance"),
    ("- GaussianNoise: 0.1\n  - Dense: {units: 9, trainable: false}", "glance"),
    ("- MaxPooling2D: 2", "max_pooling2d"),
    ("- UpSampling2D: 2", "global_average_pooling2d"),
]


@pytest.mark.parametrize(("more", "last"), HEADS)
def test_the_frozen_start_ends_where_something_changes(more: str, last: str) -> None:
    base = "VGG16: {weights: base.weights.h5, include_top: false, trainable: false"
    text = SPEC.replace(base, f"{base}, name: glance").replace("32, 32", "64, 64")
    subject = loads(text.replace("- Global", f"{more}\n  - Global")).subject
    assert subject is not None
    start = frozen_start(subject)
    assert start is not None
    assert start.nodes[-1].name == last
