"""What a run is made of: copy of the spec, folder, native messages, signals, display, blame."""

import os
import signal
import sys
import time
import warnings
from pathlib import Path

import pytest
from running import DIGITS, ROOT, names, written

from specc.api import emit, load, loads
from specc.runs import copy
from specc.runs.blame import finding
from specc.runs.directory import create, replace
from specc.runs.display import display
from specc.runs.native import NOISE, native_messages
from specc.runs.progress import Lines, metrics, number
from specc.runs.signals import Signals, Stop
from specc.runs.supervise import said_of_a_whole

SPECS = sorted(ROOT.glob("specs/*.yaml"))
pytestmark = pytest.mark.usefixtures("workplace")

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


# Warnings of a model that cannot be made


def test_warnings_are_heard_once_there_is_a_model() -> None:
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        with pytest.raises(ValueError, match="no such layer"), said_of_a_whole():
            warnings.warn("of a layer", stacklevel=1)
            raise ValueError("no such layer")
        assert heard == []
        with said_of_a_whole():
            warnings.warn("of a model", stacklevel=1)
        assert [str(each.message) for each in heard] == ["of a model"]
