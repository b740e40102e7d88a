"""What the weights are before training."""

from math import sqrt
from typing import ClassVar, Literal

from specc.options import Number, PositiveNumber
from specc.training.base import Initializer
from specc.training.options import Axis, Several

FAMILY = "initializers"
Seed = int | None
Axes = Several[Axis] | None
Fan = Literal["fan_in", "fan_out", "fan_avg"]
# Share of its deviation that a normal distribution keeps when cut off at two deviations.
TRUNCATED = 0.87962566103423978


class Zeros(Initializer):
    """All 0."""

    words = ("zeros", "zero")
    constant = True


class Ones(Initializer):
    """All 1."""

    words = ("ones", "one")
    constant = True


class Constant(Initializer):
    """All the same value."""

    constant = True
    value: Number = 0.0


class Identity(Initializer):
    """The identity matrix; for weights with two axes."""

    words = ("identity", "IdentityInitializer")
    gain: Number = 1.0

    def deviation(self, fan_in: int, fan_out: int) -> float:
        share = 1 / max(fan_in, fan_out)
        return abs(self.gain) * sqrt(share * (1 - share))


class RandomNormal(Initializer):
    """Drawn from a normal distribution."""

    words = ("random_normal", "normal")
    mean: Number = 0.0
    stddev: Number = 0.05
    seed: Seed = None

    def deviation(self, fan_in: int, fan_out: int) -> float:
        return self.stddev


class TruncatedNormal(Initializer):
    """Drawn from a normal distribution, without what is beyond two deviations."""

    words = ("truncated_normal",)
    mean: Number = 0.0
    stddev: Number = 0.05
    seed: Seed = None

    def deviation(self, fan_in: int, fan_out: int) -> float:
        return TRUNCATED * self.stddev


class RandomUniform(Initializer):
    """Drawn evenly from an interval."""

    words = ("random_uniform", "uniform")
    minval: Number = -0.05
    maxval: Number = 0.05
    seed: Seed = None

    def deviation(self, fan_in: int, fan_out: int) -> float:
        return abs(self.maxval - self.minval) / sqrt(12)


class Orthogonal(Initializer):
    """A random orthogonal matrix."""

    words = ("orthogonal", "OrthogonalInitializer")
    gain: Number = 1.0
    seed: Seed = None

    def deviation(self, fan_in: int, fan_out: int) -> float:
        return abs(self.gain) / sqrt(max(fan_in, fan_out))


class VarianceScaling(Initializer):
    """Drawn with the variance `scale / n`, where n is the number of connections by `mode`."""

    words = ("variance_scaling",)
    scale: PositiveNumber = 1.0
    mode: Fan = "fan_in"
    distribution: Literal["truncated_normal", "untruncated_normal", "uniform", "normal"] = (
        "truncated_normal"
    )
    seed: Seed = None
    input_axes: Axes = None
    output_axes: Axes = None

    def deviation(self, fan_in: int, fan_out: int) -> float:
        return _deviation(self.scale, self.mode, fan_in, fan_out)


class _Scaled(Initializer):
    law: ClassVar[tuple[float, Fan]]
    seed: Seed = None
    input_axes: Axes = None
    output_axes: Axes = None

    def deviation(self, fan_in: int, fan_out: int) -> float:
        return _deviation(*self.law, fan_in, fan_out)


def _deviation(scale: float, mode: Fan, fan_in: int, fan_out: int) -> float:
    fans = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}
    return sqrt(scale / max(1, fans[mode]))


class GlorotUniform(_Scaled):
    """Evenly, with variance 1 over the mean number of connections: for tanh and sigmoid."""

    words = ("glorot_uniform",)
    law = (1.0, "fan_avg")


class GlorotNormal(_Scaled):
    """Normally, with variance 1 over the mean number of connections: for tanh and sigmoid."""

    words = ("glorot_normal",)
    law = (1.0, "fan_avg")


class HeUniform(_Scaled):
    """Evenly, with variance 2 over the number of inputs: for ReLU."""

    words = ("he_uniform",)
    law = (2.0, "fan_in")


class HeNormal(_Scaled):
    """Normally, with variance 2 over the number of inputs: for ReLU."""

    words = ("he_normal",)
    law = (2.0, "fan_in")


class LecunUniform(_Scaled):
    """Evenly, with variance 1 over the number of inputs: for SELU."""

    words = ("lecun_uniform",)
    law = (1.0, "fan_in")


class LecunNormal(_Scaled):
    """Normally, with variance 1 over the number of inputs: for SELU."""

    words = ("lecun_normal",)
    law = (1.0, "fan_in")


class STFT(Initializer):
    """Kernels of a short-time Fourier transformation."""

    words = ("stft", "STFTInitializer")
    side: Literal["real", "imag"] = "real"
    window: (
        Literal[
            "barthann", "bartlett", "blackman", "blackmanharris", "bohman", "boxcar", "cosine",
            "flattop", "hamming", "hann", "lanczos", "nuttall", "parzen", "triang",
        ]
        | None
    ) = "hann"  # fmt: skip
    scaling: Literal["density", "spectrum"] | None = "density"
    periodic: bool = False
