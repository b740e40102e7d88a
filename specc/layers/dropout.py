"""Dropout, and the shape that its noise may have."""

from typing import Annotated, Any

from pydantic import PlainValidator

from specc.layers.base import Elementwise
from specc.options import Fraction, expected, out_of_range
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


Noise = Annotated[tuple[int | None, ...] | None, PlainValidator(_noise_shape)]


def expect_spread(noise_shape: Shape | None, rate: float, x: Tensor) -> None:
    """ShapeError S208 unless noise of a shape can be broadcast over `x`, where there is any."""
    noise = (noise_shape or ()) if 0 < rate < 1 else ()
    whole = (_BATCH, *x.shape)
    if len(noise) > len(whole) or not _spreads(noise, whole):
        message = f"noise of the shape {show_shape(noise)} does not spread over {x}"
        label = "counts the batch first, and each size is 1, the axis' own or `null`"
        raise ShapeError("S208", message, option="noise_shape", label=label)


class Dropout(Elementwise):
    """Sets a share of the values to zero, at random, in training."""

    keeps_range = True
    drops = True

    rate: Fraction
    noise_shape: Noise = None
    seed: int | None = None

    def infer(self, x: Tensor) -> Tensor:
        expect_spread(self.noise_shape, self.rate, x)
        return super().infer(x)
