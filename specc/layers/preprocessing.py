"""Layers that make data fit for a network."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from specc.axes import count, sizes_at
from specc.layers.absent import NoRegularizer, NoTrainable
from specc.layers.base import Axes, Elementwise, FloatType, Layer, Weights
from specc.options import Number, Positive, mistake
from specc.tensor import Shape, ShapeError, Tensor

Numbers = Number | tuple[Number, ...]
Whole = Literal["uint8", "int16", "int32", "int64"]


def _expect_fit(layer: str, option: str, value: Numbers, x: Tensor, shape: Shape) -> None:
    """ShapeError S208 unless a list of numbers stretches over the last axis of `shape`."""
    if not isinstance(value, tuple):
        return
    if len(value) > 1 and shape[-1:] not in ((None,), (len(value),)):
        values = count(len(value), "number", "numbers")
        message = f"`{layer}` has {values} for the last axis of {x}"
        raise ShapeError("S208", message, option=option)


class Rescaling(Elementwise):
    """`x * scale + offset`."""

    scale: Numbers
    offset: Numbers = 0.0

    def infer(self, x: Tensor) -> Tensor:
        _expect_fit("Rescaling", "scale", self.scale, x, x.shape)
        _expect_fit("Rescaling", "offset", self.offset, x, x.shape)
        return super().infer(x)


class Normalization(Elementwise):
    """Gives every feature the mean 0 and the variance 1, as learned from the training part."""

    normalizes = True
    frozen_weights = frozenset({"mean", "variance", "count"})

    axis: Axes | None = -1
    mean: Numbers | None = None
    variance: Numbers | None = None
    invert: bool = False

    @model_validator(mode="after")
    def _same_form(self) -> Self:
        if (self.mean is None) != (self.variance is None):
            raise mistake("F017", "needs `mean` and `variance` together, or neither")
        if _length(self.mean) != _length(self.variance):
            raise mistake("F017", "needs as many variances as means")
        if isinstance(self.mean, tuple) and not self.axes:
            raise mistake("F017", "needs an `axis` for a list of means")
        return self

    @property
    def unlearned(self) -> bool:
        return self.mean is None

    @property
    def axes(self) -> tuple[int, ...]:
        if self.axis is None:
            return ()
        return (self.axis,) if isinstance(self.axis, int) else self.axis

    def infer(self, x: Tensor) -> Tensor:
        kept = self._kept(x)
        if self.mean is not None:
            _expect_fit("Normalization", "mean", self.mean, x, kept)
        return super().infer(x)

    def _kept(self, x: Tensor) -> tuple[int, ...]:
        """The sizes of the axes that have means of their own, in the order of the axes."""
        sizes = sizes_at(self.axes, x, "Normalization")
        places = [axis % (x.rank + 1) for axis in self.axes]
        twice = [size for i, size in enumerate(sizes) if places[i] in places[:i]]
        if max(twice, default=1) > 1:
            message = f"`Normalization` names an axis of {x} twice"
            raise ShapeError("S201", message, option="axis")
        return tuple(size for _, size in sorted(zip(places, sizes, strict=True)))

    def weights(self, x: Tensor) -> Weights:
        if self.mean is not None:
            return {}
        kept = self._kept(x)
        return {"mean": kept, "variance": kept, "count": ()}


def _length(value: Numbers | None) -> int | None:
    return len(value) if isinstance(value, tuple) else None


class CategoryEncoding(Layer):
    """Integers below `num_tokens` as vectors of zeros and ones, or of counts."""

    takes_integers = True
    looks_up = True
    supports_masking = False
    stricter = frozenset({"S201"})  # of lists of lists Keras expects one shape and makes another

    num_tokens: Positive
    output_mode: Literal["multi_hot", "one_hot", "count"] = "multi_hot"
    sparse: bool = False
    dtype: FloatType | Whole | None = None  # type: ignore[assignment]

    def infer(self, x: Tensor) -> Tensor:
        if not x.shape and self.output_mode != "one_hot":
            message = f"`CategoryEncoding` in mode `{self.output_mode}` takes lists of integers"
            raise ShapeError("S201", f"{message}, got {x}")
        if x.rank > 1 and self.output_mode != "one_hot":
            message = f"`CategoryEncoding` in mode `{self.output_mode}` takes one list of integers"
            raise ShapeError("S201", f"{message} for each row, got {x}")
        each = self.output_mode == "one_hot" and x.shape[-1:] != (1,)
        kept = x.shape if each else x.shape[:-1]
        return Tensor((*kept, self.num_tokens), self.float_type)


class Discretization(Layer):
    """Numbers the ranges between boundaries, which it learns from the data or is given."""

    supports_masking = False
    stricter = frozenset({"S201"})  # a whole batch of single numbers Keras counts as one list

    bin_boundaries: Annotated[tuple[Number, ...], Field(min_length=1)] | None = None
    num_bins: Positive | None = None
    epsilon: Number = 0.01
    output_mode: Literal["int", "one_hot", "multi_hot", "count"] = "int"
    sparse: bool = False
    trainable: NoTrainable = True
    activity_regularizer: NoRegularizer = None

    @property
    def unlearned(self) -> bool:
        return self.bin_boundaries is None

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if (self.num_bins is None) == (self.bin_boundaries is None):
            raise mistake("F017", "needs either `num_bins` or `bin_boundaries`")
        if self.sparse and self.output_mode == "int":
            raise mistake("F017", "needs another `output_mode` than `int` for `sparse`")
        return self

    def infer(self, x: Tensor) -> Tensor:
        if self.output_mode == "int":
            return Tensor(x.shape, "int32")
        bins = len(self.bin_boundaries) + 1 if self.bin_boundaries else self.num_bins
        if self.output_mode == "one_hot":
            return Tensor(
                (*(x.shape[:-1] if x.shape[-1:] == (1,) else x.shape), bins), self.float_type
            )
        if not x.shape:
            message = (
                f"`Discretization` in mode `{self.output_mode}` takes lists of numbers, got {x}"
            )
            raise ShapeError("S201", message)
        return Tensor((*x.shape[1:], bins), self.float_type)
