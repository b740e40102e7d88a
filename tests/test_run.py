"""`specc run`: what it leaves behind, how it ends, and that it trains as the script does."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from specc import cli
from specc.api import emit, load, loads
from specc.runs import copy, packages
from specc.runs.blame import finding
from specc.runs.directory import create, replace
from specc.runs.native import NOISE, native_messages
from specc.runs.progress import Lines, display, metrics, number
from specc.runs.signals import Signals, Stop

ROOT = Path(__file__).parents[1]
SPECS = sorted(ROOT.glob("specs/*.yaml"))
# Warnings of Keras and NumPy to each other are no failures of a run.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
Main = Callable[..., tuple[int, str, str]]

DIGITS = """\
specc: 1
name: digits
data:
  dataset: {sklearn: digits}
  preprocess: [{Rescaling: 1/16}]
  split: {train: 0.6, validation: 0.2, test: 0.2}
model:
  - Conv2D: {filters: 4, kernel_size: 3, activation: relu}
  - Flatten
  - Dropout: 0.25
  - Dense: {units: 10, activation: softmax}
train: {optimizer: adam, loss: sparse_categorical_crossentropy, metrics: [accuracy], epochs: 20}
"""
IMAGES = """\
specc: 1
name: pictures
data:
  images: {train: train, validation: validation, size: [8, 8]}
  batch_size: 4
  preprocess: [Normalization]
model: [{Conv2D: {filters: 2, kernel_size: 3, activation: relu}}, Flatten,
  {Dense: {units: 1, activation: sigmoid}}]
train: {optimizer: adam, loss: binary_crossentropy, epochs: 2}
"""
ARRAYS = """\
specc: 1
name: arrays
data:
  arrays: {path: data.npz, train: [x, y]}
  batch_size: 8
model:
  - Dense: {units: 8, activation: relu, name: hidden}
  - Dense: {units: 3, activation: softmax}
train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 2}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CI", "1")
    return tmp_path


@pytest.fixture
def main(capfd: pytest.CaptureFixture[str]) -> Main:
    """Runs a command in this process; gives its exit code and what it wrote."""

    def run(*words: object) -> tuple[int, str, str]:
        code = cli.main([str(word) for word in words])
        return code, *capfd.readouterr()

    return run


def started(*words: str) -> "subprocess.Popen[str]":
    """A command as a process, in which SIGINT does what it does in a terminal."""
    return subprocess.Popen(
        [sys.executable, "-m", "specc", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def written(text: str, name: str = "spec.yaml") -> Path:
    Path(name).write_text(text)
    return Path(name)


def the_run() -> Path:
    [found] = Path("runs").glob("*/*")
    return found


def record(run: Path) -> dict[str, Any]:
    return json.loads((run / "run.json").read_text())


def names(run: Path) -> set[str]:
    return {path.name for path in run.iterdir()}


WHOLE = {"spec.yaml", "run.json", "history.csv", "model.keras", "learning_curves.png"}


# Before anything is trained


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


# The copy of the spec


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_copy_is_the_spec_as_it_was_written(path: Path) -> None:
    assert copy.text(load(path)) == path.read_text()


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (DIGITS.replace("name: digits\n", ""), "name: other\nspecc: 1\n"),
        ("# words\n" + DIGITS.replace("name: digits\n", ""), "name: other\n# words\nspecc: 1\n"),
        ("# words\n---\n" + DIGITS.replace("name: digits\n", ""), "name: other\nspecc: 1\ndata:\n"),
        ("---\n" + DIGITS, "---\nspecc: 1\n"),
    ],
)
def test_the_copy_of_a_spec_without_a_name_has_one(text: str, start: str) -> None:
    compiled = loads(text, name="other.yaml")
    again = copy.text(compiled)
    assert again.startswith(start)
    assert emit(loads(again, name="spec.yaml")) == emit(compiled)


@pytest.mark.parametrize(
    "settings",
    [
        ["train.epochs=5", "name=twin"],
        ["model.3.Dense.kernel_regularizer={L2: 1/8}", "seed=7"],
        ["train.optimizer.SGD.learning_rate=1e-3", "description=\"two\\nlines: 'x' \\u2028\""],
        ["train.callbacks=[{EarlyStopping: {patience: 1}}]", "data.split.shuffle=false"],
    ],
)
def test_the_copy_of_a_changed_spec_reads_back(settings: list[str]) -> None:
    from specc.compiler import compile
    from specc.settings import apply
    from specc.source import read

    compiled = compile(apply(read("spec.yaml", DIGITS.encode()), settings))
    assert compiled.report.ok, compiled.report.errors
    assert emit(compiled) != emit(loads(DIGITS))
    assert emit(loads(copy.text(compiled))) == emit(compiled)


