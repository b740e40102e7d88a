"""Layers that move, repeat or pad values and compute nothing."""

from math import prod
from typing import Annotated, Any, Literal

from pydantic import PlainValidator

from specc.kind import Size2, expected, out_of_range, spread
from specc.layers.base import (
    DataFormat,
    Layer,
    axes_of,
    count,
    expect_rank,
    join_channels,
    split_channels,
)
from specc.tensor import Dim, Shape, ShapeError, Tensor, show_shape


class Flatten(Layer):
    """Puts all axes into one."""

    keeps_range = True

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

    dims: Annotated[tuple[int, ...], PlainValidator(_permutation)]

    def infer(self, x: Tensor) -> Tensor:
        if x.rank != len(self.dims):
            axes = count(len(self.dims), "axis", "axes")
            message = f"`Permute` orders {axes}, got {x}"
            raise ShapeError("S201", message, option="dims")
        return Tensor(tuple(x.shape[dim - 1] for dim in self.dims), self.moved(x))


def _paddings(value: Any) -> Any:
    what = "an integer that is not negative, `[height, width]` or `[[top, bottom], [left, right]]`"
    sides = value if isinstance(value, list | tuple) else (value, value)
    pairs = [side if isinstance(side, list | tuple) else (side, side) for side in sides]
    if len(pairs) != 2 or any(len(pair) != 2 for pair in pairs):
        raise expected(what)
    if any(type(size) is not int for pair in pairs for size in pair):
        raise expected(what)
    if any(size < 0 for pair in pairs for size in pair):
        raise out_of_range(what)
    return _frozen(value)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value


Side = int | tuple[int, int]


class ZeroPadding2D(Layer):
    """Adds rows and columns of zeros around an image."""

    ranks = (3,)
    first_by_position = True

    padding: Annotated[int | tuple[Side, Side], PlainValidator(_paddings)] = (1, 1)
    data_format: DataFormat = None

    def infer(self, x: Tensor) -> Tensor:
        expect_rank(x, 3, "ZeroPadding2D", axes_of(2, self.data_format))
        spatial, channels = split_channels(x, self.data_format)
        sides = (self.padding,) * 2 if isinstance(self.padding, int) else self.padding
        added = [sum(spread(side, 2)) for side in sides]
        padded = tuple(
            None if size is None else size + more for size, more in zip(spatial, added, strict=True)
        )
        return Tensor(join_channels(padded, channels, self.data_format), self.float_type)


class UpSampling2D(Layer):
    """Repeats the rows and columns of an image, or interpolates between them."""

    ranks = (3,)
    keeps_range = True
    first_by_position = True

    size: Size2 = (2, 2)
    data_format: DataFormat = None
    interpolation: Literal["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"] = "nearest"

    def infer(self, x: Tensor) -> Tensor:
        expect_rank(x, 3, "UpSampling2D", axes_of(2, self.data_format))
        spatial, channels = split_channels(x, self.data_format)
        grown = tuple(map(_times, spatial, spread(self.size, 2)))
        return Tensor(join_channels(grown, channels, self.data_format), self.float_type)


def _times(size: Dim, factor: int) -> Dim:
    return None if size is None else size * factor
