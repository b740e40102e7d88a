"""Findings about arrays of inputs: values that are no numbers, columns that tell nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic
from specc.looking.finding import finding
from specc.rules.amounts import called
from specc.source import Path
from specc.wording import listing

APART = 12  # times that the scale of one part may be that of another


def inputs(part: Any) -> Any:
    """The inputs of a part as an array of numbers; None for files, texts and several inputs."""
    import numpy as np

    dtype = getattr(part.x, "dtype", None)
    if dtype is None or dtype == "string":
        return None
    return np.asarray(part.x)[part.rows]


def is_series(compiled: Compiled) -> bool:
    """Whether rows are windows of one series, of which x has the steps."""
    return compiled.spec.data is not None and compiled.spec.data.source.in_time


def place_of_array(compiled: Compiled, part: str, index: int) -> Path:
    """Where the spec names x (0) or y (1) of a part; the source, where it names neither."""
    source = compiled.spec.data.source if compiled.spec.data else None
    word = str(compiled.facts.source)
    if word != "arrays" or source is None:
        return ("data", word)
    given = part if part in source.pairs() else "train"
    return ("data", word, *source.option(given, index))


def numbers(compiled: Compiled, rows: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Everything about values, of inputs and of targets."""
    arrays = {part: found for part, each in rows.items() if (found := inputs(each)) is not None}
    for part, found in arrays.items():
        yield from _no_numbers(found, f"x of the {called(part)}", place_of_array(compiled, part, 0))
    for part, each in rows.items():
        said = f"y of the {called(part)}"
        yield from _no_numbers(_targets(each), said, place_of_array(compiled, part, 1))
    train = arrays.get("train")
    if train is not None and _is_table(compiled, train):
        yield from _constant(train, place_of_array(compiled, "train", 0))
    yield from _scales(compiled, arrays)


def _targets(part: Any) -> Any:
    import numpy as np

    return np.asarray(part.y)[part.rows]


def _is_table(compiled: Compiled, x: Any) -> bool:
    """Columns of measurements, and no pixels, steps or numbers of words."""
    table = x.ndim == 2 and len(x) > 1 and not is_series(compiled)
    return table and compiled.facts.vocabulary is None


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
    columns = np.flatnonzero(wrong.any(axis=0)).tolist() if found.ndim == 2 else []
    label = f"in {_columns(columns)}" if columns else ""
    said = f"{name}: {count:,} of {found.size:,} values are {what}"
    help = "one of them makes the loss NaN, and with it all weights; fill them in or drop the rows"
    yield finding("D542", said, path, label=label, help=help)


def _columns(columns: list[int]) -> str:
    named = listing([str(i) for i in columns], 8)
    return f"column {named}" if len(columns) == 1 else f"columns {named}"


def _constant(x: Any, path: Path) -> Iterator[Diagnostic]:
    columns = [i for i in range(x.shape[1]) if (x[:, i] == x[0, i]).all()]
    if columns:
        verb = "has" if len(columns) == 1 else "have"
        said = f"{_columns(columns)} of x {verb} the same value in every row of the training part"
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
