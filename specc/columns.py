"""How the columns of a table become one vector: the numbers first, then each category."""

from collections.abc import Sequence
from typing import Any

from specc.groups import Grouped
from specc.inspect.facts import Column
from specc.layers.base import Layer
from specc.schema import Data
from specc.tensor import ShapeError, Tensor

TEXT = Tensor((), "string")


def encoder(data: Data) -> Any:
    """The layer that makes numbers of a category; one-hot where the spec does not say."""
    from specc.layers.lookup import StringLookup  # here, since few specs have categories

    given = data.preprocess.categorical if isinstance(data.preprocess, Grouped) else ()
    return given[0] if given else StringLookup(output_mode="one_hot")


def learns(layer: Layer) -> bool:
    """Whether its vocabulary is that of the training part."""
    from specc.layers.lookup import StringLookup

    return isinstance(layer, StringLookup) and layer.vocabulary is None


def joined(numbers: Tensor | None, data: Data, columns: Sequence[Column]) -> Tensor | None:
    """The vector that the network takes, given what the preprocessing makes of the numbers; None
    when its size is not known."""
    widths = [_width(encoder(data), column) for column in columns if not column.numeric]
    if any(column.numeric for column in columns):
        widths.append(None if numbers is None or numbers.rank != 1 else numbers.shape[0])
    known = [width for width in widths if width is not None]
    return Tensor((sum(known),)) if len(known) == len(widths) else None


def _width(layer: Any, column: Column) -> int | None:
    """How many numbers stand for a category."""
    if layer is None or (learns(layer) and column.values is None):
        return None
    if learns(layer):
        room = column.values + layer.num_oov_indices
        layer = layer.model_copy(update={"max_tokens": room, "pad_to_max_tokens": True})
    try:
        shape = layer.infer(TEXT).shape
    except ShapeError:
        return None
    return shape[0] if len(shape) == 1 else None


def undeclared(columns: Sequence[Column]) -> list[Column]:
    """The categorical columns of which it is not known how many different values they have."""
    return [column for column in columns if not column.numeric and column.values is None]
