"""How rows are shared out, and what is declared of them."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, PlainValidator, model_validator

from specc.data.time_format import TimeFormat
from specc.kind import Positive, expected, mistake, out_of_range
from specc.section import Section


def _share(value: Any) -> float | int:
    """A part's size: a fraction of the rows, or a number of them."""
    if type(value) not in (int, float):
        raise expected("a fraction such as `0.2` or a number of rows")
    if not value > 0 or (type(value) is float and value >= 1):
        raise out_of_range("a fraction between 0 and 1 or a positive number of rows")
    return value  # type: ignore[no-any-return]


Share = Annotated[float | int, PlainValidator(_share)]


def _column(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise expected("the name of a column")
    return value


Column = Annotated[str, PlainValidator(_column)]


class Split(Section):
    """How one set of rows is shared out; parts that the source gives are left as they are.

    All rows with the same text in the column `group` go to one part. With `time` the rows are
    taken in the order of that column, and the last ones cut off; it has numbers or dates, which
    are in ISO 8601 unless `time_format` says how they are written, as in `%d.%m.%Y %H:%M`.
    """

    train: Share | None = None
    validation: Share | None = None
    test: Share | None = None
    shuffle: bool | None = None
    stratify: bool | None = None
    group: Column | None = None
    time: Column | None = None
    time_format: TimeFormat | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.group and self.time:
            raise mistake("F017", "has both `group` and `time`", "remove one of them")
        if self.group and self.shuffle is False:
            help = "remove `shuffle`: groups are drawn at random"
            raise mistake("F017", "has a `group` and `shuffle: false`", help)
        if self.time and (self.shuffle or self.stratify):
            option = "shuffle" if self.shuffle else "stratify"
            help = f"remove `{option}`: the last rows are cut off as they are"
            raise mistake("F017", f"has a `time` and `{option}: true`", help)
        if self.time_format and not self.time:
            raise mistake("F012", "has a `time_format` for no column", "add `time: …`, its name")
        return self

    @property
    def shuffled(self) -> bool:
        """Whether rows are cut off at random, where they have no order in time."""
        return self.shuffle is not False and not self.time

    @property
    def stratified(self) -> bool:
        """Whether every part gets its share of each class, where there are classes."""
        return self.stratify is not False and not self.time


Limits = tuple[float, float]
PARTS = ("train", "validation", "test")


def _span(value: Any) -> Limits:
    match value:
        case (int() | float() as low, int() | float() as high) if low < high:
            return float(low), float(high)
        case (int() | float() as low, int() | float() as high) if low > high:
            raise out_of_range("the lowest number first", f"write `[{high}, {low}]`")
    raise expected("two numbers, `[lowest, highest]`", "write both, as in `[0, 255]`")


def _spans(value: Any) -> Limits | dict[str, Limits]:
    """Those of all parts, or of each by its name."""
    if not isinstance(value, dict):
        return _span(value)
    if "train" not in value or not {*value} <= {*PARTS}:
        raise expected("`[lowest, highest]`, or that by part: `{train: [0, 1], test: [0, 255]}`")
    return {part: _span(each) for part, each in value.items()}


Span = Annotated[Limits, PlainValidator(_span)]
Spans = Annotated[Limits | dict[str, Limits], PlainValidator(_spans)]


class DeclaredFacts(Section):
    """What cannot be looked at when the spec is checked, of rows as the source delivers them.

    `samples` counts those of the training part before splitting, and `balance` those of each
    class. `target_shape` is that of one row; `text` labels are words.
    """

    samples: Positive | None = None
    shape: tuple[Positive, ...] | None = None
    classes: Annotated[int, Field(ge=2)] | None = None
    labels: Literal["integer", "one_hot", "multi_hot", "binary", "real", "text"] | None = None
    range: Spans | None = None
    standardised: bool | None = None
    target_range: Span | None = None
    target_shape: tuple[Positive, ...] | None = None
    balance: tuple[Annotated[int, Field(ge=0)], ...] | None = None
