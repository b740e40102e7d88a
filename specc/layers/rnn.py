"""The recurrent layer around a cell."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, model_validator

from specc.axes import expect_known, expect_rank
from specc.kind import Of
from specc.layers.absent import AlwaysTrainable
from specc.layers.base import Weights
from specc.layers.cell_base import Cell, is_cell
from specc.layers.cells import StackedRNNCells, cells_of
from specc.layers.states_base import Recurrence, References
from specc.options import mistake
from specc.tensor import Shape, Tensor


def _cell_or_cells(value: Any) -> Any:
    return cells_of(value) if isinstance(value, list | tuple) else is_cell(value)


class RNN(Recurrence):
    """Calls a cell, or several on top of each other, at each step of a sequence."""

    cell: Annotated[Any, Of("layers", or_many=True), AfterValidator(_cell_or_cells)]
    return_sequences: bool = False
    return_state: bool = False
    go_backwards: bool = False
    unroll: bool = False
    zero_output_for_mask: bool = False
    initial_state: References = None
    trainable: AlwaysTrainable = True

    @property
    def whole(self) -> Cell:
        """The cell; a list of cells as the stack that Keras makes of it."""
        return StackedRNNCells(cells=self.cell) if isinstance(self.cell, tuple) else self.cell

    def named_inside(self) -> tuple[str, ...]:
        return ("StackedRNNCells",) if isinstance(self.cell, tuple) else ()

    @model_validator(mode="after")
    def _states_in_a_row(self) -> Self:
        passed = self.return_state or self.initial_state
        if passed and isinstance(self.whole, StackedRNNCells) and self.whole.nested:
            help = "write one recurrent layer above the other"
            raise mistake("F017", "cannot pass on the states of a stack with `LSTMCell`", help)
        return self

    def one_step(self, x: Tensor) -> tuple[Shape, tuple[Shape, ...]]:
        expect_rank(x, 2, "RNN", "steps x features")
        expect_known(x.shape[-1], "RNN", "number of features", x)
        return (self.whole.output_size,), tuple((size,) for size in self.whole.state_sizes)

    def _step(self, x: Tensor) -> Tensor:
        return Tensor(x.shape[1:], x.dtype)

    def weights(self, x: Tensor) -> Weights:
        found = self.whole.weights(self._step(x))
        return {f"cell/{name}": shape for name, shape in found.items()}

    def trained(self, x: Tensor) -> int:
        return self.whole.trained(self._step(x))

    def macs(self, x: Tensor) -> int | None:
        steps = x.shape[0]
        return None if steps is None else steps * self.whole.step_macs(self._step(x))
