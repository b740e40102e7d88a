"""A layer of the user's own, known by what the spec declares of it."""

import builtins
import keyword
import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, PlainValidator

from specc.kind import as_value, expected, out_of_range
from specc.layers.absent import NoRegularizer
from specc.layers.base import Layer
from specc.layers.input import sizes_of
from specc.taken import TAKEN
from specc.tensor import Shape, Tensor
from specc.values import Call, Table, Value

_CLASS = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*", re.ASCII)


def _class(text: str) -> str:
    package = re.split("[.:]", text)[0]
    own = package not in ("keras", "tensorflow")
    if own and not _CLASS.fullmatch(text):
        raise expected("a module and a class: `my_package.layers:SqueezeExcite`")
    if not own:
        raise out_of_range("a class of your own; those of Keras have names in the language")
    if package in TAKEN or hasattr(builtins, package) or keyword.iskeyword(package):
        raise out_of_range("a module of another name: the script has its own use for this one")
    return text


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
