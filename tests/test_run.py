"""`specc run`: it trains as the script does, and what fails is told as a finding."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Main
from running import (
    ARRAYS,
    DIGITS,
    IMAGES,
    ROOT,
    WHOLE,
    WORDS,
    alone,
    arrays,
    member,
    names,
    record,
    reviews,
    started,
    the_run,
    written,
)

from specc.api import emit, load, loads
from specc.runs import packages

pytestmark = [
    pytest.mark.usefixtures("workplace"),
    # Warnings of Keras and NumPy to each other are no failures of a run.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


def test_missing_data_are_found_before_tensorflow_loads() -> None:
    file = written(IMAGES)
    code = "import sys; from specc.cli import main; code = main(sys.argv[1:]); "
    code += "print(code, {'tensorflow', 'keras', 'numpy', 'rich', 'matplotlib'} & set(sys.modules))"
    command = [sys.executable, "-c", code, "run", str(file)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    assert done.stdout == "1 set()\n"
    assert "error[D525]: `train` does not exist\n --> spec.yaml:4:19" in done.stderr.replace(
        "  -", " -"
    )
    assert not Path("runs").exists()


@pytest.mark.parametrize(
    ("package", "place", "help"),
    [
        ("tensorflow", "12:1", "specc[train]"),
        ("keras", "12:1", "specc[train]"),
        ("sklearn", "4:3", "specc[train]"),
        ("matplotlib", "13:1", "specc[plots]"),
        ("tensorboard", "12:110", "pip install tensorboard"),
    ],
)
def test_a_missing_package_is_found_first(
    main: Main, monkeypatch: pytest.MonkeyPatch, package: str, place: str, help: str
) -> None:
    monkeypatch.setattr(packages, "find_spec", lambda name: None if name == package else True)
    text = DIGITS.replace("epochs: 20", "epochs: 20, callbacks: [TensorBoard]")
    file = written(text + "visualize: [learning_curves]\n")
    code, out, err = main("run", file)
    assert (code, out) == (1, "")
    assert "error[R805]: this needs `" in err and f"spec.yaml:{place}\n" in err and help in err
    assert not Path("runs").exists()


def test_another_backend_of_keras_is_refused(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    code, out, err = main("run", written(DIGITS))
    assert (code, out) == (2, "") and "KERAS_BACKEND is `jax`" in err


def test_an_output_that_cannot_be_written(main: Main) -> None:
    file = written(DIGITS)
    for output in (file, "/proc/none"):
        code, out, err = main("run", file, "--output", output)
        assert (code, out) == (2, "")
        assert f"specc: cannot write to `{output}`: " in err and "Traceback" not in err


def test_a_finding_about_a_set_value_says_so(main: Main) -> None:
    code, _, err = main("run", written(DIGITS), "--set", "train.optimizer=adamm")
    assert code == 1 and "unknown optimizer `adamm`" in err
    assert "note: `--set train.optimizer=adamm` replaces what the spec says here" in err


def config(model: Path) -> bytes:
    """The architecture, without the addresses of objects."""
    return re.sub(rb'"shared_object_id": \d+', b"", member(model, "config.json"))


@pytest.mark.keras
def test_a_run_is_the_script_run_alone() -> None:
    done = started("run", str(written(DIGITS)), "--epochs", "3")
    out, err = done.communicate(timeout=300)
    assert (done.returncode, err) == (0, ""), err
    run = the_run()
    lines = out.splitlines()
    assert [line[:9] for line in lines[:3]] == ["epoch 1/3", "epoch 2/3", "epoch 3/3"]
    assert lines[3].startswith("test  loss ") and lines[4:] == [str(run)]
    assert names(run) == {*WHOLE, "digits.py", "metrics.json"}
    script = run / "digits.py"
    assert script.read_text() == emit(loads(DIGITS))
    output = alone(script, "--epochs", "3")
    for name in ("history.csv", "metrics.json"):
        assert (run / name).read_bytes() == (output / name).read_bytes()
    ours, its = run / "model.keras", output / "model.keras"
    assert member(ours, "model.weights.h5") == member(its, "model.weights.h5")
    assert config(ours) == config(its)
    facts = record(run)
    assert (facts["state"], facts["epochs"], facts["epochs_done"]) == ("finished", 3, 3)
    assert facts["seed"] == 0 and {"python", "keras"} <= set(facts["versions"])


@pytest.mark.keras
def test_a_run_on_images_is_the_script_run_alone(main: Main, pictures: Path) -> None:
    import keras

    keras.layers.Dense(1)  # what was made before in this process gives no other names
    code, _, err = main("run", written(IMAGES), "--data-dir", pictures)
    assert code == 0 and "error" not in err
    run = the_run()
    assert names(run) == {*WHOLE, "pictures.py"}
    output = alone(run / "pictures.py", "--data-dir", str(pictures))
    assert (run / "history.csv").read_bytes() == (output / "history.csv").read_bytes()
    weights = "model.weights.h5"
    assert member(run / "model.keras", weights) == member(output / "model.keras", weights)


@pytest.mark.keras
def test_lists_of_words_of_any_length_are_encoded_as_they_are(main: Main) -> None:
    import keras
    import numpy as np
    import tensorflow as tf

    reviews()
    assert main("run", written(WORDS))[0] == 0
    run = the_run()
    output = alone(run / "words.py", "--data-dir", str(Path.cwd()))
    for file in ("history.csv", "metrics.json"):
        assert (run / file).read_bytes() == (output / file).read_bytes()
    weights = "model.weights.h5"
    assert member(run / "model.keras", weights) == member(output / "model.keras", weights)
    model = keras.saving.load_model(run / "model.keras", safe_mode=True)
    kernel, bias = (each.numpy() for each in model.layers[-1].weights)
    lists = [[1, 5, 5, 29], [7]]
    rows = [kernel[sorted(set(each))].sum(axis=0) + bias for each in lists]
    expected = 1 / (1 + np.exp(-np.stack(rows)))
    assert model(tf.ragged.constant(lists, dtype="int32")).numpy() == pytest.approx(expected)


@pytest.mark.keras
def test_settings_make_another_program_that_can_be_built_again(main: Main) -> None:
    file = written(DIGITS)
    settings = ["train.epochs=1", "model.0.Conv2D.filters=3"]
    code, out, _ = main("run", file, "--set", settings[0], "--set", settings[1])
    assert code == 0
    run, facts = the_run(), record(the_run())
    first, *_ = out.splitlines()
    digest = str(facts["digest"])
    assert (
        first
        == f"with train.epochs=1, model.0.Conv2D.filters=3: another program, digest {digest[:8]}"
    )
    assert facts["set"] == ["train.epochs=1", "model.0.Conv2D.filters=3"]
    assert run.name.endswith(digest[:8])
    assert main("build", "--check", run / "spec.yaml", "--output", run)[:2] == (0, "")
    assert f"digest {digest[:32]}" in (run / "digits.py").read_text()
    assert digest[:32] not in emit(load(file))


@pytest.mark.keras
def test_quiet_says_nothing(main: Main) -> None:
    arrays()
    text = ARRAYS.replace("epochs: 2", "epochs: 40")
    code, out, _ = main("run", written(text), "--quiet")
    assert (code, out) == (0, "") and len(list(Path("runs").glob("*/*"))) == 1


@pytest.mark.keras
@pytest.mark.parametrize(
    ("changed", "said", "place"),
    [
        (("y", lambda np: np.arange(60) % 5), "a label is ", "4:3"),
        (("y", lambda np: np.arange(60) % 3 - 1), "a label is -1, and the model has 3 cla", "4:3"),
        (("x", lambda np: np.zeros((60, 7))), "ValueError: Input 0 with name", "7:5"),
        (("x", None), "KeyError: 'x is not a file in the archive'", "3:1"),
    ],
)
def test_data_that_change_after_the_check(
    main: Main,
    monkeypatch: pytest.MonkeyPatch,
    changed: tuple,
    said: str,
    place: str,
) -> None:
    import numpy as np

    arrays()

    def change(*_: object, **__: object) -> list[object]:
        name, make = changed
        arrays(**{name: make(np)}) if make else np.savez("data.npz", y=np.zeros(60))
        return []

    monkeypatch.setattr(packages, "missing", change)  # the last thing before the training
    code, _, err = main("run", written(ARRAYS))
    run = the_run()
    assert code == 3 and f"error[R806]: the run failed: {said}" in err
    assert f"spec.yaml:{place}\n" in err and "Traceback" not in err
    assert err.endswith(f"specc: the run failed; no model was saved; see {run}\n")
    assert (run / "error.log").read_text().startswith("Traceback")
    assert record(run)["state"] == "failed" and "model.keras" not in names(run)


@pytest.mark.keras
def test_targets_of_another_shape(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    arrays(y=np.linspace(0, 1, 60))
    text = ARRAYS.replace("units: 3, activation: softmax", "units: 1")
    file = written(text.replace("sparse_categorical_crossentropy", "mse"))
    monkeypatch.setattr(packages, "missing", lambda *_: arrays(y=np.zeros((60, 2, 2))) or [])
    code, _, err = main("run", file)
    said = "the targets are 240 numbers for 60 rows, expected one for each"
    assert code == 3 and f"error[R806]: the run failed: {said}" in err
    assert "spec.yaml:4:3\n" in err


@pytest.mark.keras
@pytest.mark.parametrize("preprocess", ["Normalization", "{Rescaling: 1/255}"])
def test_broken_pictures_are_named(main: Main, pictures: Path, preprocess: str) -> None:
    shutil.copytree(pictures, "pictures")
    for name in ("dark/1.png", "light/4.png"):
        file = Path("pictures/train", name)
        file.write_bytes(file.read_bytes()[:-20])
    text = IMAGES.replace("[Normalization]", f"[{preprocess}]")
    code, _, err = main("run", written(text), "--data-dir", "pictures")
    assert code == 1
    assert "error[D539]: `pictures/train/dark/1.png` breaks off: its end is missing" in err
    assert "error[D539]: `pictures/train/light/4.png` breaks off: its end is missing" in err
    assert "spec.yaml:4:19\n" in err
    assert not Path("runs").exists()


@pytest.mark.keras
def test_too_little_memory(main: Main) -> None:
    arrays()
    text = ARRAYS.replace("units: 8", "units: 100000000000000")
    code, _, err = main("run", written(text))
    assert code == 3 and "error[R806]: the run failed: there is not enough memory" in err
    assert "spec.yaml:7:5\n" in err


@pytest.mark.keras
def test_a_loss_that_is_no_number_is_a_warning(main: Main) -> None:
    arrays()
    normal = "{RandomNormal: {stddev: 1.0e+38}}"
    text = ARRAYS.replace(
        "activation: softmax", f"activation: softmax, kernel_initializer: {normal}"
    )
    code, _, err = main("run", written(text))
    assert code == 0 and "warning[R807]: the loss is " in err and "spec.yaml:9:9\n" in err
    assert (
        names(the_run()) == {*WHOLE, "arrays.py"} and "null" in (the_run() / "run.json").read_text()
    )


@pytest.mark.keras
def test_a_picture_that_fails_loses_nothing(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ImportError("No module named 'matplotlib'")

    arrays()
    monkeypatch.setattr("specc.runs.curves.draw", fails)
    code, _, err = main("run", written(ARRAYS))
    assert code == 0 and "warning[R808]: no learning curves were drawn" in err
    assert "pip install 'specc[plots]'" in err
    assert names(the_run()) == {*WHOLE, "arrays.py"} - {"learning_curves.png"}
