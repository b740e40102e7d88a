"""Augmented images per second: the emitted pipeline, ImageDataGenerator, a chain of Keras layers.

Needs ../shared for its photos. They are decoded beforehand and kept in memory, 150x150; each
program makes batches of 20 of them by the same six changes, over and over, in a process of its
own, and nothing is trained. Takes about three minutes.

usage: augmentation.py [ROUNDS]
"""

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
SIZE, BATCH, COPIES, WARM, BATCHES, EPOCHS = 150, 20, 8, 40, 100, 1000
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
  arrays: {{x: x.npy, y: y.npy}}
  batch_size: {BATCH}
  split: none
  preprocess: [{{Rescaling: 1/255}}]
  augment: {str(SIX).replace("'", "").replace("True", "true")}
model:
  - Input: [{SIZE}, {SIZE}, 3]
  - Flatten
  - Dense: {{units: 1, activation: sigmoid}}
train: {{optimizer: adam, loss: binary_crossentropy, epochs: {EPOCHS}}}
"""


def main() -> None:
    if not PHOTOS.is_dir():
        print("augmentation: ../shared is not there, so there are no photos")
        return
    with tempfile.TemporaryDirectory() as name:
        output([SPECC[0], __file__, "photos", name])
        turns = [{each: timed(each, name) for each in PROGRAMS} for _ in range(rounds(3))]
    head(f"six changes of {SIZE}x{SIZE} images, {BATCHES * BATCH:,} in steady state")
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
    if program == "photos":
        save_photos(folder)
        return
    makes = {"specc": emitted, "generator": generator, "layers": chain}
    batches = iter(makes[program](folder))
    take(batches, WARM)
    print(*function(lambda: take(batches, BATCHES)))


def take(batches: Iterable[Any], count: int) -> None:
    for _ in islice(batches, count):
        pass


def save_photos(folder: Path) -> None:
    """Some photos as floats, several times over: the resampling takes as long of each."""
    import numpy as np
    import tensorflow as tf

    files = sorted(str(file) for file in PHOTOS.rglob("*.jpg"))
    images = [tf.image.resize(tf.io.decode_jpeg(tf.io.read_file(f)), (SIZE, SIZE)) for f in files]
    x = np.concatenate([np.stack(images)] * COPIES)
    np.save(folder / "x.npy", x)
    np.save(folder / "y.npy", np.zeros(len(x), "float32"))


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
    import numpy as np
    from keras.src.legacy.preprocessing.image import ImageDataGenerator

    x, y = (np.load(folder / f"{name}.npy") for name in "xy")
    return ImageDataGenerator(rescale=1 / 255, **SIX).flow(x, y, batch_size=BATCH, seed=0)


def chain(folder: Path) -> Any:
    """The same changes by a layer each, batch by batch."""
    import keras
    import numpy as np
    import tensorflow as tf
    from keras import layers

    x = np.load(folder / "x.npy")
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
    dataset = tf.data.Dataset.from_tensor_slices(x).shuffle(len(x), seed=0).repeat().batch(BATCH)
    changed = dataset.map(lambda x: changes(x, training=True), num_parallel_calls=tf.data.AUTOTUNE)
    return changed.prefetch(tf.data.AUTOTUNE)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        alone(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
