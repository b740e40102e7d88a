"""What local copies of Keras' data sets hold."""

import os
from collections.abc import Mapping
from pathlib import Path as FilePath

from specc.data.dataset import Dataset
from specc.inspect.npy import Unreadable, keys, rows
from specc.wording import listing


def rows_in(place: FilePath, source: Dataset) -> Mapping[str, int | None]:
    """The rows of each part, which may be fewer than in the original; raises Unreadable.

    How many texts `maxlen` leaves out is not known.
    """
    if source.reads_folder:
        files = source.files
        _require(files, [name for name in files if os.path.isfile(place / name)])
        return source.known().parts
    if not os.path.isfile(place):
        raise Unreadable("is not a file")
    _require(source.arrays, keys(place))
    if source.maxlen:
        return source.known().parts
    if "y" in source.arrays:
        return source.shared_out(rows(place, "y"))
    return {part: rows(place, f"y_{part}") for part in ("train", "test")}


def _require(wanted: tuple[str, ...], there: list[str]) -> None:
    absent = [name for name in wanted if name not in there]
    if absent:
        raise Unreadable(f"lacks {listing(absent)}")


__all__ = ["Unreadable", "rows_in"]
