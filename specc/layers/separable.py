"""Convolution of each channel by itself, and with a mixing of the channels after it."""

from math import prod
from typing import ClassVar

from specc.axes import (
    Sizes,
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
)
from specc.options import Positive, Size1, Size2
from specc.tensor import Tensor, Window, slide


def _windows(layer: "_Separable | _Depthwise", x: Tensor) -> tuple[Window, ...]:
    spatial, _ = split_channels(x, layer.data_format)
    return windows_over(
        spatial, layer.kernel_size, layer.strides, layer.padding, layer.dilation_rate
    )


def _infer(layer: "_Separable | _Depthwise", x: Tensor, filters: int) -> Tensor:
    shape = slide(layer.windows(x), x, option="kernel_size")
    return Tensor(join_channels(shape, filters, layer.data_format), layer.float_type)


def _channels(layer: "_Separable | _Depthwise", x: Tensor) -> int:
    """The number of channels of an input that fits; ShapeError S201 or S215."""
    name = type(layer).__name__
    expect_rank(x, layer.rank + 1, name, axes_of(layer.rank, layer.data_format))
    _, channels = split_channels(x, layer.data_format)
    return expect_known(channels, name, "number of channels", x)


class _Separable(Layer):
    learns = True
    multiplies = True
    convolves = True
    supports_masking = False
    rank: ClassVar[int]

    filters: Positive
    kernel_size: Sizes
    strides: Sizes = 1
    padding: Padding = "valid"
    data_format: DataFormat = None
    dilation_rate: Sizes = 1
    depth_multiplier: Positive = 1
    activation: Activation = None
    use_bias: bool = True
    depthwise_initializer: Initializer = "glorot_uniform"
    pointwise_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    depthwise_regularizer: Regularizer = None
    pointwise_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    depthwise_constraint: Constraint = None
    pointwise_constraint: Constraint = None
    bias_constraint: Constraint = None

    def infer(self, x: Tensor) -> Tensor:
        _channels(self, x)
        return _infer(self, x, self.filters)

    def windows(self, x: Tensor) -> tuple[Window, ...]:
        return _windows(self, x)

    def weights(self, x: Tensor) -> Weights:
        channels = _channels(self, x)
        deep = channels * self.depth_multiplier
        return {
            "depthwise_kernel": (
                *spread(self.kernel_size, self.rank), channels, self.depth_multiplier,
            ),
            "pointwise_kernel": (*spread(1, self.rank), deep, self.filters),
        } | ({"bias": (self.filters,)} if self.use_bias else {})  # fmt: skip

    def macs(self, x: Tensor) -> int | None:
        size = self.infer(x).size
        if size is None:
            return None
        shapes = self.weights(x)
        kernels = prod(shapes["depthwise_kernel"]) + prod(shapes["pointwise_kernel"])
        return size // self.filters * kernels


class SeparableConv1D(_Separable):
    """Convolution of each channel of a sequence, then a mixing of the channels."""

    rank = 1
    ranks = (2,)

    kernel_size: Size1
    strides: Size1 = 1
    dilation_rate: Size1 = 1


class SeparableConv2D(_Separable):
    """Convolution of each channel over height and width, then a mixing of the channels."""

    rank = 2
    ranks = (3,)
    finds_patterns = True

    kernel_size: Size2
    strides: Size2 = (1, 1)
    dilation_rate: Size2 = (1, 1)


class _Depthwise(Layer):
    learns = True
    multiplies = True
    convolves = True
    supports_masking = False
    rank: ClassVar[int]

    kernel_size: Sizes
    strides: Sizes = 1
    padding: Padding = "valid"
    depth_multiplier: Positive = 1
    data_format: DataFormat = None
    dilation_rate: Sizes = 1
    activation: Activation = None
    use_bias: bool = True
    depthwise_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    depthwise_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    depthwise_constraint: Constraint = None
    bias_constraint: Constraint = None

    def infer(self, x: Tensor) -> Tensor:
        return _infer(self, x, _channels(self, x) * self.depth_multiplier)

    def windows(self, x: Tensor) -> tuple[Window, ...]:
        return _windows(self, x)

    def weights(self, x: Tensor) -> Weights:
        channels = _channels(self, x)
        kernel = (*spread(self.kernel_size, self.rank), channels, self.depth_multiplier)
        bias = {"bias": (channels * self.depth_multiplier,)} if self.use_bias else {}
        return {"kernel": kernel} | bias

    def macs(self, x: Tensor) -> int | None:
        size = self.infer(x).size
        return None if size is None else size * prod(spread(self.kernel_size, self.rank))


class DepthwiseConv1D(_Depthwise):
    """Convolution of each channel of a sequence by itself."""

    rank = 1
    ranks = (2,)

    kernel_size: Size1
    strides: Size1 = 1
    dilation_rate: Size1 = 1


class DepthwiseConv2D(_Depthwise):
    """Convolution of each channel over height and width by itself."""

    rank = 2
    ranks = (3,)

    kernel_size: Size2
    strides: Size2 = (1, 1)
    dilation_rate: Size2 = (1, 1)
