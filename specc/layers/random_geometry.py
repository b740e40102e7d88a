"""Random turns, shifts and distortions of images, in training."""

from typing import Annotated, Literal

from specc.axes import join_channels, split_channels
from specc.layers.augmentation import (
    Augmentation,
    Factor,
    FillMode,
    Interpolation,
    Range,
    Share,
    Signed,
    between,
)
from specc.layers.base import DataFormat, left_out
from specc.options import Fraction, Number, Positive
from specc.tensor import Tensor

_BOXES = left_out("bounding_box_format")
Zoom = Annotated[Factor, between(-1, 1, open=True)]


class RandomFlip(Augmentation):
    """Mirrors some images."""

    keeps_range = True

    mode: Literal["horizontal", "vertical", "horizontal_and_vertical"] = "horizontal_and_vertical"
    seed: int | None = None
    data_format: DataFormat = None


class RandomCrop(Augmentation):
    """Cuts a part of one size out of each image, in training; otherwise it does nothing."""

    keeps_range = True
    in_data_only = "outside of training Keras leaves the images as large as they are"

    height: Positive
    width: Positive
    seed: int | None = None
    data_format: DataFormat = None

    def infer(self, x: Tensor) -> Tensor:
        _, channels = split_channels(super().infer(x), self.data_format)
        size = join_channels((self.height, self.width), channels, self.data_format)
        return Tensor(size, self.float_type)


class RandomRotation(Augmentation):
    """Turns images; a factor of 1 is a whole turn."""

    later = _BOXES

    factor: Signed
    fill_mode: FillMode = "reflect"
    interpolation: Interpolation = "bilinear"
    seed: int | None = None
    fill_value: Number = 0.0
    data_format: DataFormat = None


class RandomTranslation(Augmentation):
    """Shifts images by a share of their height and width."""

    height_factor: Signed
    width_factor: Signed
    fill_mode: FillMode = "reflect"
    interpolation: Interpolation = "bilinear"
    seed: int | None = None
    fill_value: Number = 0.0
    data_format: DataFormat = None


class RandomZoom(Augmentation):
    """Enlarges (below 0) or shrinks images; one factor keeps their proportions."""

    height_factor: Zoom
    width_factor: Zoom | None = None
    fill_mode: FillMode = "reflect"
    interpolation: Interpolation = "bilinear"
    seed: int | None = None
    fill_value: Number = 0.0
    data_format: DataFormat = None


class RandomShear(Augmentation):
    """Slants images."""

    x_factor: Share = 0.0
    y_factor: Share = 0.0
    interpolation: Interpolation = "bilinear"
    fill_mode: FillMode = "reflect"
    fill_value: Number = 0.0
    data_format: DataFormat = None
    seed: int | None = None


class RandomPerspective(Augmentation):
    """Shows some images as if from the side."""

    later = _BOXES

    factor: Share = 1.0
    scale: Fraction = 1.0
    interpolation: Interpolation = "bilinear"
    fill_value: Number = 0.0
    seed: int | None = None
    data_format: DataFormat = None


class RandomElasticTransform(Augmentation):
    """Warps some images as if they were of rubber."""

    later = _BOXES

    factor: Share = 1.0
    scale: Share = 1.0
    interpolation: Interpolation = "bilinear"
    fill_mode: FillMode | Literal["mirror"] = "reflect"
    fill_value: Number = 0.0
    value_range: Range = (0.0, 255.0)
    seed: int | None = None
    data_format: DataFormat = None
