"""Losses that ask for a margin between classes, or for an overlap of regions."""

from typing import ClassVar

from specc.options import Name, Number
from specc.training.base import Loss
from specc.training.facts import UNIT, Interval
from specc.training.options import Axis, FloatType, Reduction

FAMILY = "losses"


class Hinge(Loss):
    """The output is to lie beyond the margin: above 1 for yes, below -1 for no."""

    words = ("hinge",)
    head = ("linear", "tanh")
    labels = ("binary", "multi_hot")
    targets = Interval(-1, 1)
    tasks = ("binary", "multilabel")
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "hinge"
    dtype: FloatType | None = None


class SquaredHinge(Loss):
    """Hinge loss, squared."""

    words = ("squared_hinge",)
    head = ("linear", "tanh")
    labels = ("binary", "multi_hot")
    targets = Interval(-1, 1)
    tasks = ("binary", "multilabel")
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "squared_hinge"
    dtype: FloatType | None = None


class CategoricalHinge(Loss):
    """The output of the right class is to exceed all others by 1."""

    words = ("categorical_hinge",)
    labels = ("one_hot",)
    targets = UNIT
    tasks = ("multiclass",)
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "categorical_hinge"
    dtype: FloatType | None = None


class Circle(Loss):
    """Pulls the embeddings of one class together; the outputs must be of length 1."""

    words = ("circle",)
    labels = ("integer",)
    gamma: Number = 80.0
    margin: Number = 0.4
    remove_diagonal: bool = True
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "circle"
    dtype: FloatType | None = None


class _Overlap(Loss):
    head: ClassVar[tuple[str, ...]] = ("sigmoid", "softmax")
    labels: ClassVar[tuple[str, ...]] = ("binary", "one_hot", "multi_hot")
    targets: ClassVar[Interval] = UNIT
    tasks: ClassVar[tuple[str, ...]] = ("segmentation",)
    probabilistic: ClassVar[bool] = True


class Dice(_Overlap):
    """Share of the regions that outputs and targets do not have in common."""

    words = ("dice",)
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "dice"
    axis: Axis | tuple[Axis, ...] | None = None
    dtype: FloatType | None = None


class Tversky(_Overlap):
    """Dice loss with weights of its own for false positives and false negatives."""

    words = ("tversky",)
    alpha: Number = 0.5
    beta: Number = 0.5
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "tversky"
    axis: Axis | tuple[Axis, ...] | None = None
    dtype: FloatType | None = None
