"""Layers that pass states from step to step, take those to start with and give the last ones."""

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import PlainValidator

from specc.axes import count
from specc.layers.base import Layer, left_out
from specc.options import expected
from specc.tensor import Shape, ShapeError, Tensor, agree, show_shape


def _references(value: Any) -> Any:
    many = isinstance(value, list | tuple) and len(value) > 0
    if value is None or isinstance(value, str):
        return value
    if not many or any(not isinstance(name, str) for name in value):
        raise expected("the name of a layer or a list of such names")
    return tuple(value)


References = Annotated[str | tuple[str, ...] | None, PlainValidator(_references)]


class Recurrence(Layer):
    """A layer over a sequence, whose states can come from other layers and go to others."""

    later = left_out("stateful")
    ranks = (2,)
    # Keras looks at no state before it runs, where one of size 1 may be stretched, and states
    # too many are ignored in an unrolled loop.
    stricter = frozenset({"S208", "S231"})
    learns = True
    recurrent = True
    finds_patterns = True
    at_call = frozenset({"initial_state"})
    tensors_at_call = ("initial_state",)

    if TYPE_CHECKING:  # each kind declares these itself, where they stand in its signature
        return_sequences: bool
        return_state: bool
        go_backwards: bool
        initial_state: References

    def one_step(self, x: Tensor) -> tuple[Shape, tuple[Shape, ...]]:
        """Shapes of the output and of the states; ShapeError where the layer cannot read `x`."""
        raise NotImplementedError(type(self).__name__)

    def infer(self, x: Tensor, initial_state: tuple[Tensor, ...] = ()) -> Tensor:
        output, states = self.one_step(x)
        expect_states(type(self).__name__, states, initial_state)
        steps = x.shape[:1] if self.return_sequences else ()
        return Tensor((*steps, *output), self.float_type)

    def more(self, x: Tensor, **_: Any) -> tuple[Tensor, ...]:
        states = self.one_step(x)[1] if self.return_state else ()
        return tuple(Tensor(state, self.float_type) for state in states)

    def masked(self, *inputs: bool) -> bool:
        return self.return_sequences and any(inputs)


def expect_states(layer: str, states: tuple[Shape, ...], given: tuple[Tensor, ...]) -> None:
    """ShapeError S231 or S208 unless the given states, if any, are as many and of these shapes."""
    if not given:
        return
    if len(given) != len(states):
        wanted = count(len(states), "state", "states")
        message = f"`{layer}` starts with {wanted}, and gets {len(given)}"
        raise ShapeError("S231", message, option="initial_state")
    for state, tensor in zip(states, given, strict=True):
        if len(state) != tensor.rank or not agree(state, tensor.shape):
            message = f"`{layer}` starts with a state of {show_shape(state)}, got {tensor}"
            raise ShapeError("S208", message, option="initial_state")
