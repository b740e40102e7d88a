"""Layers that read a sequence step by step and keep a state."""

from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import model_validator

from specc.kind import Fraction, Positive, mistake
from specc.layers.base import (
    Activation,
    Constraint,
    Initializer,
    Layer,
    Regularizer,
    Weights,
    expect_known,
    expect_rank,
    left_out,
)
from specc.tensor import Tensor


class _Recurrent(Layer):
    """A layer with a state of `units` values; `gates` kernels stand side by side in one."""

    later = left_out("return_state", "stateful")
    ranks = (2,)
    learns = True
    recurrent = True
    finds_patterns = True
    gates: ClassVar[int]

    units: Positive
    activation: Activation = "tanh"

    if TYPE_CHECKING:  # each kind declares these itself, where they stand in its signature
        use_bias: bool
        recurrent_initializer: Initializer
        return_sequences: bool
        go_backwards: bool

    @model_validator(mode="after")
    def _can_start(self) -> Self:
        start = self.recurrent_initializer
        orthogonal = "orthogonal" in (start, type(start).__name__.lower())
        if orthogonal and self.dtype == "bfloat16":
            help = "use `mixed_bfloat16`, or another `recurrent_initializer`"
            raise mistake("F017", "cannot start `orthogonal` in `bfloat16`", help)
        return self

    @property
    def bias_shape(self) -> tuple[int, ...]:
        return (self.gates * self.units,)

    def infer(self, x: Tensor) -> Tensor:
        expect_rank(x, 2, type(self).__name__, "steps x features")
        self._features(x)
        steps = x.shape[:1] if self.return_sequences else ()
        return Tensor((*steps, self.units), self.float_type)

    def masked(self, *inputs: bool) -> bool:
        return self.return_sequences and any(inputs)

    def _features(self, x: Tensor) -> int:
        return expect_known(x.shape[-1], type(self).__name__, "number of features", x)

    def weights(self, x: Tensor) -> Weights:
        width = self.gates * self.units
        bias = {"bias": self.bias_shape} if self.use_bias else {}
        kernels = {"kernel": (self._features(x), width), "recurrent_kernel": (self.units, width)}
        return kernels | bias

    def macs(self, x: Tensor) -> int | None:
        steps = x.shape[0]
        each = self.gates * (self._features(x) + self.units) * self.units
        return None if steps is None else steps * each


class SimpleRNN(_Recurrent):
    """The plain recurrent layer: the output is the state."""

    gates = 1

    use_bias: bool = True
    kernel_initializer: Initializer = "glorot_uniform"
    recurrent_initializer: Initializer = "orthogonal"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    recurrent_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    recurrent_constraint: Constraint = None
    bias_constraint: Constraint = None
    dropout: Fraction = 0.0
    recurrent_dropout: Fraction = 0.0
    return_sequences: bool = False
    go_backwards: bool = False
    unroll: bool = False
    seed: int | None = None
    zero_output_for_mask: bool = False


class LSTM(_Recurrent):
    """Long short-term memory: four gates and a cell that remembers."""

    gates = 4

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
    go_backwards: bool = False
    unroll: bool = False
    use_cudnn: Literal["auto"] | bool = "auto"
    zero_output_for_mask: bool = False


class GRU(_Recurrent):
    """Gated recurrent unit: three gates and no cell of its own."""

    gates = 3

    recurrent_activation: Activation = "sigmoid"
    use_bias: bool = True
    kernel_initializer: Initializer = "glorot_uniform"
    recurrent_initializer: Initializer = "orthogonal"
    bias_initializer: Initializer = "zeros"
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
    go_backwards: bool = False
    unroll: bool = False
    reset_after: bool = True
    use_cudnn: Literal["auto"] | bool = "auto"
    zero_output_for_mask: bool = False

    @property
    def bias_shape(self) -> tuple[int, ...]:
        width = self.gates * self.units
        return (2, width) if self.reset_after else (width,)


Recurrent = SimpleRNN | LSTM | GRU
