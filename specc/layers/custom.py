"""A layer of the user's own, known by what the spec declares of it."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, PlainValidator

from specc.kind import as_value
from specc.layers.absent import NoRegularizer
from specc.layers.base import Layer
from specc.layers.input import sizes_of
from specc.options import expected
from specc.own_code import own_code
from specc.tensor import Shape, Tensor
from specc.values import Call, Table, Value


def _class(text: str) -> str:
    return own_code(text, "class", "my_package.layers:SqueezeExcite")


def _output(value: Any) -> Any:
    if value == "same":
        return value
    if not isinstance(value, list | tuple):
        raise expected("`same`, or a list of sizes without the batch, such as `[28, 28, 8]`")
    return sizes_of(value)


class Custom(Layer):
    """A class of your own, with the shape of its output; its code runs with `--trust` alone."""

    module = ""  # the class says where it is
    word_only = True
    words = ("custom",)
    renamed: ClassVar[dict[str, str]] = {"class": "target_class"}
    arity = (1, None)
    learns = True
    takes_integers = True

    target_class: Annotated[str, AfterValidator(_class)]
    arguments: dict[str, Any] = {}
    output: Annotated[Literal["same"] | tuple[int | None, ...], PlainValidator(_output)] = "same"
    activity_regularizer: NoRegularizer = None

    def infer(self, *inputs: Tensor) -> Tensor:
        shape: Shape = inputs[0].shape if self.output == "same" else tuple(self.output)
        return Tensor(shape, self.float_type)

    def call(self) -> Call:
        """The constructor call: its arguments, then the name and what else all layers have."""
        base = super().call()
        table = self.bound.get("arguments", as_value(self.arguments))
        rows = table.rows if isinstance(table, Table) else ()
        own: list[tuple[str, Value]] = [(str(key), value) for key, value in rows]
        common = [(key, value) for key, value in base.options if key in self.common]
        return Call(self.target_class.replace(":", "."), (), (*own, *common))
