"""Layers that pass on what comes in: to regularize it, to mark a place, to mask steps."""

from specc.layers.absent import NoRegularizer, WordRegularizer
from specc.layers.base import Elementwise, Layer
from specc.options import NonNegative, Number
from specc.tensor import Tensor


class Identity(Layer):
    """Does nothing; a place with a name."""

    keeps_range = True

    activity_regularizer: WordRegularizer = None

    def infer(self, x: Tensor) -> Tensor:
        return Tensor(x.shape, self.moved(x))


class ActivityRegularization(Elementwise):
    """Adds a penalty for large values to the loss and passes them on."""

    keeps_range = True

    l1: NonNegative = 0.0
    l2: NonNegative = 0.0
    activity_regularizer: NoRegularizer = None


class Masking(Elementwise):
    """Marks the steps whose values all equal `mask_value`, which the layers below skip."""

    mask_value: Number = 0.0

    def masked(self, *inputs: bool) -> bool:
        return True
