"""Activation functions as layers of their own."""

from specc.kind import NonNegative
from specc.layers.base import Axes, Elementwise, Function, dims_at
from specc.tensor import Tensor


class Activation(Elementwise):
    """Applies an activation function to each value."""

    activation: Function


class ReLU(Elementwise):
    """Keeps positive values and makes the others zero, or small with `negative_slope`."""

    max_value: NonNegative | None = None
    negative_slope: NonNegative = 0.0
    threshold: NonNegative = 0.0


class LeakyReLU(Elementwise):
    """Keeps positive values and multiplies the others by `negative_slope`."""

    negative_slope: NonNegative = 0.3


class Softmax(Elementwise):
    """Makes the values along `axis` positive with the sum 1."""

    axis: Axes = -1

    def infer(self, x: Tensor) -> Tensor:
        axes = (self.axis,) if isinstance(self.axis, int) else self.axis
        dims_at(axes, x, "Softmax")
        return super().infer(x)
