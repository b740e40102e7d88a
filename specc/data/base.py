"""What a data source has to say about itself."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, NamedTuple, Self

from pydantic import PlainValidator

from specc.kind import Kind
from specc.options import expected
from specc.tensor import Shape
from specc.values import Section


class Known(NamedTuple):
    """What a source delivers as far as its declaration says; None is unknown.

    `parts` are the parts that it gives, with their rows. The other fields are those of
    `specc.inspect.facts.Facts`.
    """

    parts: Mapping[str, int | None]
    shape: Shape | None = None
    dtype: str | None = None
    labels: str | None = None
    classes: int | None = None
    class_names: tuple[str, ...] = ()
    range: tuple[float, float] | None = None
    target_range: tuple[float, float] | None = None
    target_shape: Shape | None = None
    vocabulary: int | None = None
    ordered: bool | None = None
    balance: tuple[int, ...] = ()
    origin: str = ""


class Tables(NamedTuple):
    """The CSV files of a source whose rows have columns with names."""

    files: Mapping[str, str]  # of each part; several parts may be in one
    used: Mapping[str, tuple[str | int, ...]]  # columns that are taken, and the option that says so
    split_column: str | None = None  # the column that says to which part a row belongs
    delimiter: str = ","
    header: tuple[str, ...] = ()  # the names of the columns, where the first line is a row
    strips: bool = False  # whether cells go without the spaces around them


class Source(Kind):
    """Base of the data sources. One subclass is the whole definition of one source.

    `later` names options that the language has and this version does not support yet.
    """

    family: ClassVar[str] = "sources"
    word_only: ClassVar[bool] = True
    later: ClassVar[Mapping[str, str]] = {}
    in_time: ClassVar[bool] = False  # whether the rows have an order that must be kept

    @property
    def gap(self) -> int:
        """Rows between two parts that belong to neither."""
        return 0

    @property
    def input_names(self) -> tuple[str, ...]:
        """The inputs of the model that it names; none where it delivers one without a name."""
        return ()

    @property
    def image_input(self) -> str:
        """The one of several inputs that `augment` changes; empty where none is."""
        return ""

    @property
    def target_names(self) -> tuple[str, ...]:
        """The outputs of the model that it has a target for, where it names them."""
        return ()

    @property
    def own_code(self) -> str:
        """The function of the user's own that delivers the data, if one does."""
        return ""

    @property
    def streams(self) -> bool:
        """Whether records are read in turn, and not each row by its number."""
        return False

    @property
    def with_masks(self) -> bool:
        """Whether a target is a mask: the class of each pixel of an image."""
        return False

    def tables(self) -> Tables | None:
        """The files in which more columns can be named; None where rows have none."""
        return None

    def for_model(self, inputs: int, outputs: int) -> Self:
        """The same source for a model of so many of them: a single one goes without its name."""
        return self

    def section(self, classes: tuple[str, ...] | None = None) -> Section:
        """The template that reads the data, and its values; `classes` are pinned names."""
        raise NotImplementedError(type(self).__name__)

    def known(self) -> Known:
        """What is known without looking at files."""
        raise NotImplementedError(type(self).__name__)


def _location(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise expected("a path")
    return value


Location = Annotated[str, PlainValidator(_location)]
