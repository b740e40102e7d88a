"""Layers that read a sequence step by step and keep a state."""

from typing import Literal

from specc.axes import expect_rank
from specc.layers.gates_base import Gated, GRUGates, LSTMGates, SimpleGates
from specc.layers.states_base import Recurrence, References
from specc.tensor import Shape, Tensor


class _Recurrent(Recurrence, Gated):
    """A recurrent layer with a cell of its own."""

    def one_step(self, x: Tensor) -> tuple[Shape, tuple[Shape, ...]]:
        expect_rank(x, 2, type(self).__name__, "steps x features")
        self.features(x)
        return (self.units,), ((self.units,),) * self.states

    def macs(self, x: Tensor) -> int | None:
        steps = x.shape[0]
        return None if steps is None else steps * self.step_macs(x)


class SimpleRNN(_Recurrent, SimpleGates):
    """The plain recurrent layer: the output is the state."""

    return_sequences: bool = False
    return_state: bool = False
    go_backwards: bool = False
    unroll: bool = False
    seed: int | None = None
    zero_output_for_mask: bool = False
    initial_state: References = None


class LSTM(_Recurrent, LSTMGates):
    """Long short-term memory: four gates and a cell that remembers."""

    return_sequences: bool = False
    return_state: bool = False
    go_backwards: bool = False
    unroll: bool = False
    use_cudnn: Literal["auto"] | bool = "auto"
    zero_output_for_mask: bool = False
    initial_state: References = None


class GRU(_Recurrent, GRUGates):
    """Gated recurrent unit: three gates and no cell of its own."""

    seed: int | None = None
    return_sequences: bool = False
    return_state: bool = False
    go_backwards: bool = False
    unroll: bool = False
    reset_after: bool = True
    use_cudnn: Literal["auto"] | bool = "auto"
    zero_output_for_mask: bool = False
    initial_state: References = None
