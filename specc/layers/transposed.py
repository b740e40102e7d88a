"""Transposed convolution, which makes its input larger."""

from math import prod
from typing import Annotated, ClassVar

from specc.axes import (
    Sizes,
    axes_of,
    expect_known,
    expect_rank,
    join_channels,
    split_channels,
    spread,
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
from specc.layers.convolution import expect_plain_strides
from specc.options import Positive, Size1, Size2, Size3, sizes
from specc.tensor import Dim, ShapeError, Tensor

Extra1 = Annotated[int | tuple[int], sizes(1, 0, "an integer that is not negative")]
Extra2 = Annotated[int | tuple[int, int], sizes(2, 0, "an integer that is not negative")]
Extra3 = Annotated[int | tuple[int, int, int], sizes(3, 0, "an integer that is not negative")]


class _Transposed(Layer):
    learns = True
    multiplies = True
    convolves = True
    supports_masking = False
    rank: ClassVar[int]

    filters: Positive
    kernel_size: Sizes
    strides: Sizes = 1
    padding: Padding = "valid"
    output_padding: Sizes | None = None
    data_format: DataFormat = None
    dilation_rate: Sizes = 1
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
        expect_plain_strides(name, self.strides, self.dilation_rate)
        self._check_padding()
        self.weights(x)
        spatial, _ = split_channels(x, self.data_format)
        grown = tuple(self._grow(size, axis) for axis, size in enumerate(spatial))
        return Tensor(join_channels(grown, self.filters, self.data_format), self.float_type)

    def _check_padding(self) -> None:
        if self.output_padding is None:
            return
        steps = spread(self.strides, self.rank)
        for extra, step in zip(spread(self.output_padding, self.rank), steps, strict=True):
            if extra >= step:
                message = f"output padding {extra} is not below the stride of {step}"
                raise ShapeError("S203", message, option="output_padding")

    def _grow(self, size: Dim, axis: int) -> Dim:
        """The output size of one axis, as Keras computes it for TensorFlow's padding."""
        if size is None:
            return None
        width, step, gap = (
            spread(option, self.rank)[axis]
            for option in (self.kernel_size, self.strides, self.dilation_rate)
        )
        reach = (width - 1) * gap + 1
        if self.output_padding is None:
            return size * step + (max(reach - step, 0) if self.padding == "valid" else 0)
        extra = spread(self.output_padding, self.rank)[axis]
        return (size - 1) * step + (reach if self.padding == "valid" else reach % 2) + extra

    def weights(self, x: Tensor) -> Weights:
        _, channels = split_channels(x, self.data_format)
        known = expect_known(channels, type(self).__name__, "number of channels", x)
        bias = {"bias": (self.filters,)} if self.use_bias else {}
        return {"kernel": (*spread(self.kernel_size, self.rank), self.filters, known)} | bias

    def macs(self, x: Tensor) -> int | None:
        kernel = prod(spread(self.kernel_size, self.rank))
        return None if x.size is None else x.size * self.filters * kernel


class Conv1DTranspose(_Transposed):
    """Transposed convolution over a sequence."""

    rank = 1
    ranks = (2,)

    kernel_size: Size1
    strides: Size1 = 1
    output_padding: Extra1 | None = None
    dilation_rate: Size1 = 1


class Conv2DTranspose(_Transposed):
    """Transposed convolution over height and width."""

    rank = 2
    ranks = (3,)

    kernel_size: Size2
    strides: Size2 = (1, 1)
    output_padding: Extra2 | None = None
    dilation_rate: Size2 = (1, 1)


class Conv3DTranspose(_Transposed):
    """Transposed convolution over depth, height and width."""

    rank = 3
    ranks = (4,)

    kernel_size: Size3
    strides: Size3 = (1, 1, 1)
    output_padding: Extra3 | None = None
    dilation_rate: Size3 = (1, 1, 1)

    @classmethod
    def options(cls) -> tuple[str, ...]:
        """Here, and here alone, Keras has `data_format` before `output_padding`."""
        names = list(super().options())
        place = names.index("output_padding")
        names[place : place + 2] = reversed(names[place : place + 2])
        return tuple(names)
