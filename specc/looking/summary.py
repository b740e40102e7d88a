"""What there is in each part, in numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from specc.compiler import Compiled
from specc.looking.compared import Compared, compared
from specc.looking.held import dense, is_ragged
from specc.looking.masks import by_pixel
from specc.looking.numbers import is_series
from specc.looking.rows import are_held
from specc.looking.sighted import Sighted

Three = tuple[float, float, float]  # smallest, median, largest


@dataclass(frozen=True)
class Summary:
    """One part. `classes` counts rows by class; sizes are those in the headers of images."""

    rows: int | None
    classes: Mapping[str, int] | None = None
    height: Three | None = None
    width: Three | None = None
    undecodable: int | None = None
    length: Three | None = None  # words of a text
    shape: tuple[int | None, ...] | None = None
    dtype: str | None = None
    values: tuple[float, float] | None = None
    targets: tuple[float, float] | None = None
    pixels: Mapping[str, int] | None = None  # of masks, by class


def summaries(
    compiled: Compiled, rows: Mapping[str, Any], sighted: Sighted | None
) -> dict[str, Summary]:
    """The summary of each part."""
    return {part: _summary(compiled, part, each, sighted) for part, each in rows.items()}


def _summary(compiled: Compiled, part: str, rows: Any, sighted: Sighted | None) -> Summary:
    if not are_held(rows):
        count = getattr(rows, "count", None)
        return Summary(count if isinstance(count, int) else None)
    found = compared(compiled, rows)
    classes = _by_class(found)
    targets = _range(found[0].y) if classes is None and len(found) == 1 else None
    count = len(rows.rows)
    if sighted is not None and part in sighted.parts:
        heights, widths = _sizes(sighted, part)
        bad = len(sighted.bad(part))
        pixels = by_pixel(compiled, sighted, part)
        return Summary(count, classes, heights, widths, bad, targets=targets, pixels=pixels)
    if is_ragged(rows):
        words = rows.x.row_lengths().numpy()[rows.rows].tolist()
        return Summary(count, classes, length=_three(words), targets=targets)
    x = dense(rows)
    if x is None:
        return Summary(count, classes, targets=targets)
    shape = compiled.facts.shape if is_series(compiled) else x.shape[1:]
    return Summary(
        count, classes, shape=shape, dtype=x.dtype.name, values=_range(x), targets=targets
    )


def _by_class(found: Sequence[Compared]) -> dict[str, int] | None:
    """Rows of each class; with several outputs, with the name of the output before it."""
    if len(found) == 1:
        return found[0].by_class()
    counted = {each.plan.name: each.by_class() or {} for each in found if each.plan}
    return {f"{name} {each}": n for name, of in counted.items() for each, n in of.items()} or None


def _sizes(sighted: Sighted, part: str) -> tuple[Three | None, Three | None]:
    looked = [sighted.looked[file] for file in sighted.parts[part]]
    whole = [each for each in looked if not each.reason and each.height]
    if not whole:
        return None, None
    return _three([each.height for each in whole]), _three([each.width for each in whole])


def _three(values: Sequence[int]) -> Three:
    return min(values), median(values), max(values)


def _range(found: Any) -> tuple[float, float] | None:
    """Smallest and largest of the values that are numbers."""
    import numpy as np

    if found.dtype.kind not in "biuf" or not found.size:
        return None
    finite = found[np.isfinite(found)]
    return (float(finite.min()), float(finite.max())) if finite.size else None