# The folder


def test_two_runs_of_one_second_have_two_folders() -> None:
    first, second, third = (create(Path("runs"), "a", "0123456789") for _ in range(3))
    assert first.name.endswith("Z-01234567") and len({first, second, third}) == 3
    assert first.parent == second.parent == Path("runs/a")


def test_a_file_is_replaced_whole_or_not_at_all() -> None:
    target = written("old", "a.txt")

    def fails(draft: Path) -> None:
        assert draft.suffix == ".txt" and draft.parent == target.parent
        draft.write_text("half")
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        replace(target, fails)
    assert target.read_text() == "old" and names(Path()) == {"a.txt"}


def test_native_messages_go_to_a_file(capfd: pytest.CaptureFixture[str]) -> None:
    with native_messages(Path("native.log")):
        os.write(2, b"2026-01-01 00:00:00.1: F core.cc:1] out of something\n")
        print("from Python", file=sys.stderr)
    print("after", file=sys.stderr)
    assert capfd.readouterr().err == "from Python\nafter\n"
    assert "out of something" in Path("native.log").read_text()


def test_noise_is_not_kept(capfd: pytest.CaptureFixture[str]) -> None:
    noise = "I0000 00:00:1795229940.058585   22797 port.cc:153] oneDNN custom operations are on.\n"
    with native_messages(Path("native.log")):
        os.write(2, noise.encode())
    assert capfd.readouterr().err == "" and not Path("native.log").exists()
    assert NOISE.fullmatch("2026-11-21 02:43:40.1: I tensorflow/core/cpu.cc:1] To enable")
    assert not NOISE.fullmatch("2026-11-21 02:43:40.1: E tensorflow/core/cpu.cc:1] failed")


# Signals


def test_the_first_signal_ends_what_is_being_done() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with Signals() as signals, pytest.raises(Stop):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(1)
    assert signals.received == [signal.SIGTERM]
    assert signal.getsignal(signal.SIGTERM) is before


def test_the_second_signal_ends_what_ends_in_order() -> None:
    asked: list[int] = []
    with Signals() as signals, pytest.raises(Stop), signals.orderly(lambda: asked.append(1)):
        os.kill(os.getpid(), signal.SIGTERM)
        assert asked == [1]
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(1)
    assert signals.received == [signal.SIGTERM, signal.SIGINT]


def test_when_it_is_over_signals_do_nothing() -> None:
    with Signals() as signals:
        signals.over()
        os.kill(os.getpid(), signal.SIGINT)


def test_a_signal_that_was_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Signals():
            os.kill(os.getpid(), signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


# What is seen


def test_the_loss_comes_first_and_the_learning_rate_last() -> None:
    logs = {"accuracy": 0.9, "learning_rate": 1e-4, "loss": 1.5, "val_accuracy": 0, "val_loss": 2e4}
    shown = "loss 1.500  accuracy 0.9000  val_loss 20000  val_accuracy 0.0000  learning_rate 0.0001"
    assert metrics(logs) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.05, "0.0500"), (0.00123456, "0.00123"), (1e-7, "1e-07"), (12.3, "12.30"), (-3, "-3.000"),
     (2944.4, "2944"), (123456.7, "123457"), (1.5e9, "1.5e+09"), (float("nan"), "nan")],
)  # fmt: skip
def test_numbers_keep_four_digits(value: float, shown: str) -> None:
    assert number(value) == shown


def test_lines_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    screen = display(quiet=False)
    assert isinstance(screen, Lines) and not screen.batches
    screen.start(10, 0, 5)
    screen.finished(3, 1.25, {"accuracy": 0.5, "loss": 1.0})
    assert capsys.readouterr().out == "epoch  3/10  1.2 s  loss 1.000  accuracy 0.5000\n"
    display(quiet=True).finished(3, 1.25, {"loss": 1.0})
    assert capsys.readouterr().out == ""


