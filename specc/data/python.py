"""Data that a function of the user's own delivers."""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, PlainValidator, model_validator

from specc.data.base import Known, Source
from specc.options import expected, mistake
from specc.own_code import own_code
from specc.tensor import Shape
from specc.values import Call, Ref, Section, Value

FAMILY = "sources"
Number = Literal[
    "float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "bool"
]  # fmt: skip


def _function(text: str) -> str:
    return own_code(text, "function", "my_package.data:load")


def _shape(value: Any) -> Shape:
    sizes = value if isinstance(value, list | tuple) else [value]
    if all(size is None or (type(size) is int and size > 0) for size in sizes):
        return tuple(sizes)
    raise expected("the sizes of one row, such as `[28, 28, 1]`")


class Python(Source):
    """Rows from a function, which runs with `--trust` alone.

    It is called without arguments and returns `(x, y)`, two arrays, or a `tf.data.Dataset` of
    such pairs, row by row, which is read into memory once. `shape` and `dtype` are those of a row
    of x; with `classes` the targets are class numbers, and without numbers.
    """

    words = ("python",)
    word_only = True

    function: Annotated[str, AfterValidator(_function)]
    shape: Annotated[Shape, PlainValidator(_shape)]
    dtype: Number = "float32"
    classes: Annotated[int, Field(ge=2)] | None = None
    labels: Literal["integer", "one_hot", "multi_hot", "real"] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.labels in ("integer", "one_hot", "multi_hot") and self.classes is None:
            raise mistake("F012", f"needs `classes` for `{self.labels}` labels", "add `classes: …`")
        if self.labels == "real" and self.classes is not None:
            raise mistake("F017", "has both `classes` and `labels: real`", "remove one of them")
        return self

    @property
    def own_code(self) -> str:
        return self.function

    def section(self, classes: tuple[str, ...] | None = None) -> Section:
        values: tuple[tuple[str, Value], ...] = (
            ("call", Call(self.function.replace(":", "."))),
            ("module", Ref(self.function.partition(":")[0])),
            ("shape", tuple(self.shape)),
            ("open", None in self.shape),
            ("dtype", self.dtype),
        )
        return Section("sources/python.py.jinja", values)

    def known(self) -> Known:
        labels = self.labels or ("integer" if self.classes else "real")
        return Known(
            {"train": None}, self.shape, self.dtype, labels, self.classes,
            target_shape=() if labels in ("integer", "real") else (self.classes,),
            origin="the spec",
        )  # fmt: skip
