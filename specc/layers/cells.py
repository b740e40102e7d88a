"""One step of a recurrent layer, which stands inside `RNN`."""

from typing import Annotated, Any

from pydantic import AfterValidator

from specc.kind import Of
from specc.layers.absent import AlwaysTrainable
from specc.layers.base import Weights
from specc.layers.cell_base import Cell, is_cell
from specc.layers.gates_base import Gated, GRUGates, LSTMGates, SimpleGates
from specc.options import expected, mistake
from specc.tensor import Tensor


class _GatedCell(Gated, Cell):
    @property
    def state_sizes(self) -> tuple[int, ...]:
        return (self.units,) * self.states


class SimpleRNNCell(_GatedCell, SimpleGates):
    """One step of `SimpleRNN`."""

    seed: int | None = None


class LSTMCell(_GatedCell, LSTMGates):
    """One step of `LSTM`."""


class GRUCell(_GatedCell, GRUGates):
    """One step of `GRU`."""

    reset_after: bool = True
    seed: int | None = None


def cells_of(value: Any) -> tuple[Cell, ...]:
    """The cells of a list; the errors of a wrong form, and F017 for a stack among them."""
    if not isinstance(value, list | tuple) or not value:
        raise expected("a list of cells")
    cells = tuple(map(is_cell, value))
    if any(isinstance(cell, StackedRNNCells) for cell in cells):
        raise mistake("F017", "takes no stack of cells inside another one")
    return cells


class StackedRNNCells(Cell):
    """Several cells as one: each takes what the one before it gives."""

    cells: Annotated[Any, Of("layers", many=True), AfterValidator(cells_of)]
    trainable: AlwaysTrainable = True

    @property
    def state_sizes(self) -> tuple[int, ...]:
        return tuple(size for cell in self.cells for size in cell.state_sizes)

    @property
    def output_size(self) -> int:
        last: Cell = self.cells[-1]
        return last.output_size

    @property
    def nested(self) -> bool:
        """Whether some cell has several states, which Keras then keeps as a list in a list."""
        return any(len(cell.state_sizes) > 1 for cell in self.cells)

    def _steps(self, x: Tensor) -> list[tuple[Cell, Tensor]]:
        """Each cell with what comes into it."""
        entries = [x, *(Tensor((cell.output_size,)) for cell in self.cells)]
        return list(zip(self.cells, entries, strict=False))

    def weights(self, x: Tensor) -> Weights:
        each = [(f"cell_{i}", cell, entry) for i, (cell, entry) in enumerate(self._steps(x))]
        return {
            f"{place}/{name}": shape
            for place, cell, entry in each
            for name, shape in cell.weights(entry).items()
        }

    def trained(self, x: Tensor) -> int:
        return sum(cell.trained(entry) for cell, entry in self._steps(x))

    def step_macs(self, x: Tensor) -> int:
        return sum(cell.step_macs(entry) for cell, entry in self._steps(x))
