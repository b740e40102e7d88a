"""Recurrent layers whose gates are convolutions."""

from math import prod
from typing import ClassVar, Self

from pydantic import model_validator

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
from specc.layers.absent import AlwaysTrainable
from specc.layers.base import (
    Activation,
    Constraint,
    DataFormat,
    Initializer,
    Padding,
    Regularizer,
    Weights,
)
from specc.layers.convolution import expect_plain_strides
from specc.layers.gates_base import expect_start
from specc.layers.states_base import Recurrence, References
from specc.options import Fraction, Positive, Size1, Size2, Size3
from specc.tensor import Shape, Tensor, Window, slide


class _ConvLSTM(Recurrence):
    """LSTM over feature maps: each gate is a convolution of the input and one of the state."""

    convolves = True
    rank: ClassVar[int]

    trainable: AlwaysTrainable = True
    filters: Positive
    kernel_size: Sizes
    strides: Sizes = 1
    padding: Padding = "valid"
    data_format: DataFormat = None
    dilation_rate: Sizes = 1
    activation: Activation = "tanh"
    recurrent_activation: Activation = "sigmoid"
    use_bias: bool = True
    kernel_initializer: Initializer = "glorot_uniform"
    recurrent_initializer: Initializer = "orthogonal"
    bias_initializer: Initializer = "zeros"
    unit_forget_bias: bool = True
    kernel_regularizer: Regularizer = None
    recurrent_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    recurrent_constraint: Constraint = None
    bias_constraint: Constraint = None
    dropout: Fraction = 0.0
    recurrent_dropout: Fraction = 0.0
    seed: int | None = None
    return_sequences: bool = False
    return_state: bool = False
    go_backwards: bool = False
    unroll: bool = False
    zero_output_for_mask: bool = False
    initial_state: References = None

    @model_validator(mode="after")
    def _can_start(self) -> Self:
        expect_start(self, self.recurrent_initializer)
        return self

    def one_step(self, x: Tensor) -> tuple[Shape, tuple[Shape, ...]]:
        name = type(self).__name__
        expect_rank(x, self.rank + 2, name, f"steps x {axes_of(self.rank, self.data_format)}")
        spatial, channels = split_channels(self._step(x), self.data_format)
        expect_known(channels, name, "number of channels", x)
        for size in spatial:
            expect_known(size, name, "size of each feature map", x)
        expect_plain_strides(name, self.strides, self.dilation_rate)
        out = slide(self.windows(x), x, option="kernel_size")
        shape = join_channels(out, self.filters, self.data_format)
        return shape, (shape, shape)

    def windows(self, x: Tensor) -> tuple[Window, ...]:
        spatial, _ = split_channels(self._step(x), self.data_format)
        return windows_over(
            spatial, self.kernel_size, self.strides, self.padding, self.dilation_rate
        )

    def _step(self, x: Tensor) -> Tensor:
        return Tensor(x.shape[1:], x.dtype)

    def weights(self, x: Tensor) -> Weights:
        _, channels = split_channels(self._step(x), self.data_format)
        known = expect_known(channels, type(self).__name__, "number of channels", x)
        window, width = spread(self.kernel_size, self.rank), 4 * self.filters
        bias = {"bias": (width,)} if self.use_bias else {}
        kernels = {"kernel": (*window, known, width)}
        return kernels | {"recurrent_kernel": (*window, self.filters, width)} | bias

    def macs(self, x: Tensor) -> int | None:
        steps, (shape, _) = x.shape[0], self.one_step(x)
        places = (Tensor(shape).size or 0) // self.filters
        kernels = (s for name, s in self.weights(x).items() if name != "bias")
        return None if steps is None else steps * places * sum(map(prod, kernels))


class ConvLSTM1D(_ConvLSTM):
    """LSTM over sequences at each step."""

    rank = 1
    ranks = (3,)

    kernel_size: Size1
    strides: Size1 = 1
    dilation_rate: Size1 = 1


class ConvLSTM2D(_ConvLSTM):
    """LSTM over pictures at each step."""

    rank = 2
    ranks = (4,)

    kernel_size: Size2
    strides: Size2 = 1
    dilation_rate: Size2 = 1


class ConvLSTM3D(_ConvLSTM):
    """LSTM over volumes at each step."""

    rank = 3
    ranks = (5,)

    kernel_size: Size3
    strides: Size3 = 1
    dilation_rate: Size3 = 1
