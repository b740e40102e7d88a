"""Files to rows that a saved model takes, one reader for each kind of source."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from specc.compiler import Compiled
from specc.data.table import TableFile
from specc.data.timeseries import Timeseries
from specc.inspect.csv_lines import long_cells
from specc.inspect.npy import Unreadable
from specc.runs.said import plain
from specc.use.arrays import CannotRead, reason, rows_of
from specc.use.csv_rows import Windows, plain_numbers, table_rows, windows
from specc.use.image_rows import indexed

Rows = Any  # an array, or a mapping of the model's inputs to arrays
Reader = Callable[[Path], Rows | Windows]


def reader(compiled: Compiled, script: ModuleType, model: Any) -> Reader:
    """What turns one file into rows for the model; the reader raises CannotRead."""
    read = _reader(compiled, script, model)

    def regular(file: Path) -> Rows | Windows:
        if not os.path.isfile(file):  # a pipe would be waited for
            raise CannotRead("is not a file" if os.path.exists(file) else "does not exist")
        try:
            return read(file)
        except Unreadable as error:
            raise CannotRead(str(error)) from error

    return regular


def _reader(compiled: Compiled, script: ModuleType, model: Any) -> Reader:
    source = compiled.spec.data.source if compiled.spec.data else None
    word = source.word if source is not None else ""
    if hasattr(script, "INPUT_COLUMNS"):
        return lambda file: indexed(file, script)
    if hasattr(script, "decode"):
        return lambda file: _image(file, script.decode)
    if isinstance(source, TableFile):
        fills = _fills(compiled)
        return lambda file: table_rows(file, source, fills=fills)
    if word == "text":
        return lambda file: _texts(file, script)
    if model.inputs[0].dtype == "string":
        return _text
    from_csv = _csv(source, script, model)

    def either(file: Path) -> Rows | Windows:
        if from_csv and file.suffix.lower() == ".csv":
            return from_csv(file)
        return rows_of(file, source, model.inputs)

    return either


def _csv(source: Any, script: ModuleType, model: Any) -> Reader | None:
    """What reads CSV files, where the model takes their rows."""
    if isinstance(source, Timeseries):
        return lambda file: windows(file, source, script)
    shapes = [each.shape[1:] for each in model.inputs]
    if len(shapes) == 1 and len(shapes[0]) == 1 and shapes[0][0] is not None:
        return lambda file: plain_numbers(file, shapes[0][0]).astype(model.inputs[0].dtype)
    return None


def _fills(compiled: Compiled) -> bool:
    """Whether the model fills in numbers that are missing."""
    plan = compiled.program.data
    return plan is not None and any(step.fills for step in plan.steps)


def _image(file: Path, decode: Callable[[str], Any]) -> Rows:
    """One picture as the script decodes it."""
    try:
        return decode(str(file)).numpy()[None]
    except Exception as error:  # of many kinds, and all of them about this file
        raise CannotRead(f"cannot be decoded: {plain(error)}") from error


def _text(file: Path) -> Rows:
    """One text, which is a file."""
    import numpy as np

    return np.array([_read(lambda: file.read_text(encoding="utf-8-sig"))], dtype=object)


def _texts(file: Path, script: ModuleType) -> Rows:
    """The texts in a column of a CSV file, where it was one that the model learned from."""
    import csv

    import numpy as np

    column = getattr(script, "TEXT_COLUMN", None)
    if column is None or file.suffix.lower() != ".csv":
        return _text(file)
    with long_cells(script.LONGEST_TEXT):
        rows = list(csv.DictReader(io.StringIO(_read(lambda: script.read_text(file)))))
    if not rows or rows[0].get(column) is None:
        raise CannotRead(f"has no column `{column}`")
    return np.array([row[column] for row in rows], dtype=object)


def _read(read: Callable[[], Any]) -> Any:
    """What comes of reading a file; raises CannotRead."""
    try:
        return read()
    except (OSError, ValueError) as error:
        raise CannotRead(f"cannot be read: {reason(error)}") from error
