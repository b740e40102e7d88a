"""Layers that make pictures of frequencies over time of sounds."""

from math import ceil, log2
from typing import Literal, Self

from pydantic import model_validator

from specc.axes import expect_known, expect_rank, join_channels, split_channels, windows_over
from specc.layers.base import DataFormat, Layer, Padding, Weights
from specc.options import Number, Positive, mistake
from specc.tensor import Dim, ShapeError, Tensor, Window, slide

Taper = (
    Literal[
        "barthann", "bartlett", "blackman", "blackmanharris", "bohman", "boxcar", "cosine",
        "flattop", "hamming", "hann", "lanczos", "nuttall", "parzen", "triang",
    ]
    | None
)  # fmt: skip


class MelSpectrogram(Layer):
    """How loud each band of pitches is over time, for one sound in each row."""

    ranks = (1,)
    supports_masking = False
    # Keras checks where the layer runs, not where it is built: number of axes, length, steps.
    stricter = frozenset({"S201", "S203"})

    fft_length: Positive = 2048
    sequence_stride: Positive = 512
    sequence_length: Positive | None = None
    window: Literal["hann", "hamming"] | None = "hann"
    sampling_rate: Positive = 16000
    num_mel_bins: Positive = 128
    min_freq: Number = 20.0
    max_freq: Number | None = None
    power_to_db: bool = True
    top_db: Number = 80.0
    mag_exp: Number = 2.0
    min_power: Number = 1e-10
    ref_power: Number = 1.0

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.sequence_length is not None and self.sequence_length > self.fft_length:
            raise mistake("F017", "needs a `sequence_length` of `fft_length` at most")
        return self

    def infer(self, x: Tensor) -> Tensor:
        expect_rank(x, 1, "MelSpectrogram", "samples of sound")
        return Tensor((self.num_mel_bins, self._steps(x)), self.float_type)

    def _steps(self, x: Tensor) -> Dim:
        """ShapeError S203 for sounds that are too short or, to Keras, one step longer than made."""
        size, half = x.shape[0], self.fft_length // 2
        if size is None:
            return None
        if size <= half:
            message = (
                f"sounds of {size} samples are too short for an `fft_length` of {self.fft_length}"
            )
            raise ShapeError(
                "S203", message, option="fft_length", label=f"mirrors {half} samples at each end"
            )
        made = 1 + (size + 2 * half - self.fft_length) // self.sequence_stride
        promised = (size + self.sequence_stride + 1) // self.sequence_stride
        if made != promised:
            message = f"Keras makes {made} steps of {size} samples and takes them for {promised}"
            help = f"give it {size - 1} samples, or another `sequence_stride`"
            raise ShapeError("S203", message, option="sequence_stride", help=help)
        return made


class STFTSpectrogram(Layer):
    """A short-time Fourier transform, by kernels that are trained unless `trainable: false`."""

    ranks = (2,)
    supports_masking = False
    multiplies = True
    convolves = True

    mode: Literal["log", "magnitude", "psd", "real", "imag", "angle", "stft"] = "log"
    frame_length: Positive = 256
    frame_step: Positive | None = None
    fft_length: Positive | None = None
    window: Taper = "hann"
    periodic: bool = False
    scaling: Literal["density", "spectrum"] | None = "density"
    padding: Padding = "valid"
    expand_dims: bool = False
    data_format: DataFormat = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.frame_step is not None and self.frame_step > self.frame_length:
            raise mistake("F017", "needs a `frame_step` of `frame_length` at most")
        if self.frame_step is None and self.frame_length == 1:
            raise mistake("F017", "needs a `frame_step` for frames of one sample")
        if self.fft_length is not None and self.fft_length < self.frame_length:
            raise mistake("F017", "needs an `fft_length` of `frame_length` at least")
        return self

    @property
    def _frequencies(self) -> int:
        return (self.fft_length or 2 ** ceil(log2(self.frame_length))) // 2 + 1

    def windows(self, x: Tensor) -> tuple[Window, ...]:
        spatial, _ = split_channels(x, self.data_format)
        step = self.frame_step or self.frame_length // 2
        return windows_over(spatial, self.frame_length, step, self.padding)

    def infer(self, x: Tensor) -> Tensor:
        expect_rank(x, 2, "STFTSpectrogram", "steps x channels")
        _, found = split_channels(x, self.data_format)
        channels = expect_known(found, "STFTSpectrogram", "number of channels", x)
        (steps,) = slide(self.windows(x), x, option="frame_length")
        height = self._frequencies * (2 if self.mode == "stft" else 1)
        return Tensor(self._arranged(steps, height, channels), self.float_type)

    def _arranged(self, steps: Dim, height: int, channels: int) -> tuple[Dim, ...]:
        if not self.expand_dims:
            return join_channels((steps,), height * channels, self.data_format)
        return join_channels((steps, height), channels, self.data_format)

    def weights(self, x: Tensor) -> Weights:
        shape = (self.frame_length, 1, self._frequencies)
        kept = {"real_kernel": self.mode != "imag", "imag_kernel": self.mode != "real"}
        return {name: shape for name, there in kept.items() if there}

    def macs(self, x: Tensor) -> int | None:
        _, channels = split_channels(x, self.data_format)
        (steps,) = (window.out for window in self.windows(x))
        if steps is None or channels is None:
            return None
        return steps * channels * self.frame_length * self._frequencies * len(self.weights(x))
