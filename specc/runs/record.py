"""What a run leaves behind: history, scores, versions."""

import csv
import io
import json
import platform
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from specc.runs.directory import write

PACKAGES = ("specc", "keras", "tensorflow", "tensorflow-cpu", "numpy", "scikit-learn", "matplotlib")


def versions() -> dict[str, str]:
    """The versions that a run's numbers depend on, without importing anything."""
    found = {"python": platform.python_version(), "platform": platform.platform()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def write_json(target: Path, data: Mapping[str, Any]) -> None:
    write(target, json.dumps(data, indent=2) + "\n")


def write_history(target: Path, rows: Sequence[Mapping[str, float]]) -> None:
    """One row per epoch, floats as `repr`, as the emitted script writes it."""
    text = io.StringIO()
    names = ["epoch", *dict.fromkeys(name for row in rows for name in row)]
    table = csv.writer(text, lineterminator="\n")
    table.writerow(names)
    for epoch, row in enumerate(rows, start=1):
        table.writerow([epoch, *(repr(row[name]) if name in row else "" for name in names[1:])])
    write(target, text.getvalue())


def command() -> list[str]:
    """The command line, for the record."""
    return ["specc", *sys.argv[1:]]
