"""Noise that works in training only, besides dropout."""

from typing import Annotated

from pydantic import AfterValidator

from specc.layers.base import Elementwise
from specc.layers.dropout import Noise, expect_spread
from specc.options import Fraction, out_of_range
from specc.tensor import Tensor


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
        expect_spread(self.noise_shape, self.rate, x)
        return super().infer(x)
