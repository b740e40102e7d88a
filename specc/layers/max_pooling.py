"""The largest value over windows."""

from specc.layers.pooling_base import Pooling
from specc.options import Size1, Size2, Size3


class MaxPooling1D(Pooling):
    """The largest value of each window over a sequence."""

    rank = 1
    ranks = (2,)

    pool_size: Size1 = 2
    strides: Size1 | None = None


class MaxPooling2D(Pooling):
    """The largest value of each window over height and width."""

    rank = 2
    ranks = (3,)

    pool_size: Size2 = (2, 2)
    strides: Size2 | None = None


class MaxPooling3D(Pooling):
    """The largest value of each window over depth, height and width."""

    rank = 3
    ranks = (4,)

    pool_size: Size3 = (2, 2, 2)
    strides: Size3 | None = None
