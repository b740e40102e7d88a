"""Augmented images per second: the emitted pipeline, ImageDataGenerator, a chain of Keras layers.

Needs ../shared for its photos, which lie in a folder as JPEG files of many sizes. Each program
makes batches of 20 images of 150x150 of them by the same six changes, epoch after epoch, in a
process of its own, and nothing is trained. ImageDataGenerator decodes the files in every epoch,
as it always does; the layers have them decoded once, by `cache()`. Takes about three minutes.

usage: augmentation.py [ROUNDS]
"""

import shutil
import sys
import tempfile
from collections.abc import Iterable
from importlib.util import module_from_spec, spec_from_file_location
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from _measure import SHARED, SPECC, Cost, function, head, output, rounds, row

PHOTOS = SHARED / "data" / "flower_photos_small" / "train"
SIZE, BATCH, COPIES, BATCHES, EPOCHS = 150, 20, 8, 100, 1000
WARM = 40  # batches, more than an epoch has
PROGRAMS = {
    "specc": "the emitted pipeline",
    "generator": "ImageDataGenerator",
    "layers": "a chain of five Keras layers, in parallel",
}
SIX = {
    "rotation_range": 40, "width_shift_range": 0.2, "height_shift_range": 0.2, "shear_range": 10,
    "zoom_range": 0.2, "horizontal_flip": True,
}  # fmt: skip
SPEC = f"""
specc: 1
data:
  images: {{path: photos, size: [{SIZE}, {SIZE}]}}
  batch_size: {BATCH}
  split: none
  preprocess: [{{Rescaling: 1/255}}]
  augment: {str(SIX).replace("'", "").replace("True", "true")}
model:
  - Input: [{SIZE}, {SIZE}, 3]
  - Flatten
  - Dense: {{units: 5, activation: softmax}}
train: {{optimizer: adam, loss: categorical_crossentropy, epochs: {EPOCHS}}}
"""


def main() -> None:
    if not PHOTOS.is_dir():
        print("augmentation: ../shared is not there, so there are no photos")
        return
    with tempfile.TemporaryDirectory() as name:
        copy_photos(Path(name) / "photos")
        turns = [{each: timed(each, name) for each in PROGRAMS} for _ in range(rounds(3))]
    head(f"six changes of a JPEG folder at {SIZE}x{SIZE}, {BATCHES * BATCH:,} in steady state")
    for program, what in PROGRAMS.items():
        wall = median(turn[program].wall for turn in turns)
        row(f"{what}, images per second", BATCHES * BATCH / wall, "")
    for program, target in (("generator", ">= 7"), ("layers", ">= 4")):
        for kind, least in (("wall", target), ("cpu", "")):
            pairs = [(getattr(t[program], kind), getattr(t["specc"], kind)) for t in turns]
            times = median(theirs / ours for theirs, ours in pairs)
            row(f"{program}, so many times the {kind} time of specc", times, "x", least)


def timed(program: str, folder: str) -> Cost:
    """What the batches cost in a process of their own, which says it in its last line."""
    return Cost(*map(float, output([SPECC[0], __file__, program, folder]).split()[-2:]))


def alone(program: str, folder: Path) -> None:
    """What such a process does."""
    makes = {"specc": emitted, "generator": generator, "layers": chain}
    batches = iter(makes[program](folder))
    take(batches, WARM)
    print(*function(lambda: take(batches, BATCHES)))


def take(batches: Iterable[Any], count: int) -> None:
    for _ in islice(batches, count):
        pass


def copy_photos(folder: Path) -> None:
    """Some photos, several times over."""
    for file in PHOTOS.rglob("*.jpg"):
        kind = folder / file.parent.name
        kind.mkdir(parents=True, exist_ok=True)
        for copy in range(COPIES):
            shutil.copy(file, kind / f"{copy}_{file.name}")


def emitted(folder: Path) -> Any:
    """What the script of a spec trains on."""
    from specc.api import emit, loads

    script = folder / "augmented.py"
    script.write_text(emit(loads(SPEC, name="augmented", data_dir=folder)), encoding="utf-8")
    found = spec_from_file_location("augmented", script)
    assert found and found.loader
    module = module_from_spec(found)
    found.loader.exec_module(module)
    data = module.load_data(folder)
    return module.prepared(module.shuffled(data.train, 0, EPOCHS), data.preprocessing)


def generator(folder: Path) -> Any:
    """The batches of ImageDataGenerator, which computes one image after the other."""
    from keras.src.legacy.preprocessing.image import ImageDataGenerator

    changing = ImageDataGenerator(rescale=1 / 255, **SIX)
    place, size = str(folder / "photos"), (SIZE, SIZE)
    return changing.flow_from_directory(place, target_size=size, batch_size=BATCH, seed=0)


def chain(folder: Path) -> Any:
    """The same changes by a layer each, batch by batch, of images that are decoded once."""
    import keras
    import tensorflow as tf
    from keras import layers

    changes = keras.Sequential(
        [
            layers.RandomRotation(40 / 360, fill_mode="nearest"),
            layers.RandomTranslation(0.2, 0.2, fill_mode="nearest"),
            layers.RandomShear(0.17, 0.0, fill_mode="nearest"),
            layers.RandomZoom((-0.2, 0.2), (-0.2, 0.2), fill_mode="nearest"),
            layers.RandomFlip("horizontal"),
            layers.Rescaling(1 / 255),
        ]
    )
    options: Any = {"image_size": (SIZE, SIZE), "batch_size": BATCH, "label_mode": "categorical"}
    place = folder / "photos"
    dataset = keras.utils.image_dataset_from_directory(place, verbose=False, **options)
    return (
        dataset.cache()
        .repeat()
        .map(lambda x, y: (changes(x, training=True), y), num_parallel_calls=tf.data.AUTOTUNE)
        .prefetch(tf.data.AUTOTUNE)
    )


if __name__ == "__main__":
    if len(sys.argv) > 2:
        alone(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
