"""The forms of the facts that training objects state about themselves."""

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from `low` to `high`, both included."""

    low: float = -inf
    high: float = inf

    def holds(self, low: float, high: float) -> bool:
        """Whether all numbers from `low` to `high` lie in it."""
        return self.low <= low and high <= self.high


UNIT = Interval(0, 1)


@dataclass(frozen=True, slots=True)
class Rates:
    """What learning rates an optimizer usually has (facts: `opt.lr_too_high`, `opt.lr_too_low`).

    Below `least` a rate is surely unintended, below `slow` slow unless the weights are
    pretrained; above `most` it is surely unintended, and from `wrong` on it cannot work.
    """

    least: float = 1e-6
    slow: float = 1e-4
    most: float = 0.01
    wrong: float = 0.1


@dataclass(frozen=True, slots=True)
class Output:
    """Marks an option that names a file, or a folder, which the object writes."""

    folder: bool = False
