"""Layers that number values by a hash, without a vocabulary."""

from typing import Literal, Self

from pydantic import model_validator

from specc.layers.absent import NoRegularizer, NoTrainable
from specc.layers.base import FloatType, Layer
from specc.layers.lookup import Salt, encoded, expect_list
from specc.layers.preprocessing import Whole
from specc.options import Positive, mistake
from specc.tensor import ShapeError, Tensor


class Hashing(Layer):
    """Numbers strings or integers by a hash; different ones may get the same number."""

    ranks = (1,)
    looks_up = True
    takes_integers = True
    supports_masking = False
    stricter = frozenset({"S201"})  # of more axes Keras promises one shape and makes another

    num_bins: Positive
    mask_value: int | str | None = None
    salt: Salt = None
    output_mode: Literal["int", "one_hot", "multi_hot", "count"] = "int"
    sparse: bool = False
    dtype: FloatType | Whole | None = None  # type: ignore[assignment]

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if self.output_mode == "int" and self.dtype not in (None, "int32", "int64"):
            raise mistake("F017", "gives integers in mode `int`, of `dtype: int32` or `int64`")
        if self.output_mode == "int" and self.sparse:
            raise mistake("F017", "needs another `output_mode` than `int` for `sparse`")
        return self

    def infer(self, x: Tensor) -> Tensor:
        if self.output_mode == "int":
            return Tensor(x.shape, self.dtype or "int64")
        expect_list("Hashing", self.output_mode, x)
        if self.output_mode == "one_hot" and x.shape != (1,):
            message = f"`Hashing` in mode `one_hot` takes one value for each row, got {x}"
            raise ShapeError("S201", message, help="`output_mode: int` takes any shape")
        mixed = (self.dtype or "").startswith("mixed_")  # which Keras takes for that of weights
        dtype = "float32" if mixed else self.float_type
        return Tensor((*x.shape[:-1], self.num_bins), dtype)


class HashedCrossing(Layer):
    """Numbers pairs of values, one from each of two inputs, by a hash."""

    arity = (2, 2)
    ranks = (0, 1)
    looks_up = True
    merges = True
    takes_integers = True
    supports_masking = False
    stricter = frozenset(
        {"S201"}
    )  # Keras checks the axes where the layer runs, not where it is built

    num_bins: Positive
    output_mode: Literal["int", "one_hot"] = "int"
    sparse: bool = False
    dtype: FloatType | Whole | None = None  # type: ignore[assignment]
    trainable: NoTrainable = True
    activity_regularizer: NoRegularizer = None

    def infer(self, left: Tensor, right: Tensor) -> Tensor:
        if left.shape not in ((), (1,)) or left.shape != right.shape:
            message = (
                f"`HashedCrossing` takes two single values for each row, got {left} and {right}"
            )
            raise ShapeError("S201", message)
        if self.output_mode == "int":
            return Tensor(left.shape, self.float_type if self.dtype else "int64")
        return Tensor(encoded(left, "one_hot", self.num_bins), self.float_type)
