"""Metrics of how far numbers and probabilities are from their targets."""

from typing import ClassVar, Literal

from specc.options import Fraction, Name
from specc.training.base import Metric
from specc.training.options import Axis, Count, FloatType

FAMILY = "metrics"


class _Error(Metric):
    labels: ClassVar[tuple[str, ...]] = ("real", "binary", "one_hot", "multi_hot")
    direction: ClassVar[Literal["min", "max"] | None] = "min"


class MeanSquaredError(_Error):
    """Mean of squared differences."""

    words = ("mean_squared_error", "mse", "MSE")
    name: Name | None = "mean_squared_error"
    dtype: FloatType | None = None


class RootMeanSquaredError(_Error):
    """Root of the mean of squared differences."""

    words = ("root_mean_squared_error",)
    name: Name | None = "root_mean_squared_error"
    dtype: FloatType | None = None


class MeanAbsoluteError(_Error):
    """Mean of absolute differences."""

    words = ("mean_absolute_error", "mae", "MAE")
    name: Name | None = "mean_absolute_error"
    dtype: FloatType | None = None


class MeanAbsolutePercentageError(_Error):
    """Differences in per cent of the targets."""

    words = ("mean_absolute_percentage_error", "mape", "MAPE")
    labels = ("real",)
    name: Name | None = "mean_absolute_percentage_error"
    dtype: FloatType | None = None


class MeanSquaredLogarithmicError(_Error):
    """Squared differences of `log(1 + x)`."""

    words = ("mean_squared_logarithmic_error", "msle", "MSLE")
    labels = ("real",)
    name: Name | None = "mean_squared_logarithmic_error"
    dtype: FloatType | None = None


class LogCoshError(_Error):
    """Like squared differences when small, like absolute ones when large."""

    words = ("log_cosh_error",)
    name: Name | None = "logcosh"
    dtype: FloatType | None = None


class CosineSimilarity(_Error):
    """The angle between outputs and targets as vectors."""

    words = ("cosine_similarity",)
    labels = ("real", "one_hot", "multi_hot")
    direction = "max"
    name: Name | None = "cosine_similarity"
    dtype: FloatType | None = None
    axis: Axis = -1


class R2Score(_Error):
    """Share of the targets' variance that the outputs explain."""

    words = ("r2_score",)
    labels = ("real",)
    direction = "max"
    class_aggregation: Literal["uniform_average", "variance_weighted_average"] | None = (
        "uniform_average"
    )
    num_regressors: Count = 0
    name: Name | None = "r2_score"
    dtype: FloatType | None = None

    @property
    def several(self) -> bool:
        return self.class_aggregation is None


class PearsonCorrelation(_Error):
    """Correlation of outputs and targets along an axis of each sample."""

    words = ("pearson_correlation",)
    labels = ("real",)
    direction = "max"
    name: Name | None = "pearson_correlation"
    dtype: FloatType | None = None
    axis: Axis = -1


class ConcordanceCorrelation(_Error):
    """Agreement of outputs and targets along an axis of each sample."""

    words = ("concordance_correlation",)
    labels = ("real",)
    direction = "max"
    name: Name | None = "concordance_correlation"
    dtype: FloatType | None = None
    axis: Axis = -1


class Poisson(_Error):
    """The Poisson loss as a metric."""

    words = ("poisson",)
    labels = ("real",)
    name: Name | None = "poisson"
    dtype: FloatType | None = None


class KLDivergence(_Error):
    """How far the distribution of the outputs is from that of the targets."""

    words = ("kl_divergence",)
    labels = ("one_hot", "real")
    name: Name | None = "kl_divergence"
    dtype: FloatType | None = None


class BinaryCrossentropy(_Error):
    """The binary crossentropy as a metric."""

    words = ("binary_crossentropy", "bce", "BCE")
    labels = ("binary", "multi_hot", "real")
    name: Name | None = "binary_crossentropy"
    dtype: FloatType | None = None
    from_logits: bool = False
    label_smoothing: Fraction = 0.0


class CategoricalCrossentropy(_Error):
    """The categorical crossentropy as a metric."""

    words = ("categorical_crossentropy",)
    labels = ("one_hot",)
    name: Name | None = "categorical_crossentropy"
    dtype: FloatType | None = None
    from_logits: bool = False
    label_smoothing: Fraction = 0.0
    axis: Axis = -1


class SparseCategoricalCrossentropy(_Error):
    """Categorical crossentropy for targets that are the numbers of the classes."""

    words = ("sparse_categorical_crossentropy",)
    labels = ("integer",)
    name: Name | None = "sparse_categorical_crossentropy"
    dtype: FloatType | None = None
    from_logits: bool = False
    ignore_class: int | None = None
    axis: Axis = -1


class Hinge(_Error):
    """The hinge loss as a metric."""

    words = ("hinge",)
    labels = ("binary", "multi_hot")
    name: Name | None = "hinge"
    dtype: FloatType | None = None


class SquaredHinge(_Error):
    """The squared hinge loss as a metric."""

    words = ("squared_hinge",)
    labels = ("binary", "multi_hot")
    name: Name | None = "squared_hinge"
    dtype: FloatType | None = None


class CategoricalHinge(_Error):
    """The categorical hinge loss as a metric."""

    words = ("categorical_hinge",)
    labels = ("one_hot",)
    name: Name | None = "categorical_hinge"
    dtype: FloatType | None = None
