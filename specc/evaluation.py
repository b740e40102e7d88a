"""The section `evaluate`: how a training is validated."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from specc.objects import Reader
from specc.options import Positive, Share
from specc.section import Section


class Evaluate(Section):
    """The protocol of validation, where it is no part held out at random."""

    habits: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("cv", "folds", "k", "n_folds", "n_splits"), "k_fold"),
        **dict.fromkeys(("n_repeats", "iterations"), "repeats"),
        **dict.fromkeys(
            ("holdout", "hold_out", "test_size"), "write `split: {test: 0.2}` under `data`"
        ),
    }

    k_fold: Annotated[int, Field(ge=2)] | None = None
    repeats: Positive = 1
    retrain: bool = False
    time_holdout: Share | None = None
    stratify: bool = True
    shuffle: bool = True


def seeds_left(reader: Reader, seed: int, evaluate: Evaluate) -> None:
    """Finds a seed that is so large that the folds, which count on from it, have none."""
    most = 2**32 - (evaluate.k_fold or 1) * evaluate.repeats
    if seed > most:
        message = "`seed` leaves no numbers for the seeds of the folds"
        reader.error("F014", message, ("seed",), help=f"write {most} or less")
