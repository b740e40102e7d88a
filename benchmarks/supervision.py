"""What `specc run` adds to the script that it runs: whole processes, on embedded data.

usage: supervision.py [ROUNDS]
"""

import tempfile
from functools import partial
from pathlib import Path

from _measure import ROOT, SPECC, head, in_turns, process, rounds, row

SPEC = ROOT / "specs" / "diabetes.yaml"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        process([*SPECC, "build", SPEC, "-o", folder])
        script = [SPECC[0], folder / "diabetes.py", "--output", folder / "output"]
        supervised = [*SPECC, "run", SPEC, "--output", folder / "runs"]
        runs = {"script": partial(process, script), "run": partial(process, supervised)}
        head("specc run specs/diabetes.yaml: whole processes")
        costs = in_turns(runs, rounds(5))
    run, alone = costs["run"], costs["script"]
    row("the emitted script alone, wall time", alone.wall, "s")
    row("specc run, wall time", run.wall, "s", "<= 8 s")
    row("... so many times the script", run.wall / alone.wall, "x", "<= 1.2")
    row("... processor time", run.cpu / alone.cpu, "x")


if __name__ == "__main__":
    main()
