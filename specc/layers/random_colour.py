"""Random changes of brightness and colours, in training."""

from typing import Annotated

from specc.layers.augmentation import Augmentation, Range, Share, Signed, between
from specc.layers.base import DataFormat, left_out
from specc.options import Fraction
from specc.tensor import Dim, Tensor

_COLOURS = frozenset({3})
_GREY_TOO = frozenset({1, 3})
_BOXES = left_out("bounding_box_format")


class RandomBrightness(Augmentation):
    """Makes images brighter or darker."""

    later = _BOXES

    factor: Signed
    value_range: Range = (0.0, 255.0)
    seed: int | None = None
    data_format: DataFormat = None


class RandomContrast(Augmentation):
    """Moves the values of an image away from their mean or towards it."""

    later = _BOXES

    factor: Share
    value_range: Range = (0.0, 255.0)
    seed: int | None = None
    data_format: DataFormat = None


class RandomHue(Augmentation):
    """Turns the colours of an image."""

    later = _BOXES
    channels = _COLOURS

    factor: Share
    value_range: Range = (0.0, 255.0)
    data_format: DataFormat = None
    seed: int | None = None


class RandomSaturation(Augmentation):
    """Makes the colours of an image stronger or weaker."""

    later = _BOXES
    channels = _COLOURS

    factor: Share
    value_range: Range = (0.0, 255.0)
    data_format: DataFormat = None
    seed: int | None = None


class RandomColorJitter(Augmentation):
    """Changes brightness, contrast, saturation and hue one after the other."""

    channels = _COLOURS

    value_range: Range = (0.0, 255.0)
    brightness_factor: Signed | None = None
    contrast_factor: Share | None = None
    saturation_factor: Share | None = None
    hue_factor: Share | None = None
    seed: int | None = None
    data_format: DataFormat = None

    def named_inside(self) -> tuple[str, ...]:
        made = {
            "RandomBrightness": self.brightness_factor,
            "RandomContrast": self.contrast_factor,
            "RandomSaturation": self.saturation_factor,
            "RandomHue": self.hue_factor,
        }
        return tuple(name for name, factor in made.items() if factor is not None)

    def _check_colours(self, x: Tensor) -> None:
        if self.saturation_factor is not None or self.hue_factor is not None:
            super()._check_colours(x)

    def _channels(self, x: Tensor) -> Dim:
        return x.shape[-1]  # Keras does not pass `data_format` on


class RandomColorDegeneration(Augmentation):
    """Mixes an image with its grey version."""

    later = _BOXES
    channels = _COLOURS

    factor: Signed
    value_range: Range = (0.0, 255.0)
    data_format: DataFormat = None
    seed: int | None = None


class RandomGrayscale(Augmentation):
    """Takes the colours out of some images."""

    later = _BOXES
    channels = _GREY_TOO
    keeps_range = True

    factor: Fraction = 0.5
    data_format: DataFormat = None
    seed: int | None = None

    def infer(self, x: Tensor) -> Tensor:
        return Tensor(super().infer(x).shape, self.moved(x))


class RandomInvert(Augmentation):
    """Turns some images into their negative."""

    later = _BOXES

    factor: Share = 1.0
    value_range: Range = (0.0, 255.0)
    seed: int | None = None
    data_format: DataFormat = None


class RandomPosterization(Augmentation):
    """Leaves each colour as few bits as `factor` says, of 8."""

    later = _BOXES

    factor: Annotated[int | tuple[int, int], between(1, 8)]
    value_range: Range = (0.0, 255.0)
    data_format: DataFormat = None
    seed: int | None = None


class Solarization(Augmentation):
    """Inverts the values above a threshold, as an overexposed film does."""

    addition_factor: Share = 0.0
    threshold_factor: Share = 0.0
    value_range: Range = (0.0, 255.0)
    seed: int | None = None
    data_format: DataFormat = None
