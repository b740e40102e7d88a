"""Layers that make their input larger by repeating it or by interpolation."""

from typing import Literal

from specc.axes import Sizes, axes_of, expect_rank, join_channels, split_channels, spread
from specc.layers.base import DataFormat, Layer
from specc.options import Positive, Size2, Size3
from specc.tensor import Tensor


def _grow(layer: Layer, x: Tensor, factors: Sizes, rank: int, data_format: str | None) -> Tensor:
    expect_rank(x, rank + 1, type(layer).__name__, axes_of(rank, data_format))
    spatial, channels = split_channels(x, data_format)
    pairs = zip(spatial, spread(factors, rank), strict=True)
    grown = tuple(None if size is None else size * factor for size, factor in pairs)
    return Tensor(join_channels(grown, channels, data_format), layer.float_type)


class UpSampling1D(Layer):
    """Repeats the steps of a sequence."""

    ranks = (2,)
    keeps_range = True
    first_by_position = True
    supports_masking = False

    size: Positive = 2

    def infer(self, x: Tensor) -> Tensor:
        return _grow(self, x, self.size, 1, None)


class UpSampling2D(Layer):
    """Repeats the rows and columns of an image, or interpolates between them."""

    ranks = (3,)
    keeps_range = True
    first_by_position = True
    supports_masking = False

    size: Size2 = (2, 2)
    data_format: DataFormat = None
    interpolation: Literal["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"] = "nearest"

    def infer(self, x: Tensor) -> Tensor:
        return _grow(self, x, self.size, 2, self.data_format)


class UpSampling3D(Layer):
    """Repeats the values of a volume along each of its axes."""

    ranks = (4,)
    keeps_range = True
    first_by_position = True
    supports_masking = False

    size: Size3 = (2, 2, 2)
    data_format: DataFormat = None

    def infer(self, x: Tensor) -> Tensor:
        return _grow(self, x, self.size, 3, self.data_format)
