"""What the cells of recurrent layers have in common."""

from typing import Any

from specc.layers.base import Layer
from specc.options import expected
from specc.tensor import ShapeError, Tensor


class Cell(Layer):
    """What `RNN` calls at each step, with the states of the step before."""

    stands_inside = True
    learns = True
    recurrent = True

    @property
    def state_sizes(self) -> tuple[int, ...]:
        """The size of each state; the first one is that of the output."""
        raise NotImplementedError(type(self).__name__)

    @property
    def output_size(self) -> int:
        return self.state_sizes[0]

    def step_macs(self, x: Tensor) -> int:
        """Multiply-adds of one step."""
        raise NotImplementedError(type(self).__name__)

    def infer(self, x: Tensor) -> Tensor:
        name = type(self).__name__
        message = f"`{name}` takes one step together with states, and gets {x} alone"
        help = f"put it inside a layer that keeps the states: `RNN: {{cell: {name}}}`"
        raise ShapeError("S231", message, help=help)


def is_cell(value: Any) -> Any:
    """The cell itself; the error of a wrong form for anything else."""
    if not isinstance(value, Cell):
        raise expected("a cell: `LSTMCell`, `GRUCell`, `SimpleRNNCell` or `StackedRNNCells`")
    return value
