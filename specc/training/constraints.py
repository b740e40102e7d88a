"""Limits that the weights are put back into after each step."""

from specc.options import NonNegative, Number
from specc.training.base import Constraint
from specc.training.options import Axis

FAMILY = "constraints"
Axes = Axis | tuple[Axis, ...]


class MaxNorm(Constraint):
    """The weights into each unit are at most so long as a vector."""

    words = ("max_norm",)
    max_value: NonNegative = 2.0
    axis: Axes = 0


class MinMaxNorm(Constraint):
    """The weights into each unit have a length between two values, as vectors."""

    words = ("min_max_norm",)
    min_value: NonNegative = 0.0
    max_value: NonNegative = 1.0
    rate: Number = 1.0
    axis: Axes = 0


class NonNeg(Constraint):
    """No weight is below 0."""

    words = ("non_neg",)


class UnitNorm(Constraint):
    """The weights into each unit have length 1 as a vector."""

    words = ("unit_norm",)
    axis: Axes = 0
