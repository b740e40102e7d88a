"""Findings about arrays of inputs: values that are no numbers, columns that tell nothing."""

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic
from specc.looking.compared import compared
from specc.looking.finding import finding
from specc.looking.held import columns, dense
from specc.rules.amounts import called
from specc.rules.parts_on_different_scales import APART
from specc.source import Path
from specc.wording import listing


def is_series(compiled: Compiled) -> bool:
    """Whether rows are windows of one series, of which x has the steps."""
    return compiled.spec.data is not None and compiled.spec.data.source.in_time


def tells_by_columns(compiled: Compiled) -> bool:
    """Whether the columns of x are measurements of a row, and no words or steps."""
    return compiled.facts.vocabulary is None and not is_series(compiled)


def place_of_array(compiled: Compiled, part: str, index: int) -> Path:
    """Where the spec names x (0) or y (1) of a part; the source, where it names neither."""
    source = compiled.spec.data.source if compiled.spec.data else None
    word = str(compiled.facts.source)
    if word != "arrays" or source is None:
        return ("data", word)
    given = part if part in source.pairs() else "train"
    return ("data", word, *source.option(given, index))


def numbers(
    compiled: Compiled, rows: Mapping[str, Any], script: ModuleType
) -> Iterator[Diagnostic]:
    """Everything about values, of inputs and of targets."""
    arrays = {part: found for part, each in rows.items() if (found := dense(each)) is not None}
    for part, found in arrays.items():
        yield from _no_numbers(found, f"x of the {called(part)}", place_of_array(compiled, part, 0))
    for part, each in rows.items():
        for one in compared(compiled, each):
            said = f"{one.name} of the {called(part)}"
            yield from _no_numbers(one.y, said, place_of_array(compiled, part, 1))
    train = rows.get("train")
    if train is not None and tells_by_columns(compiled):
        yield from _constant(columns(train, script), place_of_array(compiled, "train", 0))
    yield from _scales(compiled, arrays)


def _no_numbers(found: Any, name: str, path: Path) -> Iterator[Diagnostic]:
    import numpy as np

    if found.dtype.kind != "f":
        return
    wrong = ~np.isfinite(found)
    count = int(wrong.sum())
    if not count:
        return
    what = "infinite" if not np.isnan(found).any() else "NaN"
    what = "NaN or infinite" if what == "NaN" and np.isinf(found).any() else what
    wide = found.ndim == 2
    label = f"in {which([str(i) for i in np.flatnonzero(wrong.any(axis=0))])}" if wide else ""
    said = f"{name}: {count:,} of {found.size:,} values are {what}"
    help = "one of them makes the loss NaN, and with it all weights; fill them in or drop the rows"
    yield finding("D542", said, path, label=label, help=help)


def which(names: list[str]) -> str:
    """`column a`, `columns a, b` of the inputs."""
    return f"column{'s' * (len(names) > 1)} {listing(names, 8)} of x"


def _constant(found: Mapping[str, Any], path: Path) -> Iterator[Diagnostic]:
    names = [n for n, column in found.items() if len(column) > 1 and (column == column[0]).all()]
    if names:
        verb = "has" if len(names) == 1 else "have"
        said = f"{which(names)} {verb} the same value in every row of the training part"
        yield finding("D543", said, path, help="what never changes cannot be learned from")


def _scales(compiled: Compiled, arrays: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Parts whose values are on another scale than those of training."""
    sizes = {part: _size(found) for part, found in arrays.items()}
    mine = sizes.pop("train", 0.0)
    for part, size in sizes.items():
        if size and mine and not 1 / APART < size / mine < APART:
            said = f"values of the {called(part)} are {size:.3g} in size on average"
            label = f"those of the training part are {mine:.3g}"
            help = "prepare all parts alike, best by `preprocess`"
            path = place_of_array(compiled, part, 0)
            yield finding("D502", said, path, label=label, help=help)


def _size(x: Any) -> float:
    """The mean of the values without their signs; 0 where there are none."""
    import numpy as np

    known = np.abs(x[np.isfinite(x)]) if x.dtype.kind in "iuf" else x[:0]
    return float(known.mean()) if known.size else 0.0
