"""The lines of a CSV file, and what keeps it from being one."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from specc.inspect.npy import Unreadable

if TYPE_CHECKING:
    from _csv import Reader


@contextmanager
def long_cells(longest: int) -> Iterator[None]:
    """Cells of a CSV file may be so long, in bytes, for as long as this is entered."""
    before = csv.field_size_limit(longest)
    try:
        yield
    finally:
        csv.field_size_limit(before)


@contextmanager
def csv_lines(file: FilePath, delimiter: str = ",", *, strict: bool = False) -> "Iterator[Reader]":
    """A reader of the lines; raises Unreadable for what comes up while they are read."""
    try:
        with open(file, newline="", encoding="utf-8-sig") as stream:
            yield csv.reader(stream, delimiter=delimiter, strict=strict)
    except UnicodeDecodeError as error:
        raise Unreadable("is not a text in UTF-8") from error
    except csv.Error as error:
        raise Unreadable(f"is not a CSV file: {error}") from error
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