@pytest.mark.keras
def test_the_live_display(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.delenv("CI")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    screen = display(quiet=False)
    screen.doing("starting TensorFlow")
    screen.start(2, 0, 4)
    for epoch in (1, 2):
        screen.epoch(epoch)
        for batch in range(1, 5):
            screen.batch(batch, {"accuracy": 0.5, "loss": 1.0})
        screen.validating()
        time.sleep(0.15)  # for a refresh
        screen.finished(epoch, 1.0, {"loss": 1.0, "val_loss": 2.0})
    screen.stop()
    shown = terminal.getvalue()
    assert "epoch 1/2  1.0 s  loss 1.000  val_loss 2.000\n" in shown
    for part in ("starting TensorFlow", "epoch 2/2, validating", "4/4", "0:00 left", "loss 1.000"):
        assert part in shown
    assert shown.count("\x1b[?25l") == shown.count("\x1b[?25h") == 1, "the cursor comes back"


@pytest.mark.keras
def test_the_time_left_over_all_epochs() -> None:
    from specc.runs.live import Estimate, clock

    estimate = Estimate(epochs=4, first=0, steps=10)
    estimate.epoch(1, 0.0)
    estimate.batch(1, 30.0)
    assert estimate.left(1, 30.0) is None, "the first batch traces the graph"
    assert estimate.left(6, 35.0) == pytest.approx(34.0)
    estimate.finished(50.0)
    estimate.epoch(2, 50.0)
    assert estimate.left(0, 50.0) == 150.0, "all there is to go by"
    estimate.finished(70.0)
    estimate.epoch(3, 70.0)
    assert estimate.left(5, 75.0) == 30.0, "the first epoch no longer counts"
    assert Estimate(4, 0, None).left(3, 1.0) is None
    assert (clock(59.6), clock(125), clock(3723)) == ("1:00", "2:05", "1:02:03")


# Runs


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two folders of small pictures in two classes."""
    import numpy as np
    import tensorflow as tf

    folder, random = tmp_path_factory.mktemp("pictures"), np.random.default_rng(0)
    for part, label in [(p, c) for p in ("train", "validation") for c in ("dark", "light")]:
        (folder / part / label).mkdir(parents=True)
        for index in range(6):
            pixels = random.integers(0, 128, (9, 9, 3), "uint8") + 127 * (label == "light")
            image = tf.io.encode_png(pixels.astype("uint8")).numpy()
            (folder / part / label / f"{index}.png").write_bytes(image)
    return folder


def arrays(**changes: object) -> None:
    """`data.npz` as ARRAYS wants it, but for some changes."""
    import numpy as np

    random = np.random.default_rng(0)
    data = {"x": random.normal(size=(60, 4)).astype("float32"), "y": np.arange(60) % 3}
    np.savez("data.npz", **{**data, **changes})


ALONE = """
import runpy, sys
class Blocked:
    def find_spec(self, name, *rest):
        if name.partition(".")[0] == "specc":
            raise ImportError(name)
sys.meta_path.insert(0, Blocked())
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
assert not [name for name in sys.modules if name.partition(".")[0] == "specc"]
"""


def alone(script: Path, *words: str) -> Path:
    """The output folder of a script that ran in a process of its own, where there is no specc."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environment["TF_CPP_MIN_LOG_LEVEL"] = "2"
    elsewhere = Path("elsewhere").resolve()
    elsewhere.mkdir()
    command = [sys.executable, "-c", ALONE, str(script.resolve()), *words]
    subprocess.run(command, check=True, cwd=elsewhere, env=environment, timeout=300)
    return elsewhere / "output"


def member(model: Path, name: str) -> bytes:
    with zipfile.ZipFile(model) as archive:
        return archive.read(name)


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
    code, _, err = main("run", written(IMAGES), "--data-dir", pictures)
    assert code == 0 and "error" not in err
    run = the_run()
    assert names(run) == {*WHOLE, "pictures.py"}
    output = alone(run / "pictures.py", "--data-dir", str(pictures))
    assert (run / "history.csv").read_bytes() == (output / "history.csv").read_bytes()
    weights = "model.weights.h5"
    assert member(run / "model.keras", weights) == member(output / "model.keras", weights)


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
    assert err.endswith(f"specc: the run failed; nothing was trained; see {run}\n")
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
    said = "targets and output do not fit: their shapes are [8,2,2,1] and [8,1]"
    assert code == 3 and f"error[R806]: the run failed: {said}" in err
    assert "spec.yaml:9:26\n" in err


@pytest.mark.keras
@pytest.mark.parametrize("preprocess", ["Normalization", "{Rescaling: 1/255}"])
def test_broken_pictures_are_named(main: Main, pictures: Path, preprocess: str) -> None:
    shutil.copytree(pictures, "pictures")
    for name in ("dark/1.png", "light/4.png"):
        file = Path("pictures/train", name)
        file.write_bytes(file.read_bytes()[:-20])
    text = IMAGES.replace("[Normalization]", f"[{preprocess}]")
    code, _, err = main("run", written(text), "--data-dir", "pictures")
    assert code == 3
    assert "the run failed: `pictures/train/dark/1.png` cannot be decoded: Invalid PNG data" in err
    assert "note: `pictures/train/light/4.png` cannot be decoded: Invalid PNG data" in err
    assert "spec.yaml:4:3\n" in err


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


class Hooked(Lines):
    """A display that does something when it is told of something."""

    batches = True

    def __init__(self, when: str, what: Callable[[], object]) -> None:
        super().__init__()
        self.when, self.what, self.now = when, what, 0

    def _is(self, now: str) -> None:
        if now == self.when:
            self.when = ""
            self.what()

    def doing(self, what: str) -> None:
        self._is(what)

    def epoch(self, epoch: int) -> None:
        self.now = epoch

    def batch(self, done: int, logs: object) -> None:
        self._is(f"epoch {self.now}, batch {done}")

    def validating(self) -> None:
        self._is(f"epoch {self.now}, validating")

    def finished(self, epoch: int, seconds: float, logs: object) -> None:
        self._is(f"epoch {epoch} done")


Hook = Callable[[str, Callable[[], object]], None]


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Hook:
    def install(when: str, what: Callable[[], object]) -> None:
        screen = Hooked(when, what)
        monkeypatch.setattr("specc.runs.supervise.display", lambda quiet: screen)

    return install


SAVED = {"model.keras", "history.csv"}
WITH_EPOCHS = {*SAVED, "learning_curves.png", "best.keras"}


@pytest.mark.keras
@pytest.mark.parametrize(
    ("when", "left", "epochs"),
    [
        ("starting TensorFlow", set(), 0),
        ("reading the data", set(), 0),
        ("epoch 1, batch 3", {*SAVED, "best.keras"}, 0),
        ("epoch 1 done", WITH_EPOCHS, 1),
        ("epoch 2, batch 3", WITH_EPOCHS, 1),
        ("epoch 2, validating", WITH_EPOCHS, 1),
        ("saving the model", WITH_EPOCHS, 9),
        ("scoring the test part", WITH_EPOCHS, 9),
    ],
)
def test_a_signal_ends_each_part_of_a_run(
    main: Main,
    hook: Hook,
    when: str,
    left: set[str],
    epochs: int,
) -> None:
    number = signal.SIGTERM if len(when) % 2 else signal.SIGINT
    best: list[bytes] = []

    def stop() -> None:
        best.extend(file.read_bytes() for file in Path("runs").rglob("best.keras"))
        os.kill(os.getpid(), number)

    hook(when, stop)
    stopping = "epochs: 9, callbacks: [{EarlyStopping: {restore_best_weights: true, patience: 9}},"
    stopping += " {ModelCheckpoint: {filepath: best.keras, save_best_only: true}}]"
    code, _, err = main("run", written(DIGITS.replace("epochs: 20", stopping)))
    run = the_run()
    assert code == 128 + number
    assert names(run) == {"spec.yaml", "run.json", "digits.py", *left}
    facts = record(run)
    assert (facts["state"], facts["signal"], facts["epochs_done"]) == ("stopped", number, epochs)
    said = "what was trained is in" if left else "nothing was trained; see"
    assert err.splitlines()[-1] == f"specc: stopped; {said} {run}"
    assert "Warning" not in err and "Traceback" not in err
    if left:  # an epoch that was cut short has no row, and no callback judges by it
        assert not epochs or best == [(run / "best.keras").read_bytes()]
        assert len((run / "history.csv").read_text().splitlines()) == epochs + 1


@pytest.mark.keras
def test_two_signals_end_a_training_at_once(main: Main, hook: Hook) -> None:
    def twice() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)

    hook("epoch 2 done", twice)
    code, _, err = main("run", written(DIGITS.replace("epochs: 20", "epochs: 9")))
    run = the_run()
    assert code == 130 and err.endswith(f"specc: stopped; nothing was trained; see {run}\n")
    assert names(run) == {"spec.yaml", "run.json", "digits.py", "history.csv"}
    assert record(run)["state"] == "stopped"


