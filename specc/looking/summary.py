"""What there is in each part, in numbers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from specc.compiler import Compiled
from specc.looking.held import dense, is_ragged
from specc.looking.held import targets as targets_of
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


def summaries(
    compiled: Compiled, rows: Mapping[str, Any], sighted: Sighted | None
) -> dict[str, Summary]:
    """The summary of each part."""
    return {part: _summary(compiled, part, each, sighted) for part, each in rows.items()}


def _summary(compiled: Compiled, part: str, rows: Any, sighted: Sighted | None) -> Summary:
    if not are_held(rows):
        count = getattr(rows, "count", None)
        return Summary(count if isinstance(count, int) else None)
    classes = by_class(compiled, rows)
    targets = None if classes is not None else _range(targets_of(rows))
    count = len(rows.rows)
    if sighted is not None and part in sighted.parts:
        heights, widths = _sizes(sighted, part)
        bad = len(sighted.bad(part))
        return Summary(count, classes, heights, widths, bad, targets=targets)
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


def by_class(compiled: Compiled, rows: Any) -> dict[str, int] | None:
    """Rows of each class, by its name or number; None where targets are no classes."""
    facts, labels = compiled.facts, targets_of(rows)
    if are_classes(compiled) and labels.size == len(rows.rows):
        counts = Counter(labels.reshape(-1).astype(int).tolist())
        known = range(facts.classes or 0)
        return {_name(facts.class_names, i): counts[i] for i in sorted({*counts, *known})}
    if facts.labels in ("one_hot", "multi_hot") and labels.ndim == 2:
        return {_name(facts.class_names, i): int(n) for i, n in enumerate(labels.sum(axis=0))}
    return None


def are_classes(compiled: Compiled) -> bool:
    """Whether targets are numbers of classes: the source says so, or the loss takes them so."""
    plan = compiled.program.data
    return plan is not None and "integer" in (plan.target.given, plan.target.labels)


def _name(names: Sequence[str], index: int) -> str:
    return names[index] if 0 <= index < len(names) else str(index)


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
