"""The time of an epoch under `specc run`, beside a script as one types it by hand.

Needs ../shared: MNIST, and the script of the notes. Each trains the same number of samples in
batches of 128 and looks at 10,000 more after each epoch. Takes about ten minutes.

usage: epochs.py [ROUNDS]
"""

import json
import re
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
from _measure import ROOT, SHARED, SPECC, head, output, rounds, row

SAMPLES, HELD_OUT, EPOCHS = 10_000, 10_000, 4
MNIST = SHARED / "data" / "mnist" / "mnist.npz"
BY_HAND = SHARED / "bench" / "notes_mnist_cnn.py"
# Runs a module or script with a clock in `fit`: the first epoch traces, so it does not count.
CLOCK = """
import os, runpy, sys, time
import keras
fit, ends = keras.Model.fit, []
class Clock(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        ends.append((time.perf_counter(), time.process_time()))
def timed(self, *args, callbacks=(), **options):
    return fit(self, *args, callbacks=[*callbacks, Clock()], **options)
keras.Model.fit = timed
program, *sys.argv[1:] = sys.argv[1:]
sys.path.insert(0, os.path.dirname(program))
try:
    runpy.run_module("specc", run_name="__main__") if program == "specc" else \
        runpy.run_path(program, run_name="__main__")
finally:
    for name, times in zip(("wall", "cpu"), zip(*ends)):
        print(name, *(b - a for a, b in zip(times, times[1:])))
"""


class Training(NamedTuple):
    """Seconds of an epoch, by the clock and of the processors; the accuracy on the test part."""

    wall: float
    cpu: float
    accuracy: float


def main() -> None:
    if not MNIST.is_file() or not BY_HAND.is_file():
        print("epochs: ../shared is not there, so there is nothing to compare with")
        return
    head(f"MNIST, {SAMPLES:,} samples: the median epoch of {EPOCHS - 1}, first one left out")
    with tempfile.TemporaryDirectory() as name:
        turns = [(by_hand(), supervised(Path(name))) for _ in range(rounds(3))]
    theirs, ours = (middle(each) for each in zip(*turns, strict=True))
    for kind, what in (("wall", "wall time"), ("cpu", "processor time")):
        row(f"the script of the notes, an epoch, {what}", getattr(theirs, kind), "s")
        row(f"specc run, an epoch, {what}", getattr(ours, kind), "s")
        ratios = [getattr(mine, kind) / getattr(other, kind) for other, mine in turns]
        row("... so many times the script, median of the turns", median(ratios), "x", "<= 1.03")
    row("test accuracy, script of the notes", theirs.accuracy, "")
    row("test accuracy, specc run", ours.accuracy, "", "no worse")


def by_hand() -> Training:
    said = clocked(BY_HAND, MNIST, EPOCHS, SAMPLES)
    figures = json.loads(re.findall(r"^\{.*\}$", said, re.MULTILINE)[-1])
    return Training(epoch(said, "wall"), epoch(said, "cpu"), figures["test_accuracy"])


def supervised(folder: Path) -> Training:
    """The spec of the same network, on a local copy of as many rows."""
    data, spec = folder / "mnist.npz", folder / "mnist_cnn.yaml"
    if not data.exists():
        cut(data)
    text = (ROOT / "specs" / "mnist_cnn.yaml").read_text(encoding="utf-8")
    local = f"{{keras: mnist, path: {data}}}\n  split: {{validation: {HELD_OUT}}}"
    spec.write_text(text.replace("{keras: mnist}", local), encoding="utf-8")
    said = clocked("specc", "run", spec, "--epochs", EPOCHS, "--output", folder / "runs")
    accuracy = re.search(r"^test .*accuracy ([\d.]+)", said, re.MULTILINE)
    assert accuracy, said
    return Training(epoch(said, "wall"), epoch(said, "cpu"), float(accuracy[1]))


def cut(file: Path) -> None:
    """The first rows of MNIST, for training and for looking at; its whole test part."""
    rows = SAMPLES + HELD_OUT
    with np.load(MNIST) as whole:
        part = {name: whole[name][:rows] if "train" in name else whole[name] for name in whole}
    np.savez(file, **part)


def clocked(*words: object) -> str:
    """What a script or module prints, run with the clock."""
    return output([SPECC[0], "-c", CLOCK, *words])


def epoch(said: str, kind: str) -> float:
    """Seconds of the median epoch, as the clock printed them."""
    seconds = re.search(rf"^{kind} (.*)$", said, re.MULTILINE)
    assert seconds, said
    return median(map(float, seconds[1].split()))


def middle(trainings: tuple[Training, ...]) -> Training:
    return Training(*map(median, zip(*trainings, strict=True)))


if __name__ == "__main__":
    main()
