"""Types of options that several families of training objects share."""

import re
from collections.abc import Callable
from sys import float_info
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, PlainValidator, WrapValidator

from specc.kind import Kind, Of
from specc.options import PositiveNumber, expected, out_of_range, ratio
from specc.training.facts import Output

FloatType = Literal["float16", "bfloat16", "float32", "float64"]
Reduction = Literal["sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none"] | None
Item = TypeVar("Item")
Count = Annotated[int, Field(ge=0)]
Axis = Annotated[int, Field(ge=-8, le=7)]


def _items(items: tuple[Any, ...]) -> list[Any]:
    if not items:
        raise expected("a list that is not empty")
    return list(items)


# Where Keras asks for a list and fails on a tuple.
Several = Annotated[tuple[Item, ...], AfterValidator(_items)]


def _learning_rate(value: Any) -> Any:
    if isinstance(value, Kind):
        return value
    fraction = ratio(value)
    if fraction is not None:
        return fraction
    if type(value) not in (int, float) or not abs(value) <= float_info.max:
        raise expected("a number or a learning-rate schedule")
    return float(value)


LearningRate = Annotated[Any, Of("schedules", number=True), PlainValidator(_learning_rate)]


def _as_written(value: Any, inner: Callable[[Any], Any]) -> Any:
    checked = inner(value)
    return value if type(value) is int else checked


Steps = Annotated[PositiveNumber, WrapValidator(_as_written)]


def _inside(text: str) -> str:
    if not text or len(text) > 1000 or not text.isprintable():
        raise expected("a path")
    parts = text.rstrip("/").split("/")
    absolute = re.match(r"~|[A-Za-z]:", text)
    if absolute or "\\" in text or {"", ".", ".."} & set(parts):
        raise out_of_range("a path inside the output folder, such as `logs/run`")
    return text


OutputPath = Annotated[str, Output(), AfterValidator(_inside)]
FilledPath = Annotated[str, Output(filled=True), AfterValidator(_inside)]
OutputFolder = Annotated[str, Output(folder=True), AfterValidator(_inside)]
