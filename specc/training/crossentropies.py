"""Further losses that compare probabilities of classes."""

from typing import Annotated

from pydantic import Field

from specc.options import Fraction, Name, NonNegative
from specc.training.base import Loss
from specc.training.facts import UNIT
from specc.training.options import Axis, FloatType, Reduction, Several

FAMILY = "losses"


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
