"""Rows of an index of images, for a model that takes numbers beside them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from specc.runs.said import plain
from specc.use.arrays import CannotRead, reason
from specc.wording import listing


def indexed(file: Path, script: ModuleType) -> Any:
    """The images that the lines of a CSV file name, from where it is, and their numbers."""
    import numpy as np

    if file.suffix.lower() != ".csv":
        raise CannotRead("is no CSV file; the model takes numbers beside each image")
    rows = _rows(file, script)
    images = [_image(file.parent / row[script.PATH_COLUMN], script) for row in rows]
    numbers = {
        name: np.array([[_number(row[each], each) for each in columns] for row in rows], "float32")
        for name, columns in script.INPUT_COLUMNS.items()
    }
    return {script.IMAGE_INPUT: np.stack(images), **numbers}


def _rows(file: Path, script: ModuleType) -> Sequence[Mapping[str, str]]:
    try:
        rows: Sequence[Mapping[str, str]] = script.read_index(file)
    except (OSError, ValueError) as error:
        raise CannotRead(f"cannot be read: {reason(error)}") from error
    if not rows:
        raise CannotRead("has no rows")
    needed = [
        script.PATH_COLUMN,
        *(name for each in script.INPUT_COLUMNS.values() for name in each),
    ]
    absent = [name for name in needed if rows[0].get(name) is None]
    if absent:
        raise CannotRead(f"has no column {listing(absent)}")
    return rows


def _image(file: Path, script: ModuleType) -> Any:
    try:
        return script.decode(str(file)).numpy()
    except Exception as error:  # of many kinds, and all of them about this file
        raise CannotRead(f"names `{file}`, which cannot be decoded: {plain(error)}") from error


def _number(cell: str, column: str) -> float:
    try:
        return float(cell)
    except (TypeError, ValueError):
        raise CannotRead(f"has `{cell}` in the column `{column}`, expected a number") from None
