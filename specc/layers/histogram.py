"""Layers that spread the values of each image over the whole range, in training or always."""

from specc.layers.augmentation import Augmentation, Counted, Range
from specc.layers.base import DataFormat
from specc.options import Number, Positive
from specc.tensor import Tensor


class AutoContrast(Augmentation):
    """Stretches the values of each image over the whole range, in training and afterwards."""

    augments = False
    disturbs = False
    normalizes = True

    value_range: Range = (0.0, 255.0)
    data_format: DataFormat = None


class Equalization(Augmentation):
    """Makes all values of an image equally frequent, in training."""

    disturbs = False

    value_range: Range = (0.0, 255.0)
    bins: Counted = 256
    data_format: DataFormat = None

    def infer(self, x: Tensor) -> Tensor:
        return Tensor(super().infer(x).shape, self.moved(x))

    def masked(self, *inputs: bool) -> bool:
        return any(inputs)  # when it is built, Keras takes its output for its input


class ContrastLimitedAdaptiveHistogramEqualization(Augmentation):
    """Makes the values in each part of an image equally frequent, within a limit."""

    augments = False
    disturbs = False

    value_range: Range = (0.0, 255.0)
    clip_limit: Number = 4.0
    tile_grid_size: tuple[Positive, Positive] = (8, 8)
    data_format: DataFormat = None
