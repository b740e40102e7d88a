"""How rows are shared out, and what is declared of them."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from specc.data.time_format import TimeFormat
from specc.options import Positive, expected, mistake, out_of_range
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

    habits: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("seed", "random_state"), "write `seed` at the top of the spec"),
        **dict.fromkeys(("test_size", "test_split"), "test"),
        **dict.fromkeys(("train_size", "train_split"), "train"),
        **dict.fromkeys(("valid", "dev", "validation_split"), "validation"),
        **dict.fromkeys(("groups", "group_by"), "group"),
    }

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


def _class_names(value: Any) -> tuple[str, ...]:
    names = tuple(value) if isinstance(value, list | tuple) else ()
    if all(isinstance(name, str) for name in names) and isinstance(value, list | tuple):
        return names
    help = f"write `[{value}]`" if isinstance(value, str) else ""
    if type(value) is int and value > 1:
        help = f"write the names; the number alone is `facts: {{classes: {value}}}`"
    raise expected("a list of names, such as `[cats, dogs]`", help)


ClassNames = Annotated[tuple[str, ...], PlainValidator(_class_names)]


PARTS = ("train", "validation", "test")


def _as_split(value: Any) -> Any:
    """Says how to write shares that stand without their parts."""
    if value is None or value == "none" or isinstance(value, Split | dict):
        return value
    numbers = value if isinstance(value, list | tuple) else (value,)
    parts = ("validation",) if len(numbers) == 1 else PARTS
    shares = ", ".join(f"{part}: {share}" for part, share in zip(parts, numbers, strict=False))
    plain = len(numbers) <= len(parts) and all(type(each) in (int, float) for each in numbers)
    raise expected("a mapping or `none`", f"write `{{{shares}}}`" if plain else EXAMPLE)


EXAMPLE = "write `{validation: 0.2, test: 0.2}`"
AnySplit = Annotated[Split | Literal["none"], BeforeValidator(_as_split)]
Limits = tuple[float, float]


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
