"""What a recurrent layer and the cell of its name have in common: units, gates and weights."""

from typing import ClassVar, Self

from pydantic import model_validator

from specc.axes import expect_known
from specc.layers.base import Activation, Constraint, Initializer, Layer, Regularizer, Weights
from specc.options import Fraction, Positive, mistake
from specc.tensor import Tensor


def expect_start(layer: Layer, recurrent_initializer: object) -> None:
    """The mistake F017 where Keras cannot make the orthogonal matrix that a layer starts with."""
    words = (recurrent_initializer, type(recurrent_initializer).__name__.lower())
    if "orthogonal" in words and layer.dtype == "bfloat16":
        help = "use `mixed_bfloat16`, or another `recurrent_initializer`"
        raise mistake("F017", "cannot start `orthogonal` in `bfloat16`", help)


class Gated(Layer):
    """A state of `units` values; `gates` kernels stand side by side in one."""

    learns = True
    gates: ClassVar[int] = 1
    states: ClassVar[int] = 1

    units: Positive
    activation: Activation = "tanh"

    @property
    def bias_shape(self) -> tuple[int, ...]:
        return (self.gates * self.units,)

    def weights(self, x: Tensor) -> Weights:
        width = self.gates * self.units
        bias = {"bias": self.bias_shape} if getattr(self, "use_bias", True) else {}
        kernels = {"kernel": (self.features(x), width), "recurrent_kernel": (self.units, width)}
        return kernels | bias

    def features(self, x: Tensor) -> int:
        return expect_known(x.shape[-1], type(self).__name__, "number of features", x)

    def step_macs(self, x: Tensor) -> int:
        """Multiply-adds of one step."""
        return self.gates * (self.features(x) + self.units) * self.units

    @model_validator(mode="after")
    def _can_start(self) -> Self:
        expect_start(self, getattr(self, "recurrent_initializer", None))
        return self


class SimpleGates(Gated):
    """The options of `SimpleRNN` and `SimpleRNNCell`."""

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


class LSTMGates(Gated):
    """The options of `LSTM` and `LSTMCell`."""

    gates = 4
    states = 2

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


class GRUGates(Gated):
    """The options of `GRU` and `GRUCell`."""

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

    @property
    def bias_shape(self) -> tuple[int, ...]:
        width = self.gates * self.units
        return (2, width) if getattr(self, "reset_after", True) else (width,)
