"""Random blur, sharpening and holes in images, in training."""

from typing import Annotated, Any

from pydantic import PlainValidator

from specc.layers.augmentation import Augmentation, Range, Share
from specc.layers.base import DataFormat, left_out
from specc.options import Number, expected, out_of_range

_BOXES = left_out("bounding_box_format")


class RandomSharpness(Augmentation):
    """Blurs (below 0.5) or sharpens images."""

    later = _BOXES

    factor: Share
    value_range: Range = (0.0, 255.0)
    data_format: DataFormat = None
    seed: int | None = None


def _odd(value: Any) -> Any:
    what = "an odd number or a list of two odd numbers, above 0"
    sizes = value if isinstance(value, list | tuple) else (value,)
    if any(type(size) is not int for size in sizes) or (len(sizes) != 2 and sizes is value):
        raise expected(what)
    if any(size < 1 or size % 2 == 0 for size in sizes):
        raise out_of_range(what)
    return tuple(value) if sizes is value else value


class RandomGaussianBlur(Augmentation):
    """Blurs some images."""

    later = _BOXES

    factor: Share = 1.0
    kernel_size: Annotated[int | tuple[int, int], PlainValidator(_odd)] = 3
    sigma: Share = 1.0
    value_range: Range = (0.0, 255.0)
    data_format: DataFormat = None
    seed: int | None = None


class RandomErasing(Augmentation):
    """Overwrites a rectangle in some images, with noise or with `fill_value`."""

    later = _BOXES

    factor: Share = 1.0
    scale: Share = (0.02, 0.33)
    fill_value: Number | tuple[Number, Number, Number] | None = None
    value_range: Range = (0.0, 255.0)
    seed: int | None = None
    data_format: DataFormat = None
