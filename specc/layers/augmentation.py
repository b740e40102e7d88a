"""What layers that change images at random have in common."""

from typing import Annotated, ClassVar, Literal

from pydantic import PlainValidator

from specc.axes import axes_of, expect_rank, split_channels
from specc.layers.base import DataFormat, Layer, left_out
from specc.options import Number, expected, out_of_range, ratio
from specc.tensor import Dim, ShapeError, Tensor

Range = tuple[Number, Number]
Factor = float | tuple[float, float]
FillMode = Literal["constant", "nearest", "wrap", "reflect"]
Interpolation = Literal["nearest", "bilinear"]


def between(low: float, high: float, *, open: bool = False) -> PlainValidator:
    """Takes a number from `low` to `high`, or a list of two between which one is drawn.

    With `open`, `low` itself is too low.
    """
    above = "above " if open else "from "
    what = f"a number {above}{low:g} to {high:g} or a list of two such numbers"

    def check(value: object) -> object:
        pair = isinstance(value, tuple | list)
        found = [_number(part, what) for part in (value if pair else (value,))]  # type: ignore[attr-defined]
        if len(found) != 1 + pair:
            raise expected(what)
        if any(not low <= float(part) <= high or (open and part == low) for part in found):
            raise out_of_range(what)
        return tuple(found) if pair else found[0]

    return PlainValidator(check)


def _number(value: object, what: str) -> float:
    number = ratio(value) or value
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise expected(what)
    return number


def positive(what: str, *, whole: bool = False) -> PlainValidator:
    """Takes what Keras needs to be above 0 and does not check."""

    def check(value: object) -> object:
        kinds = int if whole else int | float
        if isinstance(value, bool) or not isinstance(value, kinds) or value <= 0:
            raise expected(what)
        return value

    return PlainValidator(check)


Counted = Annotated[int, positive("a whole number above 0", whole=True)]
Signed = Annotated[Factor, between(-1, 1)]
Share = Annotated[Factor, between(0, 1)]


class _Augmentation(Layer):
    """Takes images and gives images of the same shape."""

    later = left_out("bounding_box_format", "factor")
    ranks = (3,)
    stricter = frozenset({"S201"})  # Keras takes a batch of flat images for one with channels
    augments = True
    disturbs = True
    supports_masking = False
    channels: ClassVar[frozenset[int] | None] = None  # numbers of them that it can take

    @property
    def _format(self) -> DataFormat:
        return getattr(self, "data_format", None)  # a field of each kind, in Keras' order

    def infer(self, x: Tensor) -> Tensor:
        expect_rank(x, 3, type(self).__name__, axes_of(2, self._format))
        self._check_colours(x)
        return Tensor(x.shape, self.float_type)

    def _check_colours(self, x: Tensor) -> None:
        """ShapeError S229 where colours are computed of what has none."""
        found = self._channels(x)
        if self.channels is None or found is None or found in self.channels:
            return
        known = " or ".join(str(number) for number in sorted(self.channels))
        message = f"`{type(self).__name__}` takes images with {known} channels, got {x}"
        raise ShapeError("S229", message, label=f"expects {known} channels, gets {found}")

    def _channels(self, x: Tensor) -> Dim:
        return split_channels(x, self._format)[1]


Augmentation = _Augmentation
