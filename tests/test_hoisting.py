"""What frozen layers make of images: computed once, kept by content, and the same training."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import programs
import pytest
from conftest import Main
from running import record, the_run, written

from specc.api import emit, loads
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
PHASED = """\
specc: 1
name: phased
data:
  images: {train: train, validation: validation, test: test, size: [8, 8]}
  batch_size: 4
model:
  - Conv2D: {filters: 4, kernel_size: 3, activation: relu, name: seen}
  - Flatten
  - Dense: {units: 4, activation: relu, kernel_regularizer: {L2: 0.01}}
  - Dense: {units: 1, activation: sigmoid}
train:
  optimizer: {Adam: {learning_rate: 0.01}}
  loss: binary_crossentropy
  metrics: [accuracy]
  epochs: 2
  hoist: true
  phases:
    - {name: whole}
    - {name: head, trainable: {seen: false}}
    - {name: again}
"""
AUGMENTED = PHASED.replace("  batch_size", "  augment: {zoom_range: 0.2}\n  batch_size")
AUGMENTED = AUGMENTED.replace("{seen: false}", "{seen: false}, augment: none, batch_size: 3")
SMALL = PHASED.partition("  phases:")[0].replace(
    "name: seen}", "name: seen, trainable: false}  # specc: ignore[A427] it stands for a base"
)
ROWS = (
    PHASED.replace(
        "images: {train: train, validation: validation, test: test, size: [8, 8]}",
        "arrays: {path: data.npz, train: [x, y]}\n  preprocess: [{Rescaling: 1/255}]",
    )
    .replace("Conv2D: {filters: 4, kernel_size: 3", "Dense: {units: 8")
    .replace("  - Flatten\n", "")
)

THROUGHOUT = (
    ROWS.replace("name: seen}", "name: seen, trainable: false}  # specc: ignore[A427] for a base")
    .replace("  - Dense: {units: 1,", "  - Dropout: 0.5\n  - Dense: {units: 1,")
    .replace("{name: whole}", "{name: whole, callbacks: [TerminateOnNaN]}")
    .replace("trainable: {seen: false}", "batch_size: 2")
    .replace("    - {name: again}\n", "")
)

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
    """The files of features, each with its number on the disk, which another one would not have."""
    return {path.name: path.stat().st_ino for path in Path("cache").rglob("*.npy")}


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
@pytest.mark.parametrize("text", [AUGMENTED, ROWS])
def test_a_phase_learns_from_features_between_two_of_the_network(text: str, place: Path) -> None:
    import keras

    x, y = np.random.default_rng(0).integers(0, 256, (20, 30), "uint8"), np.arange(20) % 2
    np.savez("data.npz", x=x, y=y)
    once, anew = script(text), script(text.replace("hoist: true", "hoist: false"))
    once.CACHE_BYTES = 1
    seen: list[Any] = []
    steps: list[int] = []
    data, model = once.load_data(Path()), once.build_model()
    layer = model.get_layer("seen")
    after: Any = keras.callbacks.LambdaCallback(
        on_train_begin=lambda logs: steps.append(after.model.steps_per_execution),
        on_train_end=lambda logs: seen.append((after.model.name, layer.get_weights())),
    )
    history = once.train(data, model, callbacks=[after], verbose=0).history
    assert [name for name, _ in seen] == ["phased", "head", "phased"]
    assert steps == [1, 4, 1]
    others, whole, expected = trained(anew)
    assert history.keys() == expected.keys() and kept()
    for name, values in expected.items():
        np.testing.assert_allclose(history[name], values, rtol=1e-4, atol=1e-5)
    for mine, theirs in zip(model.get_weights(), whole.get_weights(), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-3, atol=1e-4)
    same_weights = [[*map(np.array_equal, *pair)] for pair in pairwise(w for _, w in seen)]
    assert same_weights == [[True, True], [False, False]]
    if hasattr(once, "evaluate"):
        scores, same = once.evaluate(data, model), anew.evaluate(others, whole)
        np.testing.assert_allclose([*scores.values()], [*same.values()], rtol=1e-3)
    made_by = [data.preprocessing, model] if text == ROWS else [model]
    on_disk = once.as_features(data.train, *made_by)
    once.CACHE_BYTES = 1 << 20
    in_memory = once.as_features(data.train, *made_by)
    assert isinstance(on_disk.x, np.memmap) and not isinstance(in_memory.x, np.memmap)
    for one, other in zip(once.in_order(on_disk), once.in_order(in_memory), strict=True):
        np.testing.assert_array_equal(one[0], other[0])


@pytest.mark.keras
def test_a_checkpoint_has_the_whole_network(place: Path) -> None:
    import keras

    text = SMALL + (
        "  callbacks:\n"
        "    - ModelCheckpoint:\n"
        "        {filepath: best.keras, monitor: val_accuracy, save_best_only: true}\n"
        "    - ModelCheckpoint: {filepath: '{epoch}.weights.h5', save_weights_only: true}\n"
    )
    saved = []
    for hoist in ("true", "false"):
        once = script(text.replace("hoist: true", f"hoist: {hoist}"))
        data, model = once.load_data(Path()), once.build_model()
        once.train(data, model, verbose=0, output=Path(hoist))
        again = once.build_model()
        again.optimizer.build(again.trainable_variables)
        again.load_weights(f"{hoist}/2.weights.h5")
        for mine, theirs in zip(again.get_weights(), model.get_weights(), strict=True):
            assert (mine == theirs).all()
        saved.append(keras.models.load_model(f"{hoist}/best.keras"))
    mine, theirs = saved
    assert hasattr(script(text), "as_features") and not hasattr(once, "as_features")
    assert mine.to_json() == theirs.to_json()
    assert len(mine.optimizer.variables) == len(theirs.optimizer.variables) > 4
    for ours, other in zip(
        [*mine.variables, *mine.optimizer.variables],
        [*theirs.variables, *theirs.optimizer.variables],
        strict=True,
    ):
        np.testing.assert_allclose(ours, other, rtol=1e-3, atol=1e-4)


@pytest.mark.keras
def test_steps_at_once_on_features_are_the_same_training(place: Path) -> None:
    x, y = np.random.default_rng(0).integers(0, 256, (20, 30), "uint8"), np.arange(20) % 2
    np.savez("data.npz", x=x, y=y)
    assert trained_by_steps(10, [1, 8]) == trained_by_steps(1, [1, 1])


def trained_by_steps(most: int, expected: list[int]) -> tuple[Any, Any]:
    """The history and the weights, where each phase takes so many steps at once."""
    import keras

    once, steps = script(THROUGHOUT), list[int]()
    once.STEPS_PER_EXECUTION = most
    data, model = once.load_data(Path()), once.build_model()
    begun: Any = keras.callbacks.LambdaCallback(
        on_train_begin=lambda logs: steps.append(begun.model.steps_per_execution)
    )
    history = once.train(data, model, callbacks=[begun], verbose=0).history
    assert steps == expected
    return history, [weights.tolist() for weights in model.get_weights()]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        (PHASED, "batch_size: 4", "cache: memory"),
        (AUGMENTED, "batch_size: 4", "cache: disk"),
        (PHASED, "batch_size: 4", "cache: none"),
        (PHASED, "    - {name: again}\n", ""),
        (SMALL, "epochs: 2", "epochs: 2\n  callbacks: [{ModelCheckpoint: best.keras}]"),
        (ROWS, "batch_size: 4", "facts: {shape: [30], labels: integer, classes: 2}"),
    ],
)
def test_scripts_with_and_without_features_are_well_formatted(
    text: str, before: str, after: str, tmp_path: Path
) -> None:
    file = tmp_path / "script.py"
    file.write_text(emit(loads(text.replace(before, after))))
    for words in (["check", "--select", "E,F,I,W", "--line-length", "88"], ["format", "--check"]):
        command = [sys.executable, "-m", "ruff", *words, "--isolated", "--no-cache", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout


@pytest.mark.keras
def test_what_they_depend_on_makes_them_anew(place: Path, base: Path) -> None:
    import keras

    once = script()
    data, model = once.load_data(Path()), once.build_model()
    first = np.array(once.as_features(data.train, model).x)
    first_kept = kept()
    again = script()
    np.testing.assert_array_equal(
        again.as_features(again.load_data(Path()).train, again.build_model()).x, first
    )
    assert len(first_kept) == 1 and kept() == first_kept
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
    [file] = half.iterdir()
    assert file.stat().st_size > 1000
    file.write_bytes(b"")
    assert np.isfinite(np.array(once.as_features(data.train, model).x)).all()
    assert len([*Path("cache/specc/features").glob("*.npy")]) == 1


@pytest.mark.keras
@pytest.mark.parametrize(
    ("text", "kept", "epochs"),
    [(SPEC, "no model was saved", 0), (PHASED, "what was trained is in", 2)],
)
def test_a_signal_ends_the_making_of_features(
    text: str,
    kept: str,
    epochs: int,
    place: Path,
    main: Main,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import keras

    predict, batches = keras.Model.predict_on_batch, []

    def interrupted(model: Any, x: Any) -> Any:
        batches.append(len(x))
        if len(batches) == 2:
            os.kill(os.getpid(), signal.SIGINT)
        return predict(model, x)

    monkeypatch.setattr(keras.Model, "predict_on_batch", interrupted)
    code, _, said = main("run", str(written(text)))
    assert code == 130 and kept in said
    assert record(the_run())["epochs_done"] == epochs
    assert batches == [4, 4] and [*Path("cache/specc/features").iterdir()] == []


@pytest.mark.keras
def test_what_was_not_used_for_long_makes_room(place: Path) -> None:
    once = script(PHASED)
    once.FEATURES_BYTES = 3000
    once.FEATURES.mkdir(parents=True)
    for days in range(4):
        file = once.FEATURES / f"{days}.npy"
        file.write_bytes(bytes(1000))
        os.utime(file, (time.time() - days * 86400 - 60,) * 2)
    once.make_room(800)
    assert sorted(path.name for path in once.FEATURES.iterdir()) == ["0.npy", "1.npy"]
    once.make_room(5000)
    assert [path.name for path in once.FEATURES.iterdir()] == ["0.npy"]


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
def test_what_cannot_be_kept_is_for_one_run_alone(
    place: Path, main: Main, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(cache: str, full: str) -> tuple[int, str, str]:
        monkeypatch.setenv("XDG_CACHE_HOME", str(place / cache))
        monkeypatch.setattr(shutil, "disk_usage", partial(without_room, usage, full))
        return main("run", str(written(SMALL)), "--output", f"run_{cache}")

    usage = shutil.disk_usage
    Path("file").touch()
    Path("temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place / "temporary"))
    assert run("cache", "none")[0] == 0 and len(kept()) == 2
    [expected] = (path.read_text() for path in Path("run_cache").rglob("history.csv"))
    for cache, why in [("file", "[Errno 20] Not a directory"), ("full", "features of 6,912 bytes")]:
        code, out, said = run(cache, "full")
        assert code == 0, said
        assert f"Features are not kept: {why}" in out and "another folder" in out
        assert out.count("not kept") == 2 and "XDG" not in said
        [history] = Path(f"run_{cache}").rglob("history.csv")
        assert history.read_text() == expected
        assert [path for path in Path("temporary").glob("tmp*") if path.is_dir()] == []
        assert len(kept()) == 2 == len([*Path().rglob("*.npy")])
    code, _, said = run("nowhere", str(place))
    assert code == 3 and "the run failed: features cannot be written: features of 6,912" in said
    assert f"fit in {place / 'temporary'} (" in said and "TMPDIR" in said


def without_room(usage: Any, full: str, path: Path) -> Any:
    """The room on a disk, which is none where its path has this in it."""
    return usage(path)._replace(free=0) if full in str(path) else usage(path)


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
    ("  callbacks: [{ModelCheckpoint: best.keras}]\n", "", "features behind `vgg16`"),
    ("  callbacks: [{BackupAndRestore: kept}]\n", "", "none: a callback restores the network"),
    ("  dtype_policy: mixed_float16\n", "", "none: `dtype_policy` is for the whole network"),
    ("  phases: [{name: head}]\n", "", "hoist     head: computed once for all epochs"),
    ("  phases: [{name: head, hoist: false}]\n", "", "head: none: `hoist: false` of the spec says"),
    ("  phases: [{name: head, epochs: 1}]\n", "", "head: none: there is one epoch"),
    (
        "  phases: [{name: head, augment: none}]\n",
        "  augment: {zoom_range: 0.1}\n",
        "hoist     head: computed once for all epochs",
    ),
]


@pytest.mark.parametrize(("train", "data", "said"), WHY)
def test_what_is_done_has_a_reason(
    train: str, data: str, said: str, workplace: Path, main: Main
) -> None:
    text = SPEC.replace("  batch_size", f"{data}  batch_size") + train
    _, shown, found = main("show", "--pipeline", str(written(text)))
    [line] = [line for line in shown.splitlines() if line.startswith("  hoist ")] or [found]
    assert said in line


@pytest.mark.parametrize(
    ("phases", "paths"),
    [
        ("hoist: true\n  phases: [{name: head}, {name: more, trainable: {vgg16: true}}]", []),
        ("hoist: true\n  phases: [{name: head, trainable: {vgg16: true}}]", [("train", "hoist")]),
        (
            "phases: [{name: head}, {name: more, trainable: {vgg16: true}, hoist: true}]",
            [("train", "phases", 1, "hoist")],
        ),
    ],
)
def test_what_is_asked_for_must_be_possible(phases: str, paths: list[Any]) -> None:
    found = loads(f"{SPEC}  {phases}\n").report.diagnostics
    assert [each.path for each in found if each.code == "T633"] == paths


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
