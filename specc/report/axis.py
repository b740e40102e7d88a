"""Where numbers stand along an axis, and which of them are written beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from statistics import median

STEPS = (1, 2, 2.5, 5, 10)
FAR = 15.0  # times the median that the largest value is where a logarithm shows more
NEAR = 0.1  # of the way between ticks, for which no further one is put


@dataclass(frozen=True)
class Axis:
    """From `low` to `high`; `ticks` lie on it. `logarithmic` ones are of positive numbers."""

    low: float
    high: float
    ticks: tuple[float, ...]
    logarithmic: bool = False

    def share(self, value: float) -> float:
        """How far along the axis a number is, from 0 to 1."""
        low, high = self.low, self.high
        if self.logarithmic:
            low, high, value = log10(low), log10(high), log10(value)
        return (value - low) / (high - low)


def axis(values: Sequence[float], most: int = 5) -> Axis:
    """An axis on which all the values lie that are numbers, with about `most` ticks."""
    known = [value for value in values if isfinite(value)] or [0.0, 1.0]
    low, high = min(known), max(known)
    if low > 0 and high > FAR * median(known):
        return _logarithmic(low, high, most)
    if high - low < 1e-9 * max(abs(high), abs(low), 1e-300):
        low, high = low - (abs(low) or 1) / 10, high + (abs(high) or 1) / 10
    step = _step((high - low) / max(most - 1, 1))
    first, last = floor(low / step + NEAR), ceil(high / step - NEAR)
    ticks = tuple(_clean(number * step) for number in range(first, last + 1))
    return Axis(min(low, ticks[0]), max(high, ticks[-1]), ticks)


def _logarithmic(low: float, high: float, most: int) -> Axis:
    """From one of 1, 2, 5, 10, 20, … to another."""
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    round_ = [_clean(first * 10.0**power) for power in powers for first in (1, 2, 5)]
    inner = [each for each in round_ if low < each < high]
    first = max(each for each in round_ if each <= low)
    ticks = [first, *inner, min(each for each in round_ if each >= high)]
    shown = ticks if len(ticks) <= most + 2 else [each for each in ticks if _is_power(each)]
    every = ceil(len(shown) / (most + 2))
    return Axis(ticks[0], ticks[-1], tuple(shown[::every]), logarithmic=True)


def _is_power(value: float) -> bool:
    return log10(value).is_integer()


def whole(last: int, most: int = 8) -> Axis:
    """An axis of the numbers from 1 on, for epochs."""
    rough = _step(max(last - 1, 1) / most)
    step = max(1, int(rough if rough.is_integer() else 2 * rough))  # of 2.5 there is no epoch
    ticks = tuple(
        each for each in (1, *range(step, last + 1, step)) if each == 1 or each > step / 2
    )
    return Axis(0.5 if last == 1 else 1, max(last, 1.5), tuple(map(float, dict.fromkeys(ticks))))


def _step(rough: float) -> float:
    """The next round number that is not below."""
    power = 10.0 ** floor(log10(rough))
    return next(each * power for each in STEPS if each * power >= rough * (1 - 1e-9))


def _clean(value: float) -> float:
    """Without what is left of sums of binary fractions."""
    return float(f"{value:.12g}")
