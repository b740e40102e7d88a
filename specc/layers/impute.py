"""Numbers in place of those that are missing."""

from typing import ClassVar, Literal

from specc.axes import expect_rank
from specc.layers.absent import NoDtype, NoRegularizer, NoTrainable
from specc.layers.base import Layer
from specc.tensor import Tensor
from specc.values import Call, Ref, Value


class Impute(Layer):
    """Fills missing numbers of a table with what its column has in the training part.

    `with: zero` needs nothing of it; `indicator` adds a column for each that says where numbers
    were missing.
    """

    words = ("impute",)
    word_only = True
    renamed: ClassVar[dict[str, str]] = {"with": "strategy"}
    ranks = (1,)
    keeps_range = True
    in_data_only = "it fills in the numbers of a `table`, under `preprocess`"

    strategy: Literal["mean", "median", "zero"] = "mean"
    indicator: bool = False
    trainable: NoTrainable = True
    dtype: NoDtype = None
    activity_regularizer: NoRegularizer = None

    @property
    def learned(self) -> bool:
        """Whether the numbers are those of the training part."""
        return self.strategy != "zero"

    def infer(self, x: Tensor) -> Tensor:
        expect_rank(x, 1, "impute", "rows of numbers")
        size = x.shape[0]
        wider = size if size is None or not self.indicator else 2 * size
        return Tensor((wider,), "float32")

    def call(self) -> Call:
        """The call of the script's own function; `values` are what it fills in."""
        given: Value = Ref("values") if self.learned else 0.0
        return Call("fill_and_mark" if self.indicator else "fill", (Ref("numeric"), given))

    def fills(self) -> Call | None:
        """What computes the values from the known numbers of the training part."""
        function = {"mean": "np.nanmean", "median": "np.nanmedian"}.get(self.strategy)
        return Call(function, (Ref("known"),), (("axis", 0),)) if function else None
