"""The usual losses that compare probabilities of classes."""

from specc.options import Fraction, Name
from specc.training.base import Loss
from specc.training.facts import UNIT
from specc.training.options import Axis, FloatType, Reduction

FAMILY = "losses"


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
