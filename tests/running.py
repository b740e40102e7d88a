"""Small specs to run, and what a run leaves behind."""

import filecmp
import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
WHOLE = {"spec.yaml", "run.json", "history.csv", "model.keras", "learning_curves.png"}

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
WORDS = """\
specc: 1
name: words
data:
  dataset: {keras: imdb, path: reviews.npz, num_words: 30}
  batch_size: 8
  preprocess: [{CategoryEncoding: {num_tokens: 30, output_mode: multi_hot}}]
model: [{Dense: {units: 1, activation: sigmoid}}]
train: {optimizer: adam, loss: binary_crossentropy, metrics: [accuracy], epochs: 20}
"""


def drawn_alike_again(main: Callable[..., tuple[int, str, str]], run: Path) -> bool:
    """Whether the curves of a finished run are those that it drew itself."""
    file = "learning_curves.png"
    code, _, said = main("visualize", run, "learning_curves")
    return (code, said) == (0, "") and filecmp.cmp(run / file, run / "pictures" / file, False)


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


def arrays(**changes: object) -> None:
    """`data.npz` as ARRAYS wants it, but for some changes."""
    import numpy as np

    random = np.random.default_rng(0)
    data = {"x": random.normal(size=(60, 4)).astype("float32"), "y": np.arange(60) % 3}
    np.savez("data.npz", **{**data, **changes})


def reviews() -> None:
    """`reviews.npz` as WORDS wants it: lists of ranks, as in Keras' own file."""
    import numpy as np

    random = np.random.default_rng(0)
    data: dict[str, Any] = {}
    for part, rows in (("train", 60), ("test", 20)):
        data[f"x_{part}"] = x = np.empty(rows, dtype=object)
        x[:] = [random.integers(1, 40, random.integers(0, 9)).tolist() for _ in range(rows)]
        data[f"y_{part}"] = np.arange(rows) % 2
    np.savez("reviews.npz", **data)
