"""Dropout of whole channels."""

from typing import ClassVar

from specc.axes import axes_of, expect_rank
from specc.layers.absent import NoRegularizer, NoTrainable
from specc.layers.base import DataFormat, Elementwise
from specc.options import Fraction
from specc.tensor import Tensor


class _SpatialDropout(Elementwise):
    keeps_range = True
    drops = True
    rank: ClassVar[int]

    rate: Fraction

    def _expect(self, x: Tensor, data_format: str | None) -> None:
        expect_rank(x, self.rank + 1, type(self).__name__, axes_of(self.rank, data_format))


class SpatialDropout1D(_SpatialDropout):
    """Sets a share of the channels of a sequence to zero, at random, in training."""

    rank = 1
    ranks = (2,)

    seed: int | None = None
    trainable: NoTrainable = True
    activity_regularizer: NoRegularizer = None

    def infer(self, x: Tensor) -> Tensor:
        self._expect(x, None)
        return super().infer(x)


class SpatialDropout2D(_SpatialDropout):
    """Sets a share of the channels of an image to zero, at random, in training."""

    rank = 2
    ranks = (3,)

    data_format: DataFormat = None
    seed: int | None = None
    trainable: NoTrainable = True
    activity_regularizer: NoRegularizer = None

    def infer(self, x: Tensor) -> Tensor:
        self._expect(x, self.data_format)
        return super().infer(x)


class SpatialDropout3D(_SpatialDropout):
    """Sets a share of the channels of a volume to zero, at random, in training."""

    rank = 3
    ranks = (4,)

    data_format: DataFormat = None
    seed: int | None = None
    trainable: NoTrainable = True
    activity_regularizer: NoRegularizer = None

    def infer(self, x: Tensor) -> Tensor:
        self._expect(x, self.data_format)
        return super().infer(x)
