"""The nearest `pyproject.toml` with a `[tool.specc]`, from a folder upwards."""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specc.configuration import Project

FILE = "pyproject.toml"
# What a file with such a table must have in it; most have not, and need not be understood.
_TABLE = re.compile(rb"(?m)tool\W{1,9}specc\b|^\s*\[?\s*[\"']?tool[\"']?\s*[\]=]")


def find(folder: Path) -> "Project | None":
    """The project of a folder; of a file that is not TOML the finding that says so."""
    place = Path(os.path.abspath(folder))
    for each in (place, *place.parents):
        raw = _read(each / FILE)
        if raw and _TABLE.search(raw):
            from specc.configuration import project

            found = project(os.path.relpath(each / FILE), raw)
            if found is not None:
                return found
    return None


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""
