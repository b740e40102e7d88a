"""Noise that works in training only: dropout and its kin."""

from typing import Annotated, Any

from pydantic import PlainValidator

from specc.kind import Fraction, expected, out_of_range
from specc.layers.base import (
    DataFormat,
    Elementwise,
    NoRegularizer,
    NoTrainable,
    axes_of,
    expect_rank,
)
from specc.tensor import Shape, ShapeError, Tensor, show_shape


def _noise_shape(value: Any) -> Any:
    what = "a list of sizes with the batch, such as `[null, 1, 64]`"
    if value is None:
        return None
    if not isinstance(value, list | tuple):
        raise expected(what)
    if any(type(size) is not int and size is not None for size in value):
        raise expected(what)
    if any(size is not None and size < 1 for size in value):
        raise out_of_range(what)
    return tuple(value)


_BATCH = -1  # in place of a size that is another for the last batch


def _spreads(noise: Shape, whole: Shape) -> bool:
    """Whether noise of a shape can be broadcast; Keras fills in `null` from the first axis on."""
    filled = [size if given is None else given for given, size in zip(noise, whole, strict=False)]
    pairs = zip(reversed(filled), reversed(whole), strict=False)
    return all(one in (None, 1, size) or size in (None, _BATCH) for one, size in pairs)


class Dropout(Elementwise):
    """Sets a share of the values to zero, at random, in training."""

    keeps_range = True

    rate: Fraction
    noise_shape: Annotated[tuple[int | None, ...] | None, PlainValidator(_noise_shape)] = None
    seed: int | None = None

    def infer(self, x: Tensor) -> Tensor:
        noise = (self.noise_shape or ()) if 0 < self.rate < 1 else ()
        whole = (_BATCH, *x.shape)
        if len(noise) > len(whole) or not _spreads(noise, whole):
            message = f"noise of the shape {show_shape(noise)} does not spread over {x}"
            label = "counts the batch first, and each size is 1, the axis' own or `null`"
            raise ShapeError("S208", message, option="noise_shape", label=label)
        return super().infer(x)


class SpatialDropout2D(Elementwise):
    """Sets a share of the channels of an image to zero, at random, in training."""

    ranks = (3,)
    keeps_range = True

    rate: Fraction
    data_format: DataFormat = None
    seed: int | None = None
    trainable: NoTrainable = True
    activity_regularizer: NoRegularizer = None

    def infer(self, x: Tensor) -> Tensor:
        expect_rank(x, 3, "SpatialDropout2D", axes_of(2, self.data_format))
        return super().infer(x)


class GaussianNoise(Elementwise):
    """Adds normal noise, in training."""

    keeps_range = True

    stddev: Fraction
    seed: int | None = None
