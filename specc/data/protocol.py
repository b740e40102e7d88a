"""How a protocol of evaluation shares out the rows of the training part."""

from collections.abc import Collection, Mapping
from math import ceil
from typing import Any

from specc.data.parts import NAMES, Cut, cuts, sizes


def shares(given: Collection[str], split: Any, evaluate: Any) -> tuple[Cut, ...]:
    """What is cut off the training part; `evaluate` is that section of the spec, or None.

    Folds share out what is left when the test part is cut off. By time the validation part is
    a share of that.
    """
    found = cuts(given, split)
    if evaluate is None or not (evaluate.k_fold or evaluate.time_holdout):
        return found
    tests = tuple(cut for cut in found if cut[0] == "test")
    if evaluate.k_fold or "validation" in given:
        return tests
    return (*tests, ("validation", evaluate.time_holdout))


def parts(
    given: Mapping[str, int | None], split: Any, evaluate: Any, gap: int = 0
) -> dict[str, int | None]:
    """Rows of each part, in the order train, validation, test; with folds those of each fold.

    `gap` is the number of rows between two parts that belong to neither. How many rows a part of
    whole groups has is not known.
    """
    cut = shares(given, split, evaluate)
    rows = sizes(given, cut, gap)
    if getattr(split, "group", None):
        unknown = {*(part for part, _ in cut), *(("train",) if cut else ())}
        rows = {part: None if part in unknown else count for part, count in rows.items()}
    if evaluate is None or not evaluate.k_fold or "validation" in rows:
        return rows
    whole = rows.get("train")
    whole = None if getattr(split, "group", None) else whole
    held = None if whole is None else ceil(whole / evaluate.k_fold)
    rows["train"] = None if whole is None or held is None else whole - held
    rows["validation"] = held
    return {part: rows[part] for part in NAMES if part in rows}
