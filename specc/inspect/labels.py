"""What the values of a target array are: classes, several labels at once, or numbers."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isnan

MOST_CLASSES = 10_000


@dataclass(frozen=True, slots=True)
class Labels:
    """The kind of label, as in `specc.inspect.facts.Facts`; None where two readings are left."""

    kind: str | None
    classes: int | None = None
    target_range: tuple[float, float] | None = None
    balance: tuple[int, ...] = ()
    ordered: bool | None = None


def labels_of(parts: Sequence["array[float]"], width: int, columns_first: bool) -> Labels:
    """What targets of `width` numbers a row are, seen over all parts; the first is training's."""
    if not any(parts):
        return Labels(None)
    return _one(parts) if width == 1 else _many(parts, width, columns_first)


def _one(parts: Sequence["array[float]"]) -> Labels:
    distinct: set[float] = set().union(*parts)
    span = _span(distinct)
    if span is None or not all(float(value).is_integer() for value in distinct):
        return Labels("real", target_range=span)
    top = int(span[1])
    if span[0] < 0 or top >= MOST_CLASSES or 2 * len(distinct) < top + 1:
        return Labels(None, target_range=span)
    if parts[0].typecode in "fd" and top > 1:
        return Labels(None, target_range=span)
    train = parts[0]
    counts = Counter(train)
    ordered = all(a <= b for a, b in pairwise(train))
    classes = max(top + 1, 2)
    return Labels(
        "integer", classes, balance=tuple(counts[i] for i in range(classes)), ordered=ordered
    )


def _many(parts: Sequence["array[float]"], width: int, columns_first: bool) -> Labels:
    distinct: set[float] = set().union(*parts)
    if not distinct <= {0, 1}:
        return Labels("real", target_range=_span(distinct))
    columns = [_columns(part, width, columns_first) for part in parts]
    single = all(sum(row) == 1 for part in columns for row in zip(*part, strict=True))
    balance = tuple(int(sum(column)) for column in columns[0])
    return Labels("one_hot" if single else "multi_hot", width, balance=balance)


def _span(values: Iterable[float]) -> tuple[float, float] | None:
    known = [value for value in values if not isnan(value)]
    return (float(min(known)), float(max(known))) if known else None


def _columns(values: "array[float]", width: int, columns_first: bool) -> list["array[float]"]:
    rows = len(values) // width
    if columns_first:
        return [values[i * rows : (i + 1) * rows] for i in range(width)]
    return [values[i::width] for i in range(width)]
