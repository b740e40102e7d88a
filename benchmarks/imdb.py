"""Peak memory and time of `imdb_reviews`, beside a script as one types it by hand.

Needs ../shared: the reviews, and the script of the notes. Each trains four epochs on 15,000
reviews, looks at 10,000 more after each epoch, and scores the test part.

usage: imdb.py [ROUNDS]
"""

import ast
import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from _measure import ROOT, SHARED, SPECC, environment, head, output, rounds, row

REVIEWS = SHARED / "data" / "imdb" / "imdb.npz"
BY_HAND = SHARED / "bench" / "notes_imdb.py"


class Training(NamedTuple):
    """Seconds and megabytes of a whole process, and the accuracy on the test part."""

    wall: float
    peak: float
    accuracy: float


def main() -> None:
    if not REVIEWS.is_file() or not BY_HAND.is_file():
        print("imdb: ../shared is not there, so there is nothing to compare with")
        return
    head("50,000 reviews as 10,000 zeros and ones: whole processes, four epochs")
    with tempfile.TemporaryDirectory() as name:
        script = emitted(Path(name))
        turns = [(by_hand(name), compiled(script, name)) for _ in range(rounds(3))]
    theirs, ours = (middle(each) for each in zip(*turns, strict=True))
    row("the script of the notes, wall time", theirs.wall, "s")
    row("the script of imdb_reviews, wall time", ours.wall, "s")
    row("... so many times the notes'", ours.wall / theirs.wall, "x", "<= 0.6")
    row("the script of the notes, peak memory", theirs.peak, "MB")
    row("the script of imdb_reviews, peak memory", ours.peak, "MB")
    row("... so many times the notes'", ours.peak / theirs.peak, "x", "<= 0.2")
    row("test accuracy, script of the notes", theirs.accuracy, "")
    row("test accuracy, imdb_reviews", ours.accuracy, "", "no worse")


def emitted(folder: Path) -> Path:
    """The script of the spec, on the local copy."""
    spec = folder / "imdb_reviews.yaml"
    text = (ROOT / "specs" / "imdb_reviews.yaml").read_text(encoding="utf-8")
    local = f"{{keras: imdb, path: {REVIEWS},"
    spec.write_text(text.replace("{keras: imdb,", local), encoding="utf-8")
    output([*SPECC, "build", spec, "--output", folder])
    return folder / "imdb_reviews.py"


def by_hand(folder: str) -> Training:
    said, wall, peak = measured([BY_HAND, REVIEWS, 4], Path(folder) / "said")
    figures = json.loads(re.findall(r"^\{.*\}$", said, re.MULTILINE)[-1])
    return Training(wall, peak, figures["test_accuracy"])


def compiled(script: Path, folder: str) -> Training:
    said, wall, peak = measured([script, "--output", folder], Path(folder) / "said")
    scores = ast.literal_eval(said.strip().splitlines()[-1])
    return Training(wall, peak, scores["accuracy"])


def measured(words: list[object], said: Path) -> tuple[str, float, float]:
    """What a script prints, its seconds, and its peak memory in megabytes."""
    began = time.perf_counter()
    with said.open("wb") as file:
        streams = [(os.POSIX_SPAWN_DUP2, file.fileno(), stream) for stream in (1, 2)]
        command = [sys.executable, *map(str, words)]
        process = os.posix_spawn(sys.executable, command, environment(), file_actions=streams)
        _, status, used = os.wait4(process, 0)
    text = said.read_text(encoding="utf-8")
    if status:
        raise RuntimeError(f"{command} failed:\n{text}")
    return text, time.perf_counter() - began, used.ru_maxrss / 1024


def middle(trainings: tuple[Training, ...]) -> Training:
    return Training(*map(median, zip(*trainings, strict=True)))


if __name__ == "__main__":
    main()
