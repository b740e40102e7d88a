"""What local copies of Keras' data sets hold."""

import os
from collections.abc import Mapping
from pathlib import Path as FilePath

from specc.data.dataset import Dataset
from specc.inspect.npy import Unreadable, keys, rows
from specc.wording import listing

IDX = (
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
)


def rows_in(place: FilePath, source: Dataset) -> Mapping[str, int | None]:
    """The rows of each part, which may be fewer than in the original; raises Unreadable."""
    if source.reads_folder:
        _require(IDX, [name for name in IDX if os.path.isfile(place / name)])
        return source.known().parts
    if not os.path.isfile(place):
        raise Unreadable("is not a file")
    _require(source.arrays, keys(place))
    if "y" in source.arrays:
        return source.shared_out(rows(place, "y"))
    return {part: rows(place, f"y_{part}") for part in ("train", "test")}


def _require(wanted: tuple[str, ...], there: list[str]) -> None:
    absent = [name for name in wanted if name not in there]
    if absent:
        raise Unreadable(f"lacks {listing(absent)}")


__all__ = ["Unreadable", "rows_in"]
