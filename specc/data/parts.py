"""How the rows of a source are shared out over train, validation and test."""

from collections.abc import Collection, Mapping
from math import gcd
from typing import Annotated, Any

from pydantic import PlainValidator

from specc.options import expected, out_of_range
from specc.values import Ratio

NAMES = ("train", "validation", "test")
HELD_OUT = 0.2  # share of the training part that becomes validation data unless said otherwise
Cut = tuple[str, float | int]


def _parts(value: Any) -> tuple[str, ...]:
    known = isinstance(value, list | tuple) and all(part in NAMES for part in value)
    if not known or "train" not in value:
        raise expected("a list such as `[train, test]`")
    if len({*value}) < len(value):
        raise out_of_range("a list of different parts")
    return tuple(part for part in NAMES if part in value)


Parts = Annotated[tuple[str, ...] | None, PlainValidator(_parts)]  # to which rows can belong


def cuts(given: Collection[str], split: Any) -> tuple[Cut, ...]:
    """What is cut off the training part, in this order: `(part, share or number of rows)`.

    A share is one of the rows that the cuts before it have left. `split` is the section of the
    spec, `none` or None. Parts that the source gives are left as they are.
    """
    if split == "none":
        return ()
    wanted = _wanted(given, split)
    left = 1.0
    found: list[Cut] = []
    for part in ("test", "validation"):
        if part in wanted:
            found.append((part, _share_of(wanted[part], left)))
            left -= wanted[part] if isinstance(wanted[part], float) else 0
    if "validation" not in (*given, *wanted):
        found.append(("validation", HELD_OUT))
    return tuple(found)


def _wanted(given: Collection[str], split: Any) -> dict[str, float | int]:
    """Shares of all rows for the parts to cut off; what `train` leaves is for validation."""
    shares = {part: getattr(split, part, None) for part in NAMES}
    cut = {part: s for part, s in shares.items() if s and part != "train" and part not in given}
    train = shares["train"]
    if isinstance(train, float) and "validation" not in (*given, *cut):
        rest = round(1 - train - sum(s for s in cut.values() if isinstance(s, float)), 6)
        return cut | {"validation": rest} if rest > 0 else cut
    return cut


def _share_of(share: float, left: float) -> float | int:
    """`0.2` of what `0.8` is left of as `0.25`; `0.1` of `0.9` as `1 / 9`."""
    if isinstance(share, int) or left == 1 or left <= share:
        return share
    above, below = round(share * 1_000_000), round(left * 1_000_000)
    decimal = round(above / below, 4)
    if decimal * below == above:
        return decimal
    common = gcd(above, below)
    return Ratio(above // common, below // common)


def sizes(
    given: Mapping[str, int | None], cut: Collection[Cut], gap: int = 0
) -> dict[str, int | None]:
    """Rows of each part once the cuts are made, in the order train, validation, test.

    Each cut costs `gap` rows more, which belong to no part.
    """
    rows = dict(given)
    for part, share in cut:
        left = rows.get("train")
        rows[part] = rows_of(left, share)
        off = rows[part]
        rows["train"] = None if left is None or off is None else _kept(left - off, gap)
    return {part: rows[part] for part in NAMES if part in rows}


def _kept(rows: int, gap: int) -> int:
    return max(rows - gap, 0) if gap else rows


def rows_of(rows: int | None, share: float) -> int | None:
    """The rows that a share is, of so many; unknown where those are."""
    if isinstance(share, int):
        return share
    return None if rows is None else round(rows * share)
