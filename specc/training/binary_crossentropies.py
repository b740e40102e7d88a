"""Losses that compare the probabilities of a yes or no."""

from specc.options import Fraction, Name, NonNegative
from specc.training.base import Loss
from specc.training.facts import UNIT
from specc.training.options import Axis, FloatType, Reduction

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