@pytest.mark.keras
def test_results_that_cannot_be_written_go_elsewhere(main: Main, hook: Hook) -> None:
    arrays()
    hook("epoch 1 done", lambda: shutil.rmtree("runs"))
    code, _, err = main("run", written(ARRAYS))
    assert code == 3 and not Path("runs").exists() and "Traceback" not in err
    [line] = [line for line in err.splitlines() if line.startswith("specc: cannot write")]
    elsewhere = Path(line.rpartition("; see ")[2].strip("`"))
    try:
        assert "`model.keras`, `run.json` to `runs/arrays/" in line
        assert ": No such file or directory; " in line
        assert names(elsewhere) == WHOLE - {"spec.yaml"}
        assert record(elsewhere)["state"] == "finished"
    finally:
        shutil.rmtree(elsewhere)


@pytest.mark.keras
def test_ctrl_c_in_a_process_of_its_own() -> None:
    done = started("run", str(written(DIGITS.replace("epochs: 20", "epochs: 100000"))))
    assert done.stdout and done.stdout.readline().startswith("epoch      1/100000")
    done.send_signal(signal.SIGINT)
    _, err = done.communicate(timeout=60)
    assert done.returncode == 130 and "what was trained is in" in err and "Traceback" not in err
    assert names(the_run()) == {*WHOLE, "digits.py"}


