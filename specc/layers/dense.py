"""Fully connected layer."""

from specc.axes import expect_known
from specc.layers.base import (
    Activation,
    Constraint,
    Initializer,
    Layer,
    Regularizer,
    Weights,
    left_out,
)
from specc.options import Positive
from specc.tensor import ShapeError, Tensor


class Dense(Layer):
    """`activation(x @ kernel + bias)` over the last axis."""

    later = left_out("lora_rank", "lora_alpha", "quantization_config")
    learns = True
    multiplies = True

    units: Positive
    activation: Activation = None
    use_bias: bool = True
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None

    def infer(self, x: Tensor) -> Tensor:
        if not x.shape:
            raise ShapeError("S201", f"`Dense` takes at least one axis, got {x}")
        expect_known(x.shape[-1], "Dense", "last axis", x)
        return Tensor((*x.shape[:-1], self.units), self.float_type)

    def weights(self, x: Tensor) -> Weights:
        width = expect_known(x.shape[-1], "Dense", "last axis", x)
        bias = {"bias": (self.units,)} if self.use_bias else {}
        return {"kernel": (width, self.units)} | bias

    def macs(self, x: Tensor) -> int | None:
        return None if x.size is None else x.size * self.units
