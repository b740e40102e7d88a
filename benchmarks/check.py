"""What one call of `specc check` costs, beside building the same model with Keras.

usage: check.py [ROUNDS]
"""

import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from _measure import ROOT, SPECC, head, in_turns, process, rounds, row

SPEC = ROOT / "specs" / "mnist_cnn.yaml"
MANY = 100
BUILD = "import runpy, sys; runpy.run_path(sys.argv[1])['build_model']()"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        process([*SPECC, "build", SPEC, "-o", folder / "scripts"])
        copies(folder / "specs")
        check = partial(process, [*SPECC, "check", SPEC])
        head("specc check: processor time of whole processes")
        starting(folder / "specs")
        keras = partial(process, [SPECC[0], "-c", BUILD, folder / "scripts" / "mnist_cnn.py"])
        costs = in_turns({"check": check, "keras": keras}, max(3, rounds(9) // 2))
    row("the model of that spec, built with Keras", costs["keras"].cpu, "s")
    cpu, wall = (k / c for k, c in zip(costs["keras"], costs["check"], strict=True))
    row("... is so many times the check, processor time", cpu, "x", ">= 15")
    row("... wall time", wall, "x", ">= 15")


def copies(folder: Path) -> None:
    """The spec many times, each under a name of its own."""
    folder.mkdir()
    text = SPEC.read_text(encoding="utf-8")
    for i in range(MANY):
        (folder / f"spec_{i}.yaml").write_text(text.replace("name: ", f"name: n{i}_", 1))


def starting(specs: Path) -> None:
    """The calls that take less than a second."""
    commands: dict[str, Sequence[object]] = {
        "python": [SPECC[0], "-c", "pass"],
        "version": [*SPECC, "--version"],
        "help": [*SPECC, "--help"],
        "check": [*SPECC, "check", SPEC],
        "many": [*SPECC, "check", specs],
    }
    costs = in_turns({name: partial(process, each) for name, each in commands.items()}, rounds(9))
    row("python -c pass", costs["python"].cpu, "ms")
    row("specc --version", costs["version"].cpu, "ms", "<= 50 ms")
    row("specc --help", costs["help"].cpu, "ms", "<= 50 ms")
    row("specc check specs/mnist_cnn.yaml", costs["check"].cpu, "ms", "<= 200 ms")
    row(f"specc check of {MANY} specs, each", costs["many"].cpu / MANY, "ms", "<= 25 ms")


if __name__ == "__main__":
    main()
