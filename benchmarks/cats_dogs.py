"""`cats_dogs_augmented` beside the program of the notes: three epochs on a folder of photos.

Needs ../shared: the photos, of which two kinds stand for cats and dogs, and the program. Both
train the same network on the same 600 files and look at 200 others after each epoch. How long
the training waits for its input is measured batch by batch, in a process of its own. Takes about
ten minutes.

usage: cats_dogs.py [ROUNDS]
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from statistics import median
from typing import Any

from _measure import ROOT, SHARED, SPECC, Cost, head, output, process, rounds, row

PHOTOS = SHARED / "data" / "flower_photos_small"
BY_HAND = SHARED / "bench" / "notes_augmented_cnn.py"
SPEC = ROOT / "specs" / "cats_dogs_augmented.yaml"
STANDS_FOR = {"cats": "tulips", "dogs": "sunflowers"}
FILES = {"train": 300, "validation": 100, "test": 20}  # of each kind
EPOCHS = 3


def main() -> None:
    if not PHOTOS.is_dir() or not BY_HAND.is_file():
        print("cats_dogs: ../shared is not there, so there is nothing to compare with")
        return
    head(f"cats_dogs_augmented: {EPOCHS} epochs of {2 * FILES['train']} files, whole processes")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_photos(folder / "data")
        output([*SPECC, "build", SPEC, "--output", folder])
        turns = [(by_hand(folder), emitted(folder)) for _ in range(rounds(1))]
        first, waits = map(float, output([SPECC[0], __file__, "waiting", folder]).split()[-2:])
    report(turns, first, waits)


def report(turns: list[tuple[Cost, Cost]], first: float, waits: float) -> None:
    hand, ours = (median(turn[at].wall for turn in turns) for at in (0, 1))
    row("the program of the notes, wall time", hand, "s")
    row("the emitted script, wall time", ours, "s")
    times = median(ours.wall / hand.wall for hand, ours in turns)
    row("... so many times the notes'", times, "x", "at most 0.9")
    row("... processor time", median(ours.cpu / hand.cpu for hand, ours in turns), "x")
    row("until all files are decoded", first, "s")
    row("share of the time after that spent waiting for input", 100 * waits, "%", "at most 2")


def copy_photos(folder: Path) -> None:
    """The photos of each kind in turn, until there are enough files of it."""
    for part, count in FILES.items():
        for kind, flower in STANDS_FOR.items():
            place = folder / part / kind
            place.mkdir(parents=True)
            files = sorted((PHOTOS / part.replace("test", "validation") / flower).glob("*.jpg"))
            for at in range(count):
                shutil.copy(files[at % len(files)], place / f"{at}.jpg")


def by_hand(folder: Path) -> Cost:
    return process([SPECC[0], BY_HAND, folder / "data", EPOCHS])


def emitted(folder: Path) -> Cost:
    script, places = folder / "cats_dogs_augmented.py", ("--data-dir", folder, "--output", folder)
    return process([SPECC[0], script, *places, "--epochs", EPOCHS])


def waiting(folder: Path) -> tuple[float, float]:
    """Seconds until the first batch is there, which decodes all files, and the share of the time
    from then on in which the next batch is not there yet."""
    script = loaded(folder / "cats_dogs_augmented.py")
    data, model = script.load_data(folder), script.build_model()
    asked = time.perf_counter()
    batches = iter(script.prepared(script.shuffled(data.train, 0, EPOCHS), data.preprocessing))
    batch = next(batches)
    first = time.perf_counter() - asked
    model.train_on_batch(*batch)  # traces the step
    began, waited = time.perf_counter(), 0.0
    while batch := next_of(batches):
        waited += batch[0]
        model.train_on_batch(*batch[1])
    return first, waited / (time.perf_counter() - began)


def next_of(batches: Iterator[Any]) -> tuple[float, Any] | None:
    """Seconds until the next batch is there, and the batch; None when there are no more."""
    asked = time.perf_counter()
    batch = next(batches, None)
    return None if batch is None else (time.perf_counter() - asked, batch)


def loaded(script: Path) -> Any:
    found = spec_from_file_location(script.stem, script)
    assert found and found.loader
    module = module_from_spec(found)
    found.loader.exec_module(module)
    return module


if __name__ == "__main__":
    if sys.argv[1:2] == ["waiting"]:
        print(*waiting(Path(sys.argv[2])))
    else:
        main()
