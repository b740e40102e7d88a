"""Where a model begins."""

from typing import Annotated, Any, Self

from pydantic import PlainValidator, model_validator

from specc.layers.absent import NoRegularizer, NoTrainable
from specc.layers.base import Dtype, Layer, left_out
from specc.options import Positive, expected, mistake, out_of_range
from specc.tensor import Shape, Tensor


def sizes_of(value: Any) -> Shape:
    """A shape without the batch, as a spec writes it."""
    what = "a list of sizes without the batch, such as `[28, 28, 1]`"
    if not isinstance(value, list | tuple):
        raise expected(what)
    if any(type(size) is not int and size is not None for size in value):
        raise expected(what)
    if any(size is not None and size < 1 for size in value):
        raise out_of_range(what)
    return tuple(value)


class Input(Layer):
    """The input of the model: its shape without the batch, and its type."""

    module = "keras"
    later = left_out("batch_shape", "tensor")
    arity = (0, 0)

    shape: Annotated[tuple[int | None, ...], PlainValidator(sizes_of)]
    batch_size: Positive | None = None
    dtype: Dtype | None = None  # type: ignore[assignment]
    sparse: bool | None = None
    ragged: bool | None = None
    optional: bool = False
    trainable: NoTrainable = True
    activity_regularizer: NoRegularizer = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if self.sparse and self.ragged:
            raise mistake("F017", "cannot be both `sparse` and `ragged`")
        return self

    def infer(self) -> Tensor:
        return Tensor(self.shape, self.dtype or "float32")
