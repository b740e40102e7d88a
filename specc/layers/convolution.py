"""Convolution over one or two spatial axes."""

from math import prod
from typing import ClassVar, Literal

from specc.kind import Positive, Size1, Size2, spread
from specc.layers.base import (
    Activation,
    Constraint,
    DataFormat,
    Initializer,
    Regularizer,
    Weighted,
    Weights,
    expect_known,
    expect_rank,
    join_channels,
    split_channels,
)
from specc.tensor import ShapeError, Tensor, Window, slide


class _Conv(Weighted):
    rank: ClassVar[int]
    axes: ClassVar[str]

    filters: Positive
    kernel_size: int | tuple[int, ...]
    strides: int | tuple[int, ...] = 1
    padding: Literal["valid", "same"] = "valid"
    data_format: DataFormat = None
    dilation_rate: int | tuple[int, ...] = 1
    groups: Positive = 1
    activation: Activation = None
    use_bias: bool = True
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None

    @property
    def kernel(self) -> tuple[int, ...]:
        return spread(self.kernel_size, self.rank)

    def windows(self, x: Tensor) -> tuple[Window, ...]:
        spatial, _ = split_channels(x, self.data_format)
        steps, spaces = spread(self.strides, self.rank), spread(self.dilation_rate, self.rank)
        return tuple(
            Window(size, width, step, self.padding, space)
            for size, width, step, space in zip(spatial, self.kernel, steps, spaces, strict=True)
        )

    def infer(self, x: Tensor) -> Tensor:
        expect_rank(x, self.rank + 1, type(self).__name__, self.axes)
        self._channels(x)
        spatial = slide(self.windows(x), x, option="kernel_size")
        shape = join_channels(spatial, self.filters, self.data_format)
        return Tensor(shape, self.float_type)

    def _channels(self, x: Tensor) -> int:
        """The input's channels, once groups and steps are known to fit; ShapeError S214."""
        _, channels = split_channels(x, self.data_format)
        name = type(self).__name__
        known = expect_known(channels, name, "number of channels", x)
        for noun, count in (("input channels", known), ("filters", self.filters)):
            if count % self.groups:
                message = f"{count} {noun} do not divide into {self.groups} groups"
                raise ShapeError("S214", message, option="groups")
        steps, spaces = spread(self.strides, self.rank), spread(self.dilation_rate, self.rank)
        if max(steps) > 1 and max(spaces) > 1:
            message = f"`{name}` cannot have strides and a dilation rate above 1 together"
            raise ShapeError("S217", message, option="dilation_rate")
        return known

    def weights(self, x: Tensor) -> Weights:
        inner = self._channels(x) // self.groups
        bias = {"bias": (self.filters,)} if self.use_bias else {}
        return {"kernel": (*self.kernel, inner, self.filters)} | bias

    def macs(self, x: Tensor) -> int | None:
        out = self.infer(x).size
        return None if out is None else out * prod(self.kernel) * self._channels(x) // self.groups


class Conv1D(_Conv):
    """Convolution over a sequence."""

    rank = 1
    axes = "steps x channels"

    kernel_size: Size1
    strides: Size1 = 1
    padding: Literal["valid", "same", "causal"] = "valid"
    dilation_rate: Size1 = 1


class Conv2D(_Conv):
    """Convolution over height and width."""

    rank = 2
    axes = "height x width x channels"

    kernel_size: Size2
    strides: Size2 = (1, 1)
    dilation_rate: Size2 = (1, 1)
