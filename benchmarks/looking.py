"""What it costs to decode and verify 10,000 small JPEGs before a training, TensorFlow loaded.

usage: looking.py [ROUNDS]
"""

import os
import random
import tempfile
from pathlib import Path
from typing import Any

from _measure import function, head, in_turns, rounds, row

FILES = 10_000
SIDE = 64  # pixels of a file
SPEC = """\
specc: 1
name: many
data:
  images: {path: photos, size: [64, 64]}
  preprocess: [{Rescaling: 1/255}]
model: [Flatten, {Dense: {units: 1, activation: sigmoid}}]
train: {optimizer: adam, loss: binary_crossentropy, epochs: 9}
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CACHE_HOME"] = name
        os.chdir(name)
        bytes_a_file = write(Path("photos"))
        head(f"{FILES:,} JPEG files of {SIDE}x{SIDE} pixels, {bytes_a_file:,.0f} bytes each")
        measure(Path("folder"))


def write(folder: Path) -> float:
    """Files of random fields in two classes; how large one of them is."""
    import tensorflow as tf

    draw, total = random.Random(0), 0
    for index in range(FILES):
        fields = tf.io.decode_raw(draw.randbytes(192), tf.uint8)
        image = tf.image.resize(tf.reshape(fields, (8, 8, 3)), (SIDE, SIDE))
        content = tf.io.encode_jpeg(tf.cast(image, tf.uint8)).numpy()
        place = folder / "ab"[index % 2]
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{index}.jpg").write_bytes(content)
        total += len(content)
    return total / FILES


def measure(folder: Path) -> None:
    from specc.api import emit, loads
    from specc.looking.look import look_at_files

    folder.mkdir()
    spec = loads(SPEC)
    text = emit(spec)

    def look() -> None:
        found: Any = look_at_files(spec, text, Path(), folder)
        assert not found.found

    def first() -> None:
        for file in Path("specc").glob("*.json"):
            file.unlink()
        look()

    runs = {"first": lambda: function(first), "again": lambda: function(look)}
    costs = in_turns(runs, rounds(5))
    row("files a second, the first time", FILES / costs["first"].wall, "", ">= 5,000")
    row("... a second of one processor", FILES / costs["first"].cpu, "")
    row("files a second, known from an earlier look", FILES / costs["again"].wall, "")
    row("a look at files that are known", costs["again"].wall, "s")


if __name__ == "__main__":
    main()
