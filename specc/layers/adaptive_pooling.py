"""The largest value or the mean over as many windows as the output is to have places."""

from typing import ClassVar

from specc.axes import Sizes, axes_of, expect_rank, join_channels, split_channels, spread
from specc.layers.base import DataFormat, Layer
from specc.options import Size1, Size2, Size3
from specc.tensor import Dim, ShapeError, Tensor


class _Adaptive(Layer):
    # Keras looks at neither of these: TensorFlow fails in `fit`, or divides by zero in the
    # first call, and with that the whole process ends.
    stricter = frozenset({"S201", "S203"})
    keeps_range = True
    supports_masking = False
    rank: ClassVar[int]

    output_size: Sizes
    data_format: DataFormat = None

    def infer(self, x: Tensor) -> Tensor:
        expect_rank(x, self.rank + 1, type(self).__name__, axes_of(self.rank, self.data_format))
        spatial, channels = split_channels(x, self.data_format)
        sizes = spread(self.output_size, self.rank)
        for size, places in zip(spatial, sizes, strict=True):
            self._check_axis(x, size, places)
        return Tensor(join_channels(sizes, channels, self.data_format), self.float_type)

    def _check_axis(self, x: Tensor, size: Dim, places: int) -> None:
        """ShapeError S203 unless windows of the two widths that Keras makes do both fit."""
        if size is None or -(-size // places) < size:
            return
        name = type(self).__name__
        message = f"`{name}` cannot make {places} of {size} in {x}"
        label = f"Keras makes windows of {size} and of {size + 1}, which does not fit"
        whole = f"`{name.replace('Adaptive', 'Global')}: {{keepdims: true}}` takes all of each axis"
        help = whole if places == 1 else ""
        raise ShapeError("S203", message, option="output_size", label=label, help=help)


class AdaptiveAveragePooling1D(_Adaptive):
    """The means over `output_size` windows of a sequence."""

    rank = 1
    ranks = (2,)

    output_size: Size1


class AdaptiveAveragePooling2D(_Adaptive):
    """The means over windows of height and width, `output_size` of them along each."""

    rank = 2
    ranks = (3,)

    output_size: Size2


class AdaptiveAveragePooling3D(_Adaptive):
    """The means over windows of depth, height and width, `output_size` of them along each."""

    rank = 3
    ranks = (4,)

    output_size: Size3


class AdaptiveMaxPooling1D(_Adaptive):
    """The largest values in `output_size` windows of a sequence."""

    rank = 1
    ranks = (2,)

    output_size: Size1


class AdaptiveMaxPooling2D(_Adaptive):
    """The largest values in windows of height and width, `output_size` of them along each."""

    rank = 2
    ranks = (3,)

    output_size: Size2


class AdaptiveMaxPooling3D(_Adaptive):
    """The largest values in windows of a volume, `output_size` of them along each axis."""

    rank = 3
    ranks = (4,)

    output_size: Size3
