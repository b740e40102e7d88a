"""Layers that give the same values another shape and compute nothing."""

from math import prod
from typing import Annotated, Any

from pydantic import PlainValidator

from specc.axes import count, expect_rank
from specc.layers.base import DataFormat, Layer
from specc.options import Positive, expected, out_of_range
from specc.tensor import Shape, ShapeError, Tensor, show_shape


class Flatten(Layer):
    """Puts all axes into one."""

    keeps_range = True
    moves = True
    supports_masking = False

    data_format: DataFormat = None

    def infer(self, x: Tensor) -> Tensor:
        return Tensor((x.size,), self.moved(x))


def _integers(value: Any, what: str) -> tuple[int, ...]:
    if not isinstance(value, list | tuple) or any(type(item) is not int for item in value):
        raise expected(what)
    return tuple(value)


def _target(value: Any) -> tuple[int, ...]:
    what = "a list of sizes without the batch, such as `[28, 28, 1]`, with at most one -1"
    sizes = _integers(value, what)
    if any(size < 1 and size != -1 for size in sizes) or sizes.count(-1) > 1:
        raise out_of_range(what)
    return sizes


class Reshape(Layer):
    """Gives the values of each sample another shape; -1 is what is left over."""

    keeps_range = True
    moves = True
    supports_masking = False

    target_shape: Annotated[tuple[int, ...], PlainValidator(_target)]

    def infer(self, x: Tensor) -> Tensor:
        return Tensor(self._shape(x), self.moved(x))

    def _shape(self, x: Tensor) -> Shape:
        known = prod(size for size in self.target_shape if size != -1)
        if x.size is None:
            return tuple(None if size == -1 else size for size in self.target_shape)
        free = -1 in self.target_shape
        if x.size % known if free else x.size != known:
            raise self._mismatch(x, known)
        return tuple(x.size // known if size == -1 else size for size in self.target_shape)

    def _mismatch(self, x: Tensor, known: int) -> ShapeError:
        target = show_shape(self.target_shape)
        values = f"{x} has {count(x.size or 0, 'value', 'values')}"
        if -1 in self.target_shape:
            message = f"cannot reshape {x} to {target}"
            label = f"{values}, which {known} does not divide"
        else:
            message = f"reshape from {x} to {target} changes the number of values"
            label = f"{values}, {target} has {known}"
        return ShapeError("S209", message, option="target_shape", label=label)


def _permutation(value: Any) -> tuple[int, ...]:
    what = "the numbers 1, 2, … of the axes in their new order, such as `[2, 1]`"
    dims = _integers(value, what)
    if sorted(dims) != list(range(1, len(dims) + 1)):
        raise out_of_range(what)
    return dims


class Permute(Layer):
    """Puts the axes into another order; axis 1 is the first after the batch."""

    keeps_range = True
    moves = True
    supports_masking = False

    dims: Annotated[tuple[int, ...], PlainValidator(_permutation)]

    def infer(self, x: Tensor) -> Tensor:
        if x.rank != len(self.dims):
            axes = count(len(self.dims), "axis", "axes")
            message = f"`Permute` orders {axes}, got {x}"
            raise ShapeError("S201", message, option="dims")
        return Tensor(tuple(x.shape[dim - 1] for dim in self.dims), self.moved(x))


class RepeatVector(Layer):
    """Makes a sequence of `n` copies of a vector."""

    ranks = (1,)
    keeps_range = True
    supports_masking = False

    n: Positive

    def infer(self, x: Tensor) -> Tensor:
        expect_rank(x, 1, "RepeatVector", "features")
        return Tensor((self.n, *x.shape), self.float_type)
