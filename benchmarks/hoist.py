"""The notes' fast extraction of features, beside the script of `cats_dogs_vgg16_features`.

Needs ../shared for the program of the notes. Photos and weights are random, which take as long as
others. A round with 3,000 photos, as in the notes, takes five minutes on two idle cores. The least
time of several rounds counts: a virtual machine's host makes threads wait that need each other, up
to a third of their time, by chance and in all programs.

usage: hoist.py [PHOTOS [ROUNDS]]
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from _measure import ROOT, SHARED, Cost, head, in_turns, process, rounds, row

from specc.api import emit, loads

BY_HAND = SHARED / "bench" / "notes_vgg16_features.py"
SPEC = ROOT / "specs" / "cats_dogs_vgg16_features.yaml"
EPOCHS = 30


def main() -> None:
    if not BY_HAND.is_file():
        print("hoist: ../shared is not there, so there is nothing to compare with")
        return
    count = rounds(3000)
    turns = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    head(f"cats_dogs_vgg16_features: {count} photos, {EPOCHS} epochs, whole processes")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _photos(folder, count)
        _weights(folder / "base.weights.h5")
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        costs = in_turns(_runs(folder), turns, warm=False, take=min)
    hand, first, second = costs.values()
    row("the program of the notes, wall time", hand.wall, "s")
    what = "the emitted script, first run, so many times that"
    row(what, first.wall / hand.wall, "x", "at most 0.9")
    row("... processor time", first.cpu / hand.cpu, "x")
    what = "second run, with the features there, so many times that"
    row(what, second.wall / hand.wall, "x", "at most 0.15")
    row("... processor time", second.cpu / hand.cpu, "x")


def _runs(folder: Path) -> dict[str, Callable[[], Cost]]:
    """The program of the notes, the emitted script without features, and once more with them."""
    script = folder / "features.py"
    script.write_text(_script(folder), encoding="utf-8")
    ours = (sys.executable, script, "--data-dir", folder, "--output", folder / "output")

    def first() -> Cost:
        shutil.rmtree(folder / "cache", ignore_errors=True)
        return process(ours)

    by_hand = (sys.executable, BY_HAND, folder / "data", EPOCHS)
    return {
        "hand": lambda: process(by_hand),
        "first": first,
        "second": lambda: process(ours),
    }


def _script(folder: Path) -> str:
    """The script of the spec, with random weights, and without a test part, as in the notes."""
    text = SPEC.read_text(encoding="utf-8").replace("weights: imagenet", "weights: BASE")
    text = text.replace("BASE", str(folder / "base.weights.h5"))
    return emit(loads(re.sub(r", test: [\w/]+", "", text)))


def _photos(folder: Path, count: int) -> None:
    """Photos of two classes, two thirds of them to train on."""
    import numpy as np
    from PIL import Image

    random = np.random.default_rng(0)
    for number in range(count):
        part = "validation" if number % 3 == 2 else "train"
        photo = folder / "data" / part / ("cats", "dogs")[number % 2] / f"{number}.jpg"
        photo.parent.mkdir(parents=True, exist_ok=True)
        coarse = Image.fromarray(random.integers(0, 256, (12, 16, 3), "uint8"))
        coarse.resize((499, 375)).save(photo)


def _weights(path: Path) -> None:
    import keras

    keras.applications.VGG16(weights=None, include_top=False).save_weights(path)


if __name__ == "__main__":
    main()
