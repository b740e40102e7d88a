"""Layers that bring images to one size."""

from typing import Literal, Self

from pydantic import model_validator

from specc.axes import axes_of, expect_rank, join_channels, split_channels
from specc.layers.base import DataFormat, Layer, left_out
from specc.options import Number, Positive, mistake
from specc.tensor import Tensor


class _Resized(Layer):
    later = left_out("bounding_box_format", "factor")
    ranks = (3,)
    stricter = frozenset({"S201"})  # Keras takes a batch of flat images for one with channels
    keeps_range = True
    supports_masking = False

    height: Positive
    width: Positive

    def _resized(self, x: Tensor, data_format: str | None) -> Tensor:
        expect_rank(x, 3, type(self).__name__, axes_of(2, data_format))
        _, channels = split_channels(x, data_format)
        size = join_channels((self.height, self.width), channels, data_format)
        return Tensor(size, self.float_type)


class CenterCrop(_Resized):
    """Cuts the middle out of images; those that are too small are enlarged before."""

    data_format: DataFormat = None

    def infer(self, x: Tensor) -> Tensor:
        return self._resized(x, self.data_format)


class Resizing(_Resized):
    """Brings images to one size by interpolation, with or without a change of proportions."""

    interpolation: Literal["bilinear", "nearest", "lanczos3", "lanczos5", "bicubic", "area"] = (
        "bilinear"
    )
    crop_to_aspect_ratio: bool = False
    pad_to_aspect_ratio: bool = False
    fill_mode: Literal["constant"] = "constant"
    fill_value: Number = 0.0
    antialias: bool = False
    data_format: DataFormat = None

    @model_validator(mode="after")
    def _crops_or_pads(self) -> Self:
        if self.crop_to_aspect_ratio and self.pad_to_aspect_ratio:
            both = "`crop_to_aspect_ratio` and `pad_to_aspect_ratio`"
            raise mistake("F017", f"takes one of {both}, not both")
        return self

    def infer(self, x: Tensor) -> Tensor:
        return self._resized(x, self.data_format)
