"""What gives the answer away: rows in two parts, and columns that hold the target."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from types import ModuleType
from typing import Any

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic
from specc.looking import held
from specc.looking.compared import compared
from specc.looking.finding import finding
from specc.looking.numbers import is_series, place_of_array, tells_by_columns, which
from specc.rules.amounts import called

WIDE = 64  # values of a row, from which on two rows are not equal by chance
SHARE = 0.01  # of a part: narrower rows are equal by chance now and then
LINEAR = 0.999999  # correlation of what is the same but for its unit
FEW = 20  # rows: with fewer, columns fit the target by chance


def leaks(compiled: Compiled, rows: Mapping[str, Any], script: ModuleType) -> Iterator[Diagnostic]:
    """A finding for each two parts that share rows, and one for columns like the target.

    Parts of a series share no step, and two steps are often the same by chance.
    """
    if is_series(compiled):
        return
    yield from _shared(compiled, rows)
    train = rows.get("train")
    if train is not None and tells_by_columns(compiled):
        yield from _answers(compiled, held.columns(train, script), train)


def _shared(compiled: Compiled, rows: Mapping[str, Any]) -> Iterator[Diagnostic]:
    padded = compiled.facts.vocabulary is not None
    known = {part: held.marks(each, padded=padded) for part, each in rows.items()}
    for first, second in combinations(rows, 2):
        there = set(known[first])
        count = sum(row in there for row in known[second])
        if count and (held.width(rows[second]) >= WIDE or count > SHARE * len(known[second])):
            said = "1 row" if count == 1 else f"{count:,} rows"
            said = f"{said} of the {called(second)} in the {called(first)} too"
            help = "take them out of one part; what was trained on cannot be tested with"
            yield finding("D507", said, place_of_array(compiled, second, 0), help=help)


def _answers(compiled: Compiled, columns: Mapping[str, Any], part: Any) -> Iterator[Diagnostic]:
    known = [
        one
        for one in compared(compiled, part)
        if len(one.y) >= FEW and one.one_each and one.y.dtype.kind in "biuf"
    ]
    if not known:
        return
    path = place_of_array(compiled, "train", 0)
    same = [
        name
        for name, column in columns.items()
        if any(_same(column, one.y.reshape(-1), one.are_classes) for one in known)
    ]
    if same:
        are = "is" if len(same) == 1 else "are"
        said = f"{which(same)} {are} the target itself, or the target in another unit"
        yield finding("D523", said, path, help="take it out: in use nobody knows it beforehand")
    counting = [name for name, column in columns.items() if name not in same and _counts(column)]
    if counting:
        verb = "counts" if len(counting) == 1 else "count"
        said = f"{which(counting)} {verb} the rows"
        yield finding("D523", said, path, help="take it out: it says how the rows were ordered")


def _same(column: Any, y: Any, classes: bool) -> bool:
    """Whether the target follows from a column by a line, or each class from a value."""
    import numpy as np

    if classes and len(np.unique(y)) > 1:
        pairs = set(zip(column.tolist(), y.tolist(), strict=True))
        return len(pairs) == len(np.unique(y)) == len({value for value, _ in pairs})
    if column.dtype.kind not in "biuf":
        return False
    column, y = column.astype("float64"), y.astype("float64")
    if not (np.isfinite(column).all() and np.isfinite(y).all()):
        return False
    if column.std() == 0 or y.std() == 0:
        return False
    return bool(abs(np.corrcoef(column, y)[0, 1]) > LINEAR)


def _counts(column: Any) -> bool:
    """Whether the sorted values are whole numbers, one after the other."""
    import numpy as np

    if column.dtype.kind not in "iuf":
        return False
    ordered = np.sort(column)
    steps = np.diff(ordered)
    whole = bool(np.isfinite(ordered).all()) and bool((ordered == np.round(ordered)).all())
    return whole and bool((steps >= 1).all()) and bool(np.median(steps) <= 2)
