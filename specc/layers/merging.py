"""Layers that make one tensor of several."""

from typing import Annotated, Any, ClassVar

from pydantic import PlainValidator

from specc.axes import dims_at
from specc.layers.base import Layer
from specc.options import expected
from specc.tensor import Dim, Shape, ShapeError, Tensor, show_shape


class _Merge(Layer):
    """Works value by value, as numpy broadcasts: sizes are equal, or 1 for one of them."""

    arity: ClassVar[tuple[int, int | None]] = (2, None)
    merges = True

    def infer(self, *inputs: Tensor) -> Tensor:
        shape = inputs[0].shape
        for place, other in enumerate(inputs[1:], 1):
            merged = _merged(shape, other.shape)
            if merged is None:
                raise self._differ(inputs, place)
            shape = merged
        return Tensor(shape, self.float_type)

    def _differ(self, inputs: tuple[Tensor, ...], place: int) -> ShapeError:
        fits = [_merged(each.shape, inputs[place].shape) is not None for each in inputs[:place]]
        first = fits.index(False) if False in fits else 0
        one, other = inputs[first], inputs[place]
        message = f"`{type(self).__name__}` cannot merge {one} with {other}"
        help = "its inputs have one shape; a layer in front of one of them can bring it there"
        return ShapeError("S208", message, help=help, inputs=(first, place))

    def masked(self, *inputs: bool) -> bool:
        return all(inputs)


def _merged(one: Shape, other: Shape) -> Shape | None:
    """The shape of both together, None where they do not fit; an unknown size stays unknown."""
    if len(one) < len(other):
        one, other = other, one
    ahead = len(one) - len(other)
    sizes = [_size(a, b) for a, b in zip(one[ahead:], other, strict=True)]
    return None if -1 in sizes else (*one[:ahead], *sizes)


def _size(a: Dim, b: Dim) -> Dim:
    if a is None or b is None:
        return None
    if a == 1 or a == b:
        return b
    return a if b == 1 else -1


class Add(_Merge):
    """The sum."""


class Subtract(_Merge):
    """The first input without the second."""

    arity = (2, 2)


class Multiply(_Merge):
    """The product, value by value."""


class Average(_Merge):
    """The mean."""


class Maximum(_Merge):
    """The larger value in each place."""


class Minimum(_Merge):
    """The smaller value in each place."""


class Concatenate(Layer):
    """One input behind the other along one axis."""

    arity = (2, None)
    merges = True
    keeps_range = True

    axis: int = -1

    def infer(self, *inputs: Tensor) -> Tensor:
        first = inputs[0]
        axis = self._axis(first)
        total: Dim = 0
        for place, each in enumerate(inputs):
            if each.rank != first.rank or not _alike(each.shape, first.shape, axis):
                raise self._differ(inputs, place, axis)
            size = each.shape[axis]
            total = None if total is None or size is None else total + size
        shape = (*first.shape[:axis], total, *first.shape[axis + 1 :])
        return Tensor(shape, self.float_type)

    def _axis(self, x: Tensor) -> int:
        """The place of the axis among those behind the batch."""
        dims_at((self.axis,), x, "Concatenate")
        if self.axis % (x.rank + 1) == 0:
            message = "`Concatenate` cannot put batches behind each other"
            raise ShapeError("S201", message, option="axis", label="axes count from the batch, 0")
        return self.axis % (x.rank + 1) - 1

    def _differ(self, inputs: tuple[Tensor, ...], place: int, axis: int) -> ShapeError:
        one, other = inputs[0], inputs[place]
        what = "in the last axis alone" if axis == one.rank - 1 else f"in axis {axis + 1} alone"
        message = f"`Concatenate` cannot join {one} with {other}"
        help = f"its inputs may differ {what}"
        return ShapeError("S208", message, help=help, inputs=(0, place))


def _alike(one: Shape, other: Shape, axis: int) -> bool:
    """Whether two shapes of one rank differ in the axis alone, as far as they are known."""
    pairs = zip(one[:axis] + one[axis + 1 :], other[:axis] + other[axis + 1 :], strict=True)
    return all(None in (a, b) or a == b for a, b in pairs)


def _axes(value: Any) -> int | tuple[int, int]:
    if type(value) is int:
        return value
    many = isinstance(value, list | tuple) and len(value) == 2
    if not many or any(type(axis) is not int for axis in value):
        raise expected("the number of an axis, or a list of two")
    return tuple(value)


class Dot(Layer):
    """The dot product of two inputs along an axis of each."""

    arity = (2, 2)
    merges = True

    axes: Annotated[int | tuple[int, int], PlainValidator(_axes)]
    normalize: bool = False

    def infer(self, x: Tensor, y: Tensor) -> Tensor:
        places = self.axes if isinstance(self.axes, tuple) else (self.axes, self.axes)
        (a,), (b,) = (
            dims_at((axis,), each, "Dot") for axis, each in zip(places, (x, y), strict=True)
        )
        first, second = (axis % (each.rank + 1) for axis, each in zip(places, (x, y), strict=True))
        if first == 0 or second == 0:
            message = "`Dot` cannot sum over the batch"
            raise ShapeError("S201", message, option="axes", label="axes count from the batch, 0")
        if a != b:
            sizes = f"{show_shape((a,))} and {show_shape((b,))}"
            message = f"`Dot` sums over {sizes} of {x} and {y}"
            help = "the two axes have one size; `axes: [1, 2]` names one of each input"
            raise ShapeError("S208", message, option="axes", help=help, inputs=(0, 1))
        left = x.shape[: first - 1] + x.shape[first:]
        right = y.shape[: second - 1] + y.shape[second:]
        return Tensor((left + right) or (1,), self.float_type)

    def masked(self, *inputs: bool) -> bool:
        return False
