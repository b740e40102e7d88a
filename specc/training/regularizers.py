"""Penalties on large weights."""

from typing import Literal

from specc.options import NonNegative
from specc.training.base import Regularizer

FAMILY = "regularizers"


class L1(Regularizer):
    """Adds the absolute weights, times `l1`, to the loss."""

    words = ("l1",)
    first_by_position = True
    l1: NonNegative = 0.01

    @property
    def strength(self) -> tuple[float, float]:
        return (self.l1, 0.0)


class L2(Regularizer):
    """Adds the squared weights, times `l2`, to the loss."""

    words = ("l2",)
    first_by_position = True
    l2: NonNegative = 0.01

    @property
    def strength(self) -> tuple[float, float]:
        return (0.0, self.l2)


class L1L2(Regularizer):
    """Adds both absolute and squared weights; both factors are 0 unless given."""

    words = ("l1l2",)
    l1: NonNegative = 0.0
    l2: NonNegative = 0.0

    @property
    def strength(self) -> tuple[float, float]:
        return (self.l1, self.l2)


class OrthogonalRegularizer(Regularizer):
    """Adds the cosines between the rows, or the columns, of a matrix."""

    words = ("orthogonal_regularizer",)
    factor: NonNegative = 0.01
    mode: Literal["rows", "columns"] = "rows"
