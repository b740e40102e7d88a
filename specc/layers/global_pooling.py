"""The largest value or the mean over the whole of the spatial axes."""

from typing import ClassVar

from specc.axes import axes_of, expect_rank, join_channels, split_channels
from specc.layers.base import DataFormat, Layer
from specc.tensor import Tensor


class _Global(Layer):
    keeps_range = True
    supports_masking = False
    rank: ClassVar[int]

    data_format: DataFormat = None
    keepdims: bool = False

    def infer(self, x: Tensor) -> Tensor:
        expect_rank(x, self.rank + 1, type(self).__name__, axes_of(self.rank, self.data_format))
        _, channels = split_channels(x, self.data_format)
        left = (1,) * self.rank if self.keepdims else ()
        return Tensor(join_channels(left, channels, self.data_format), self.float_type)


class GlobalMaxPooling1D(_Global):
    """The largest value over a sequence."""

    rank = 1
    ranks = (2,)


class GlobalMaxPooling2D(_Global):
    """The largest value over height and width."""

    rank = 2
    ranks = (3,)


class GlobalMaxPooling3D(_Global):
    """The largest value over depth, height and width."""

    rank = 3
    ranks = (4,)


class GlobalAveragePooling1D(_Global):
    """The mean over a sequence, without the steps that are masked."""

    rank = 1
    ranks = (2,)
    supports_masking = True

    def masked(self, *inputs: bool) -> bool:
        return False


class GlobalAveragePooling2D(_Global):
    """The mean over height and width."""

    rank = 2
    ranks = (3,)


class GlobalAveragePooling3D(_Global):
    """The mean over depth, height and width."""

    rank = 3
    ranks = (4,)
