"""What pooling over windows has in common."""

from typing import ClassVar

from specc.axes import Sizes, axes_of, expect_rank, join_channels, split_channels, windows_over
from specc.layers.base import DataFormat, Layer, Padding
from specc.tensor import Tensor, Window, slide


class Pooling(Layer):
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
