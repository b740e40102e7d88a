"""Convolution over one, two or three spatial axes."""

from math import prod
from typing import ClassVar, Literal

from specc.axes import (
    axes_of,
    expect_known,
    expect_rank,
    join_channels,
    split_channels,
    spread,
    windows_over,
)
from specc.layers.base import (
    Activation,
    Constraint,
    DataFormat,
    Initializer,
    Layer,
    Padding,
    Regularizer,
    Weights,
    left_out,
)
from specc.options import Positive, Size1, Size2, Size3
from specc.tensor import ShapeError, Tensor, Window, slide


class _Conv(Layer):
    later = left_out("lora_rank", "lora_alpha")
    learns = True
    multiplies = True
    convolves = True
    finds_patterns = True
    supports_masking = False
    rank: ClassVar[int]

    filters: Positive
    kernel_size: int | tuple[int, ...]
    strides: int | tuple[int, ...] = 1
    padding: Literal["valid", "same", "causal"] = "valid"
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

    def infer(self, x: Tensor) -> Tensor:
        name = type(self).__name__
        expect_rank(x, self.rank + 1, name, axes_of(self.rank, self.data_format))
        self._check_groups(x)
        expect_plain_strides(name, self.strides, self.dilation_rate)
        spatial = slide(self.windows(x), x, option="kernel_size")
        return Tensor(join_channels(spatial, self.filters, self.data_format), self.float_type)

    def windows(self, x: Tensor) -> tuple[Window, ...]:
        spatial, _ = split_channels(x, self.data_format)
        return windows_over(
            spatial, self.kernel_size, self.strides, self.padding, self.dilation_rate
        )

    def _channels(self, x: Tensor) -> int:
        _, channels = split_channels(x, self.data_format)
        return expect_known(channels, type(self).__name__, "number of channels", x)

    def _check_groups(self, x: Tensor) -> None:
        for noun, number in (("input channels", self._channels(x)), ("filters", self.filters)):
            if number % self.groups:
                message = f"{number} {noun} do not divide into {self.groups} groups"
                raise ShapeError("S214", message, option="groups")

    def weights(self, x: Tensor) -> Weights:
        inner = self._channels(x) // self.groups
        bias = {"bias": (self.filters,)} if self.use_bias else {}
        return {"kernel": (*spread(self.kernel_size, self.rank), inner, self.filters)} | bias

    def macs(self, x: Tensor) -> int | None:
        out = self.infer(x).size
        return None if out is None else out * prod(self.weights(x)["kernel"][:-1])


def expect_plain_strides(
    layer: str, strides: int | tuple[int, ...], dilation: int | tuple[int, ...]
) -> None:
    """ShapeError S217 where strides and dilation rate are both above 1, which Keras refuses."""
    if max(spread(strides, 1)) > 1 and max(spread(dilation, 1)) > 1:
        message = f"`{layer}` cannot have strides and a dilation rate above 1 together"
        raise ShapeError("S217", message, option="dilation_rate")


class Conv1D(_Conv):
    """Convolution over a sequence."""

    rank = 1
    ranks = (2,)

    kernel_size: Size1
    strides: Size1 = 1
    dilation_rate: Size1 = 1


class Conv2D(_Conv):
    """Convolution over height and width."""

    rank = 2
    ranks = (3,)

    kernel_size: Size2
    strides: Size2 = (1, 1)
    padding: Padding = "valid"
    dilation_rate: Size2 = (1, 1)


class Conv3D(_Conv):
    """Convolution over depth, height and width."""

    rank = 3
    ranks = (4,)

    kernel_size: Size3
    strides: Size3 = (1, 1, 1)
    padding: Padding = "valid"
    dilation_rate: Size3 = (1, 1, 1)
