"""Four folds of house prices, row by row, beside the program of the notes.

Needs ../shared: the data, and the program. Takes about three minutes.

usage: kfold.py [ROUNDS]
"""

import json
import sys
import tempfile
from pathlib import Path

from _measure import ROOT, SHARED, Cost, head, in_turns, output, process, rounds, row

from specc.api import emit, loads

DATA = SHARED / "data" / "boston_housing" / "boston_housing.npz"
BY_HAND = (sys.executable, SHARED / "bench" / "notes_boston_kfold.py", DATA, "20", "4")
SPEC = ROOT / "specs" / "boston_housing_kfold.yaml"


def main() -> None:
    if not DATA.is_file():
        print("kfold: ../shared is not there, so there is nothing to compare with")
        return
    head("boston_housing_kfold: 4 folds of 20 epochs, batches of 1, whole processes")
    with tempfile.TemporaryDirectory() as name:
        text = SPEC.read_text(encoding="utf-8")
        local = text.replace("{keras: boston_housing}", f"{{keras: boston_housing, path: {DATA}}}")
        script = Path(name) / "boston_housing_kfold.py"
        script.write_text(emit(loads(local)), encoding="utf-8")
        ours = (sys.executable, script, "--output", name)
        runs = {"hand": lambda: process(BY_HAND), "specc": lambda: process(ours)}
        costs = in_turns(runs, rounds(1))
        found = json.loads((Path(name) / "folds.json").read_text())
    _report(costs["hand"], costs["specc"], found["mean"]["mae"])


def _report(hand: Cost, specc: Cost, mae: float) -> None:
    theirs = json.loads(output(BY_HAND).splitlines()[-1])["mean_mae"]
    row("the program of the notes, wall time", hand.wall, "s")
    row("the emitted script, wall time", specc.wall, "s")
    row("... so many times the notes'", specc.wall / hand.wall, "x", "at most 0.25")
    row("... processor time", specc.cpu / hand.cpu, "x")
    row("mean absolute error over the folds: the notes", theirs, "")
    row("... specc", mae, "", "no worse")


if __name__ == "__main__":
    main()
