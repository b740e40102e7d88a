"""The forms of the facts that training objects state about themselves."""

from math import inf
from typing import NamedTuple


class Interval(NamedTuple):
    """The numbers from `low` to `high`, both included."""

    low: float = -inf
    high: float = inf

    def holds(self, low: float, high: float) -> bool:
        """Whether all numbers from `low` to `high` lie in it."""
        return self.low <= low and high <= self.high


UNIT = Interval(0, 1)


class Rates(NamedTuple):
    """What learning rates an optimizer usually has (facts: `opt.lr_too_high`, `opt.lr_too_low`).

    Below `least` a rate is surely unintended, below `slow` slow unless the weights are
    pretrained; above `most` it is surely unintended, and from `wrong` on it cannot work.
    """

    least: float = 1e-6
    slow: float = 1e-4
    most: float = 0.01
    wrong: float = 0.1


class Output(NamedTuple):
    """Marks an option that names a file, or a folder, which the object writes.

    In one that is `filled` Keras replaces the names in braces.
    """

    folder: bool = False
    filled: bool = False
