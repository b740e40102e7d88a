"""What gives the answer away: rows in two parts, and columns that hold the target."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from itertools import combinations
from typing import Any

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic
from specc.looking.finding import finding
from specc.looking.numbers import inputs, is_series, place_of_array
from specc.rules.amounts import called
from specc.wording import listing

WIDE = 64  # values of a row, from which on two rows are not equal by chance
SHARE = 0.01  # of a part: narrower rows are equal by chance now and then
LINEAR = 0.999999  # correlation of what is the same but for its unit
FEW = 20  # rows: with fewer, columns fit the target by chance


def leaks(compiled: Compiled, rows: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """A finding for each two parts that share rows, and one for columns like the target.

    Parts of a series share no step, and two steps are often the same by chance.
    """
    if is_series(compiled):
        return
    arrays = {part: found for part, each in rows.items() if (found := inputs(each)) is not None}
    yield from _shared(compiled, arrays)
    train = arrays.get("train")
    if train is not None and train.ndim == 2 and compiled.facts.vocabulary is None:
        yield from _answers(compiled, train, rows["train"])


def _shared(compiled: Compiled, arrays: Mapping[str, Any]) -> Iterator[Diagnostic]:
    padded = compiled.facts.vocabulary is not None
    known = {part: [_mark(row, padded) for row in found] for part, found in arrays.items()}
    for first, second in combinations(arrays, 2):
        there = set(known[first])
        count = sum(row in there for row in known[second])
        width = arrays[second][:1].size
        if count and (width >= WIDE or count > SHARE * len(known[second])):
            rows = "1 row" if count == 1 else f"{count:,} rows"
            said = f"{rows} of the {called(second)} in the {called(first)} too"
            help = "take them out of one part; what was trained on cannot be tested with"
            yield finding("D507", said, place_of_array(compiled, second, 0), help=help)


def _mark(row: Any, padded: bool) -> bytes:
    """A hash of the values of a row, without the zeros in front of a text."""
    import numpy as np

    return blake2b(np.trim_zeros(row, "f") if padded else row.tobytes(), digest_size=16).digest()


def _answers(compiled: Compiled, x: Any, part: Any) -> Iterator[Diagnostic]:
    import numpy as np

    y = np.asarray(part.y)[part.rows].reshape(len(x), -1)
    if len(x) < FEW or y.shape[1] != 1 or y.dtype.kind not in "biuf":
        return
    path = place_of_array(compiled, "train", 0)
    columns = [str(i) for i in range(x.shape[1]) if _same(x[:, i], y[:, 0])]
    if columns:
        are = "is the target" if len(columns) == 1 else "are the target"
        said = f"column {listing(columns, 8)} of x {are} itself, or the target in another unit"
        yield finding("D523", said, path, help="take it out: in use nobody knows it beforehand")
    numbered = [str(i) for i in range(x.shape[1]) if _counts(x[:, i])]
    if numbered:
        said = f"column {listing(numbered, 8)} of x counts the rows"
        yield finding("D523", said, path, help="take it out: it says how the rows were ordered")


def _same(column: Any, y: Any) -> bool:
    """Whether one follows from the other by a line."""
    import numpy as np

    column, y = column.astype("float64"), y.astype("float64")
    if not (np.isfinite(column).all() and np.isfinite(y).all()):
        return False
    if column.std() == 0 or y.std() == 0:
        return False
    return bool(abs(np.corrcoef(column, y)[0, 1]) > LINEAR)


def _counts(column: Any) -> bool:
    """Whether the sorted values are whole numbers, one after the other."""
    import numpy as np

    ordered = np.sort(column)
    steps = np.diff(ordered)
    whole = bool(np.isfinite(ordered).all()) and bool((ordered == np.round(ordered)).all())
    return whole and bool((steps >= 1).all()) and bool(np.median(steps) <= 2)
