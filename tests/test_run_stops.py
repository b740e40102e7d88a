"""What ends a run early, and that nothing is lost then: signals, lost folders, lost terminals."""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Main
from running import ARRAYS, DIGITS, WHOLE, arrays, names, record, started, the_run, written

from specc.runs import copy
from specc.runs.progress import Lines

pytestmark = [
    pytest.mark.usefixtures("workplace"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


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
    said = "what was trained is in" if left else "no model was saved; see"
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
    assert code == 130 and err.endswith(f"specc: stopped; no model was saved; see {run}\n")
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
