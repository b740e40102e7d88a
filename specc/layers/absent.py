"""Options that all layers have, but for those whose Keras class lacks them."""

from typing import Annotated, Any

from pydantic import AfterValidator

from specc.kind import Kind, Of
from specc.layers.base import FloatType
from specc.options import expected, out_of_range


def _default_only(value: Any) -> Any:
    if value is not None and value is not True:
        raise out_of_range("no such option, since Keras' class has none")
    return value


NoTrainable = Annotated[bool, AfterValidator(_default_only)]
NoRegularizer = Annotated[Any, Of("regularizers"), AfterValidator(_default_only)]


def _trained_all_the_same(value: bool) -> bool:
    if not value:
        raise out_of_range("no `false`: Keras trains the layers inside all the same")
    return value


# Of a class that holds layers: Keras asks each of them, and not the class around it.
AlwaysTrainable = Annotated[bool, AfterValidator(_trained_all_the_same)]


def _by_word(value: Any) -> Any:
    if isinstance(value, Kind) and value.word is None:
        raise out_of_range("a word such as `l2`: Keras cannot save this layer with an object")
    return value


# Of a class without `get_config`, which Keras then writes for plain arguments alone.
WordRegularizer = Annotated[Any, Of("regularizers"), AfterValidator(_by_word)]


def _nothing(value: Any) -> Any:
    if value is not None:
        raise expected("no such option, since Keras' class pays no attention to it")
    return value


NoDtype = Annotated[FloatType | None, AfterValidator(_nothing)]
