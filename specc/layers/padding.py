"""Layers that put zeros around their input or cut its edges off."""

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

from pydantic import PlainValidator

from specc.axes import axes_of, expect_rank, join_channels, split_channels, spread
from specc.layers.base import DataFormat, Layer
from specc.options import expected, out_of_range, sizes
from specc.tensor import Dim, Shape, ShapeError, Tensor

_FORMS = {
    2: "`[height, width]` or `[[top, bottom], [left, right]]`",
    3: "`[depth, height, width]` or a list of three pairs such as `[1, 0]`",
}
Side = int | tuple[int, int]
Ends = Annotated[int | tuple[int, int], sizes(2, 0, "an integer that is not negative")]


def _sides(rank: int) -> PlainValidator:
    """Takes a width for all sides, or for each of `rank` axes one width or two."""
    what = f"an integer that is not negative, {_FORMS[rank]}"

    def check(value: Any) -> Any:
        axes = value if isinstance(value, list | tuple) else (value,) * rank
        pairs = [axis if isinstance(axis, list | tuple) else (axis, axis) for axis in axes]
        if len(pairs) != rank or any(len(pair) != 2 for pair in pairs):
            raise expected(what)
        if any(type(size) is not int for pair in pairs for size in pair):
            raise expected(what)
        if any(size < 0 for pair in pairs for size in pair):
            raise out_of_range(what)
        return _frozen(value)

    return PlainValidator(check)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value


Sides2 = Annotated[int | tuple[Side, Side], _sides(2)]
Sides3 = Annotated[int | tuple[Side, Side, Side], _sides(3)]


def _each(given: int | tuple[Side, ...], rank: int) -> list[tuple[int, ...]]:
    """What goes to the two ends of each axis."""
    if rank == 1:
        return [spread(given, 2)]  # type: ignore[arg-type]
    return [spread(side, 2) for side in spread(given, rank)]  # type: ignore[arg-type]


class _Edges(Layer):
    first_by_position = True
    supports_masking = False
    rank: ClassVar[int]

    def _spatial(self, x: Tensor, data_format: str | None) -> tuple[Shape, Dim]:
        name = type(self).__name__
        expect_rank(x, self.rank + 1, name, axes_of(self.rank, data_format))
        return split_channels(x, data_format)


class _Padding(_Edges):
    padding: Any
    data_format: DataFormat = None

    def infer(self, x: Tensor) -> Tensor:
        spatial, channels = self._spatial(x, self.data_format)
        ends = _each(self.padding, self.rank)
        padded = tuple(
            None if size is None else size + sum(added)
            for size, added in zip(spatial, ends, strict=True)
        )
        return Tensor(join_channels(padded, channels, self.data_format), self.float_type)


class ZeroPadding1D(_Padding):
    """Adds steps of zeros before and after a sequence."""

    rank = 1
    ranks = (2,)

    padding: Ends = 1


class ZeroPadding2D(_Padding):
    """Adds rows and columns of zeros around an image."""

    rank = 2
    ranks = (3,)

    padding: Sides2 = (1, 1)


class ZeroPadding3D(_Padding):
    """Adds zeros around a volume."""

    rank = 3
    ranks = (4,)

    padding: Sides3 = ((1, 1), (1, 1), (1, 1))


class _Cropping(_Edges):
    keeps_range = True

    cropping: Any

    def _cut(self, x: Tensor, data_format: str | None) -> Tensor:
        spatial, channels = self._spatial(x, data_format)
        ends = _each(self.cropping, self.rank)
        left = tuple(
            None if size is None else size - sum(cut)
            for size, cut in zip(spatial, ends, strict=True)
        )
        self._check_left(left, x, ends)
        return Tensor(join_channels(left, channels, data_format), self.float_type)

    def _check_left(self, left: Shape, x: Tensor, ends: Sequence[tuple[int, ...]]) -> None:
        for size, cut in zip(left, ends, strict=True):
            if size is not None and size <= 0:
                message = f"`{type(self).__name__}` leaves nothing of {x}"
                label = f"cuts {sum(cut)} off an axis of {size + sum(cut)}"
                raise ShapeError("S203", message, option="cropping", label=label)


class Cropping1D(_Cropping):
    """Cuts steps off both ends of a sequence."""

    rank = 1
    ranks = (2,)

    cropping: Ends = (1, 1)

    def infer(self, x: Tensor) -> Tensor:
        return self._cut(x, None)


class Cropping2D(_Cropping):
    """Cuts rows and columns off the edges of an image."""

    rank = 2
    ranks = (3,)

    cropping: Sides2 = ((0, 0), (0, 0))
    data_format: DataFormat = None

    def infer(self, x: Tensor) -> Tensor:
        return self._cut(x, self.data_format)


class Cropping3D(_Cropping):
    """Cuts the edges of a volume off."""

    rank = 3
    ranks = (4,)

    cropping: Sides3 = ((1, 1), (1, 1), (1, 1))
    data_format: DataFormat = None

    def infer(self, x: Tensor) -> Tensor:
        return self._cut(x, self.data_format)
