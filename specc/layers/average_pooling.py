"""The mean over windows."""

from specc.layers.pooling_base import Pooling
from specc.options import Size1, Size2, Size3


class AveragePooling1D(Pooling):
    """The mean of each window over a sequence."""

    rank = 1
    ranks = (2,)

    pool_size: Size1
    strides: Size1 | None = None


class AveragePooling2D(Pooling):
    """The mean of each window over height and width."""

    rank = 2
    ranks = (3,)

    pool_size: Size2
    strides: Size2 | None = None


class AveragePooling3D(Pooling):
    """The mean of each window over depth, height and width."""

    rank = 3
    ranks = (4,)

    pool_size: Size3
    strides: Size3 | None = None
