"""Losses that compare probabilities of classes."""

from typing import Annotated

from pydantic import Field

from specc.options import Fraction, Name, NonNegative
from specc.training.base import Loss
from specc.training.facts import UNIT
from specc.training.options import Axis, FloatType, Reduction, Several

FAMILY = "losses"


class BinaryCrossentropy(Loss):
    """Each output is the probability of a yes or no of its own."""

    words = ("binary_crossentropy", "bce", "BCE")
    head = ("sigmoid",)
    labels = ("binary", "multi_hot", "real")
    targets = UNIT
    tasks = ("binary", "multilabel", "unit_regression", "segmentation", "reconstruction")
    probabilistic = True
    from_logits: bool = False
    label_smoothing: Fraction = 0.0
    axis: Axis = -1
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "binary_crossentropy"
    dtype: FloatType | None = None


class BinaryFocalCrossentropy(Loss):
    """Binary crossentropy that counts the cases which are easy less."""

    words = ("binary_focal_crossentropy",)
    head = ("sigmoid",)
    labels = ("binary", "multi_hot")
    targets = UNIT
    tasks = ("binary", "multilabel", "segmentation")
    probabilistic = True
    apply_class_balancing: bool = False
    alpha: Fraction = 0.25
    gamma: NonNegative = 2.0
    from_logits: bool = False
    label_smoothing: Fraction = 0.0
    axis: Axis = -1
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "binary_focal_crossentropy"
    dtype: FloatType | None = None


class CategoricalCrossentropy(Loss):
    """The outputs are the probabilities of classes of which one is right."""

    words = ("categorical_crossentropy",)
    head = ("softmax",)
    labels = ("one_hot",)
    targets = UNIT
    tasks = ("multiclass", "segmentation")
    probabilistic = True
    from_logits: bool = False
    label_smoothing: Fraction = 0.0
    axis: Axis = -1
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "categorical_crossentropy"
    dtype: FloatType | None = None


class CategoricalFocalCrossentropy(Loss):
    """Categorical crossentropy that counts the cases which are easy less."""

    words = ("categorical_focal_crossentropy",)
    head = ("softmax",)
    labels = ("one_hot",)
    targets = UNIT
    tasks = ("multiclass", "segmentation")
    probabilistic = True
    alpha: NonNegative | Several[NonNegative] = 0.25
    gamma: NonNegative = 2.0
    from_logits: bool = False
    label_smoothing: Fraction = 0.0
    axis: Axis = -1
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "categorical_focal_crossentropy"
    dtype: FloatType | None = None


class SparseCategoricalCrossentropy(Loss):
    """Categorical crossentropy for targets that are the numbers of the classes."""

    words = ("sparse_categorical_crossentropy",)
    head = ("softmax",)
    labels = ("integer",)
    tasks = ("multiclass", "segmentation")
    probabilistic = True
    from_logits: bool = False
    ignore_class: int | None = None
    reduction: Reduction = "sum_over_batch_size"
    axis: Axis = -1
    name: Name | None = "sparse_categorical_crossentropy"
    dtype: FloatType | None = None


class CategoricalGeneralizedCrossEntropy(Loss):
    """Between categorical crossentropy and absolute error, for labels that may be wrong."""

    head = ("softmax",)
    labels = ("integer",)
    tasks = ("multiclass",)
    probabilistic = True
    q: Annotated[float, Field(gt=0, lt=1)] = 0.5
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "categorical_generalized_cross_entropy"
    dtype: FloatType | None = None


class KLDivergence(Loss):
    """How far the distribution of the outputs is from that of the targets."""

    words = ("kl_divergence", "kld", "KLD")
    head = ("softmax",)
    labels = ("one_hot", "real")
    targets = UNIT
    tasks = ("multiclass",)
    probabilistic = True
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "kl_divergence"
    dtype: FloatType | None = None


class MatchingCrossentropy(Loss):
    """Keras picks the crossentropy by the shapes of outputs and targets."""

    word_only = True
    words = ("crossentropy", "ce")
    head = ("sigmoid", "softmax")
    labels = ("binary", "integer", "one_hot")
    tasks = ("binary", "multiclass", "segmentation")
    probabilistic = True


class CTC(Loss):
    """The outputs are symbols along a sequence, 0 the blank; it takes logits, not softmax."""

    words = ("ctc",)
    head = ("linear",)
    labels = ("integer",)
    tasks = ("sequence",)
    probabilistic = True
    reduction: Reduction = "sum_over_batch_size"
    name: Name | None = "ctc"
    dtype: FloatType | None = None

    @property
    def logits(self) -> bool:
        return True
