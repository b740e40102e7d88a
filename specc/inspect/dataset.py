"""Local copies of the data sets that Keras brings along."""

from dataclasses import replace
from pathlib import Path as FilePath

from specc.data.dataset import Dataset
from specc.diagnostics import Diagnostic, Severity
from specc.inspect.facts import Facts, Missing
from specc.inspect.known import facts_of
from specc.source import Path
from specc.wording import listing

IDX = tuple(
    f"{part}-{what}-ubyte.gz"
    for part in ("train", "t10k")
    for what in ("images-idx3", "labels-idx1")
)


def look(
    source: Dataset, path: Path, root: FilePath, classes: tuple[str, ...] | None
) -> tuple[Facts, list[Diagnostic]]:
    """The facts of a data set, and what is wrong with its local copy."""
    facts = facts_of("dataset", source.known())
    if source.path is None:
        return facts, []
    at, place = (*path, "path"), root / source.path
    if not place.exists():
        return replace(facts, missing=(Missing(at, place),), present=False), []
    message = _wrong(source, place)
    if message is None:
        return facts, []
    return facts, [Diagnostic("D527", Severity.ERROR, f"`{place.name}` {message}", at)]


def _wrong(source: Dataset, place: FilePath) -> str | None:
    """What keeps the file or folder from being a copy of the data set; completes "it …"."""
    if source.reads_folder:
        absent = [name for name in IDX if not (place / name).is_file()]
        return f"lacks {listing(absent)}" if absent else None
    if not place.is_file():
        return "is not a file"
    from specc.inspect.npy import Unreadable, keys

    try:
        there = keys(place)
    except Unreadable as error:
        return str(error)
    absent = [key for key in source.arrays if key not in there]
    return f"has no array {listing(absent)}" if absent else None
