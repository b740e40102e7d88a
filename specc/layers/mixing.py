"""Augmentation by several changes at once, or by mixing images."""

from typing import Annotated

from specc.layers.augmentation import Augmentation, Counted, Interpolation, Range, Share, positive
from specc.layers.base import DataFormat, left_out
from specc.tensor import Tensor

_BOXES = left_out("bounding_box_format")
_NOT_MIXED = "it has to mix the labels too, which a layer of a model does not get"
_GREY_TOO = frozenset({1, 3})
_Alpha = Annotated[float, positive("a number above 0")]


_CHANGES = (
    "RandomShear", "RandomTranslation", "RandomRotation", "Solarization", "RandomPosterization",
    "AutoContrast", "Equalization",
)  # fmt: skip
_CHANGES_OF_COLOURS = (
    "RandomBrightness", "RandomColorDegeneration", "RandomContrast", "RandomSharpness",
)  # fmt: skip


class AugMix(Augmentation):
    """Mixes chains of random changes of one image."""

    later = _BOXES
    # Keras fails at other numbers of channels whenever it draws a change of colours.
    stricter = frozenset({"S201", "S229"})
    channels = _GREY_TOO

    value_range: Range = (0.0, 255.0)
    num_chains: Counted = 3
    chain_depth: Counted = 3
    factor: Share = 0.3
    alpha: _Alpha = 1.0
    all_ops: bool = True
    interpolation: Interpolation = "bilinear"
    seed: int | None = None
    data_format: DataFormat = None

    def _check_colours(self, x: Tensor) -> None:
        if self.all_ops:
            super()._check_colours(x)

    def named_inside(self) -> tuple[str, ...]:
        return (*_CHANGES, *_CHANGES_OF_COLOURS) if self.all_ops else _CHANGES


class RandAugment(Augmentation):
    """Applies some changes, drawn from eleven kinds."""

    later = _BOXES
    channels = _GREY_TOO
    parts_inside = (*_CHANGES, *_CHANGES_OF_COLOURS)

    value_range: Range = (0.0, 255.0)
    num_ops: Counted = 2
    factor: Share = 0.5
    interpolation: Interpolation = "bilinear"
    seed: int | None = None
    data_format: DataFormat = None


class CutMix(Augmentation):
    """Pastes a rectangle of one image into another and mixes their labels alike."""

    later = _BOXES
    in_data_only = _NOT_MIXED

    factor: Share = 1.0
    seed: int | None = None
    data_format: DataFormat = None


class MixUp(Augmentation):
    """Averages two images, and their labels alike."""

    in_data_only = _NOT_MIXED
    keeps_range = True

    alpha: _Alpha = 0.2
    data_format: DataFormat = None
    seed: int | None = None


class MaxNumBoundingBoxes(Augmentation):
    """Brings the boxes of each image to one number; the images stay as they are."""

    augments = False
    disturbs = False
    keeps_range = True
    in_data_only = "it changes boxes, which a layer of a model does not get"

    max_number: Counted
    fill_value: int = -1
    data_format: DataFormat = None
