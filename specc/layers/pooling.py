"""The largest value or the mean over windows."""

from typing import ClassVar

from specc.axes import Sizes, axes_of, expect_rank, join_channels, split_channels, windows_over
from specc.layers.base import DataFormat, Layer, Padding
from specc.options import Size1, Size2, Size3
from specc.tensor import Tensor, Window, slide


class _Pooling(Layer):
    keeps_range = True
    first_by_position = True
    supports_masking = False
    rank: ClassVar[int]

    pool_size: Sizes
    strides: Sizes | None = None
    padding: Padding = "valid"
    data_format: DataFormat = None

    def infer(self, x: Tensor) -> Tensor:
        expect_rank(x, self.rank + 1, type(self).__name__, axes_of(self.rank, self.data_format))
        spatial = slide(self.windows(x), x, option="pool_size")
        _, channels = split_channels(x, self.data_format)
        return Tensor(join_channels(spatial, channels, self.data_format), self.float_type)

    def windows(self, x: Tensor) -> tuple[Window, ...]:
        spatial, _ = split_channels(x, self.data_format)
        strides = self.pool_size if self.strides is None else self.strides
        return windows_over(spatial, self.pool_size, strides, self.padding)


class MaxPooling1D(_Pooling):
    """The largest value of each window over a sequence."""

    rank = 1
    ranks = (2,)

    pool_size: Size1 = 2
    strides: Size1 | None = None


class MaxPooling2D(_Pooling):
    """The largest value of each window over height and width."""

    rank = 2
    ranks = (3,)

    pool_size: Size2 = (2, 2)
    strides: Size2 | None = None


class MaxPooling3D(_Pooling):
    """The largest value of each window over depth, height and width."""

    rank = 3
    ranks = (4,)

    pool_size: Size3 = (2, 2, 2)
    strides: Size3 | None = None


class AveragePooling1D(_Pooling):
    """The mean of each window over a sequence."""

    rank = 1
    ranks = (2,)

    pool_size: Size1
    strides: Size1 | None = None


class AveragePooling2D(_Pooling):
    """The mean of each window over height and width."""

    rank = 2
    ranks = (3,)

    pool_size: Size2
    strides: Size2 | None = None


class AveragePooling3D(_Pooling):
    """The mean of each window over depth, height and width."""

    rank = 3
    ranks = (4,)

    pool_size: Size3
    strides: Size3 | None = None
