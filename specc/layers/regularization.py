"""Noise that works in training only: dropout and its kin."""

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, PlainValidator

from specc.axes import axes_of, expect_rank
from specc.layers.absent import NoRegularizer, NoTrainable
from specc.layers.base import DataFormat, Elementwise
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


def _expect_spread(noise_shape: Shape | None, rate: float, x: Tensor) -> None:
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
        _expect_spread(self.noise_shape, self.rate, x)
        return super().infer(x)


class _SpatialDropout(Elementwise):
    keeps_range = True
    drops = True
    rank: ClassVar[int]

    rate: Fraction

    def _expect(self, x: Tensor, data_format: str | None) -> None:
        expect_rank(x, self.rank + 1, type(self).__name__, axes_of(self.rank, data_format))


class SpatialDropout1D(_SpatialDropout):
    """Sets a share of the channels of a sequence to zero, at random, in training."""

    rank = 1
    ranks = (2,)

    seed: int | None = None
    trainable: NoTrainable = True
    activity_regularizer: NoRegularizer = None

    def infer(self, x: Tensor) -> Tensor:
        self._expect(x, None)
        return super().infer(x)


class SpatialDropout2D(_SpatialDropout):
    """Sets a share of the channels of an image to zero, at random, in training."""

    rank = 2
    ranks = (3,)

    data_format: DataFormat = None
    seed: int | None = None
    trainable: NoTrainable = True
    activity_regularizer: NoRegularizer = None

    def infer(self, x: Tensor) -> Tensor:
        self._expect(x, self.data_format)
        return super().infer(x)


class SpatialDropout3D(_SpatialDropout):
    """Sets a share of the channels of a volume to zero, at random, in training."""

    rank = 3
    ranks = (4,)

    data_format: DataFormat = None
    seed: int | None = None
    trainable: NoTrainable = True
    activity_regularizer: NoRegularizer = None

    def infer(self, x: Tensor) -> Tensor:
        self._expect(x, self.data_format)
        return super().infer(x)


class GaussianNoise(Elementwise):
    """Adds normal noise, in training."""

    keeps_range = True
    disturbs = True

    stddev: Fraction
    seed: int | None = None


def _below_one(rate: float) -> float:
    if float(rate) >= 1:
        raise out_of_range("a number from 0 on and below 1")
    return rate


Share = Annotated[Fraction, AfterValidator(_below_one)]


class GaussianDropout(Elementwise):
    """Multiplies by normal noise around 1, as strong as dropout at this rate, in training."""

    keeps_range = True
    disturbs = True

    rate: Share
    seed: int | None = None


class AlphaDropout(Elementwise):
    """Dropout for `selu`: sets values to its lower bound and keeps mean and variance."""

    keeps_range = True
    disturbs = True

    rate: Share
    noise_shape: Noise = None
    seed: int | None = None

    def infer(self, x: Tensor) -> Tensor:
        _expect_spread(self.noise_shape, self.rate, x)
        return super().infer(x)