@pytest.mark.keras
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_signals_while_tensorflow_loads(number: signal.Signals) -> None:
    done = started("run", str(written(DIGITS)))
    while not list(Path("runs").glob("*/*/run.json")):
        time.sleep(0.01)
    time.sleep(0.3)
    done.send_signal(number)
    _, err = done.communicate(timeout=60)
    killed = number == signal.SIGKILL
    assert done.returncode == (-number if killed else 128 + number) and "Traceback" not in err
    assert record(the_run())["state"] == ("started" if killed else "stopped")


@pytest.mark.parametrize(
    ("error", "said", "place"),
    [
        (
            ValueError(
                "Arguments `target` and `output` must have the same shape. "
                "Received: target.shape=(None, 3), output.shape=(None, 1)"
            ),
            "targets of shape (None, 3) do not fit the output of shape (None, 1)",
            ("train", "loss"),
        ),
        (
            Exception("URL fetch failure on https://example.org/a.npz: None -- no answer"),
            "cannot download https://example.org/a.npz: no answer",
            ("data", "dataset"),
        ),
        (MemoryError(), "there is not enough memory", ("data", "batch_size")),
        (
            RuntimeError('Graph execution error:\n\nlayer "dense" is odd\n[[{{node x}}]]'),
            'RuntimeError: layer "dense" is odd',
            ("model", 3),
        ),
        (RuntimeError(), "RuntimeError: it gives no reason", ()),
    ],
)
def test_what_keras_says_in_other_words(
    error: Exception, said: str, place: tuple[str, ...]
) -> None:
    found = finding(error, loads(DIGITS), "digits.py")
    assert (found.message, found.path) == (f"the run failed: {said}", place)


def test_a_signal_at_the_border_has_its_exit_code(
    main: Main, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copy, "text", lambda _: os.kill(os.getpid(), signal.SIGTERM))
    code, _, err = main("run", written(DIGITS))
    assert code == 143 and err.endswith("specc: interrupted\n")


@pytest.mark.keras
def test_nobody_reads_the_progress(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed:
        def write(self, text: str) -> int:
            raise BrokenPipeError(32, "Broken pipe")

    arrays()
    screen, out = Lines(), sys.stdout
    monkeypatch.setattr("specc.runs.supervise.display", lambda quiet: screen)
    monkeypatch.setattr(screen, "doing", lambda what: setattr(sys, "stdout", Closed()))
    monkeypatch.setattr(screen, "stop", lambda: setattr(sys, "stdout", out))
    assert main("run", written(ARRAYS))[0] == 0
    assert record(the_run())["state"] == "finished" and names(the_run()) >= WHOLE
