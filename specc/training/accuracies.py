"""Metrics that count how often the predicted class is right."""

from specc.options import Name, Number, Positive
from specc.training.base import Metric
from specc.training.options import FloatType

FAMILY = "metrics"


class MatchingAccuracy(Metric):
    """Keras picks the accuracy by the shapes of outputs and targets."""

    word_only = True
    words = ("accuracy",)
    labels = ("binary", "one_hot", "integer", "multi_hot")
    direction = "max"


class Accuracy(Metric):
    """Counts outputs that equal the target to the last bit, which probabilities never do."""

    direction = "max"
    name: Name | None = "accuracy"
    dtype: FloatType | None = None


class BinaryAccuracy(Metric):
    """Outputs beyond the threshold are a yes."""

    words = ("binary_accuracy",)
    labels = ("binary", "multi_hot")
    direction = "max"
    name: Name | None = "binary_accuracy"
    dtype: FloatType | None = None
    threshold: Number = 0.5


class CategoricalAccuracy(Metric):
    """The largest output is the predicted class."""

    words = ("categorical_accuracy",)
    labels = ("one_hot",)
    direction = "max"
    name: Name | None = "categorical_accuracy"
    dtype: FloatType | None = None


class SparseCategoricalAccuracy(Metric):
    """Categorical accuracy for targets that are the numbers of the classes."""

    words = ("sparse_categorical_accuracy",)
    labels = ("integer",)
    direction = "max"
    name: Name | None = "sparse_categorical_accuracy"
    dtype: FloatType | None = None


class TopKCategoricalAccuracy(Metric):
    """The right class is among the `k` largest outputs."""

    words = ("top_k_categorical_accuracy",)
    labels = ("one_hot",)
    direction = "max"
    k: Positive = 5
    name: Name | None = "top_k_categorical_accuracy"
    dtype: FloatType | None = None


class SparseTopKCategoricalAccuracy(Metric):
    """Top-k accuracy for targets that are the numbers of the classes."""

    words = ("sparse_top_k_categorical_accuracy",)
    labels = ("integer",)
    direction = "max"
    k: Positive = 5
    name: Name | None = "sparse_top_k_categorical_accuracy"
    dtype: FloatType | None = None
    from_sorted_ids: bool = False
