"""Activation functions as layers of their own."""

from specc.axes import dims_at, expect_known
from specc.layers.absent import WordRegularizer
from specc.layers.base import (
    Axes,
    Constraint,
    Elementwise,
    Function,
    Initializer,
    Regularizer,
    Weights,
)
from specc.options import NonNegative, Number
from specc.tensor import ShapeError, Tensor


class Activation(Elementwise):
    """Applies an activation function to each value."""

    activates = True

    activation: Function


class ReLU(Elementwise):
    """Keeps positive values and makes the others zero, or small with `negative_slope`."""

    activates = True

    max_value: NonNegative | None = None
    negative_slope: NonNegative = 0.0
    threshold: NonNegative = 0.0


class LeakyReLU(Elementwise):
    """Keeps positive values and multiplies the others by `negative_slope`."""

    activates = True

    negative_slope: NonNegative = 0.3


class Softmax(Elementwise):
    """Makes the values along `axis` positive with the sum 1."""

    activates = True

    axis: Axes = -1

    def infer(self, x: Tensor) -> Tensor:
        axes = (self.axis,) if isinstance(self.axis, int) else self.axis
        dims_at(axes, x, "Softmax")
        return super().infer(x)


class ELU(Elementwise):
    """Keeps positive values; negative ones fall exponentially to `-alpha`."""

    activates = True

    alpha: Number = 1.0
    activity_regularizer: WordRegularizer = None


class PReLU(Elementwise):
    """Keeps positive values and multiplies the others by weights, which are trained."""

    activates = True
    stricter = frozenset({"S201"})  # Keras takes -1 for the axis before the last, 0 for the last

    alpha_initializer: Initializer = "Zeros"
    alpha_regularizer: Regularizer = None
    alpha_constraint: Constraint = None
    shared_axes: int | tuple[int, ...] | None = None

    def infer(self, x: Tensor) -> Tensor:
        self.weights(x)
        return super().infer(x)

    def weights(self, x: Tensor) -> Weights:
        shared = self._shared(x)
        axes = range(1, x.rank + 1)
        return {"alpha": tuple(1 if axis in shared else self._size(x, axis) for axis in axes)}

    def _size(self, x: Tensor, axis: int) -> int:
        return expect_known(x.shape[axis - 1], "PReLU", f"axis {axis}", x, "shared_axes")

    def _shared(self, x: Tensor) -> tuple[int, ...]:
        axes = self.shared_axes if self.shared_axes is not None else ()
        axes = (axes,) if isinstance(axes, int) else axes
        for axis in axes:
            if not 1 <= axis <= x.rank:
                message = f"`PReLU` has no axis {axis} to share weights along in {x}"
                label = f"axes count from 1 to {x.rank}"
                raise ShapeError("S201", message, option="shared_axes", label=label)
        return axes
