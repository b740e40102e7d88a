"""Losses that measure distances between numbers."""

from typing import ClassVar

from specc.options import Name, PositiveNumber
from specc.training.base import Loss
from specc.training.facts import Interval
from specc.training.options import Axis, FloatType, Reduction

FAMILY = "losses"


class _Distance(Loss):
    labels: ClassVar[tuple[str, ...]] = ("real", "binary", "one_hot", "multi_hot")
    tasks: ClassVar[tuple[str, ...]] = ("regression", "unit_regression", "reconstruction")


class MeanSquaredError(_Distance):
    """Mean of squared differences."""

    words = ("mean_squared_error", "mse", "MSE")
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "mean_squared_error"
    dtype: FloatType | None = None


class MeanAbsoluteError(_Distance):
    """Mean of absolute differences: outliers count less."""

    words = ("mean_absolute_error", "mae", "MAE")
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "mean_absolute_error"
    dtype: FloatType | None = None


class MeanAbsolutePercentageError(_Distance):
    """Differences in per cent of the targets, which must not be near 0."""

    words = ("mean_absolute_percentage_error", "mape", "MAPE")
    labels = ("real",)
    tasks = ("regression",)
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "mean_absolute_percentage_error"
    dtype: FloatType | None = None


class MeanSquaredLogarithmicError(_Distance):
    """Squared differences of `log(1 + x)`; negative numbers count as 0."""

    words = ("mean_squared_logarithmic_error", "msle", "MSLE")
    labels = ("real",)
    targets = Interval(low=0)
    tasks = ("regression", "unit_regression")
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "mean_squared_logarithmic_error"
    dtype: FloatType | None = None


class LogCosh(_Distance):
    """Like squared differences when small, like absolute ones when large."""

    words = ("log_cosh",)
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "log_cosh"
    dtype: FloatType | None = None


class Huber(_Distance):
    """Squared differences up to `delta`, absolute ones beyond."""

    words = ("huber",)
    delta: PositiveNumber = 1.0
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "huber_loss"
    dtype: FloatType | None = None


class CosineSimilarity(_Distance):
    """The angle between outputs and targets as vectors, whatever their lengths."""

    words = ("cosine_similarity",)
    labels = ("real", "one_hot", "multi_hot")
    tasks = ("regression", "reconstruction")
    axis: Axis = -1
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "cosine_similarity"
    dtype: FloatType | None = None


class Poisson(_Distance):
    """The targets are counts, the output is their mean."""

    words = ("poisson",)
    head = ("exponential", "softplus", "relu")
    labels = ("real",)
    targets = Interval(low=0)
    tasks = ("regression",)
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "poisson"
    dtype: FloatType | None = None
