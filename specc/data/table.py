"""Tables: files of comma-separated values."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, PlainValidator, model_validator

from specc.data.base import Known, Location, Source, Tables
from specc.data.parts import NAMES, Parts
from specc.options import expected, mistake, out_of_range
from specc.values import Items, Section, Table, Value

FAMILY = "sources"
NUMERIC = "numeric"  # the input of all numbers; each category is an input of its own
EMPTY = ""  # a cell that always stands for a number that is not known
LAYERS = frozenset({NUMERIC, "concatenate", "network", "numpy", "preprocessing"})


def _names(value: Any) -> tuple[str, ...]:
    """The names of columns: one, or a list of different ones."""
    names = value if isinstance(value, list | tuple) else (value,)
    if not names or not all(isinstance(name, str) and name.strip() for name in names):
        raise expected("the name of a column or a list of them")
    if len({*names}) < len(names):
        raise out_of_range("names of different columns")
    return tuple(names)


def _counts(value: Any) -> dict[str, int | None]:
    """Columns with how many different values each has, as far as that is said."""
    if not isinstance(value, dict):
        return dict.fromkeys(_names(value))
    names = _names(list(value))
    if not all(type(value[name]) is int for name in names):
        raise expected("names of columns, or `{column: number of different values}`")
    if min(value.values()) < 1:
        raise out_of_range("numbers of different values from 1 on")
    return {name: value[name] for name in names}


def _texts(value: Any) -> tuple[str, ...]:
    """One text or a list of them; what reads as a number is meant as its text."""
    given = value if isinstance(value, list | tuple) else (value,)
    if not all(isinstance(each, str | int) and not isinstance(each, bool) for each in given):
        raise expected('a text or a list of them, such as `[NA, "?"]`')
    return tuple(str(each).strip() for each in given)


def _one_character(value: Any) -> str:
    if not isinstance(value, str) or len(value) != 1 or value in '"\r\n\0 ':
        raise expected('one character, such as `";"`')
    return value


Names = Annotated[tuple[str, ...], PlainValidator(_names)]
Counts = Annotated[dict[str, int | None], PlainValidator(_counts)]
Texts = Annotated[tuple[str, ...], PlainValidator(_texts)]
Character = Annotated[str, PlainValidator(_one_character)]


class TableFile(Source):
    """Rows of a CSV file, or of one for each part: `target` is learned from the other columns.

    The first line names the columns, unless `columns` does. Cells that are empty or `missing`
    are numbers that are not known; in categorical columns they are values like any other.

    `split_column` says to which of the `parts` a row of `path` belongs.
    """

    words = ("table",)
    word_only = True

    habits = {
        **dict.fromkeys(("sep", "separator"), "delimiter"),
        **dict.fromkeys(("csv", "file", "filepath"), "path"),
        **dict.fromkeys(("label", "labels", "label_column", "output", "y"), "target"),
        "na_values": "missing",
        **dict.fromkeys(
            ("features", "feature_columns", "inputs", "x"),
            "write `numeric: […]` for columns of numbers, `categorical: […]` for names and codes",
        ),
    }

    path: Location | None = None
    train: Location | None = None
    validation: Location | None = None
    test: Location | None = None
    target: Names
    numeric: Names = ()
    categorical: Counts = Field(default_factory=dict)
    missing: Texts = ()
    delimiter: Character = ","
    columns: Names = ()
    split_column: str | None = None
    parts: Parts = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.path and (self.train or self.validation or self.test):
            help = "give `path` for one file to be split, or a file for each part"
            raise mistake("F017", "has both `path` and files for the parts", help)
        if not self.path and not self.train:
            raise mistake("F012", "needs `train` or `path`", "add `path: …`, a CSV file")
        if not self.numeric and not self.categorical:
            help = "add `numeric: […]` or `categorical: […]`, the columns to learn from"
            raise mistake("F012", "names no columns to learn from", help)
        if self.split_column and not self.path:
            help = "remove `split_column`, or name one file by `path`"
            raise mistake("F017", "has both a file for each part and `split_column`", help)
        if self.parts and not self.split_column:
            raise mistake("F012", "needs `split_column` for `parts`", "add it, or remove `parts`")
        self._check_names()
        return self

    def _check_names(self) -> None:
        """Raises for a column that has two uses, or that cannot be an input."""
        uses = (*self.target, *self.numeric, *self.categorical)
        if self.split_column in uses:
            help = "remove it there: a part is nothing to learn, nor to learn from"
            raise mistake("F017", f"has `{self.split_column}` as `split_column` and as data", help)
        twice = next((name for name in uses if uses.count(name) > 1), None)
        if twice in self.target:
            help = "remove it there: the network would read the answer"
            raise mistake("F017", f"has its target `{twice}` among the inputs", help)
        if twice is not None:
            help = "numbers are `numeric`, names and codes `categorical`"
            raise mistake("F017", f"names `{twice}` twice", help)
        for name in self.categorical:
            if "/" in name or name in LAYERS:
                help = "rename the column in the file: it names an input of the saved model"
                raise mistake("F018", f"cannot have a categorical column `{name}`", help)

    @property
    def files(self) -> dict[str, str]:
        """The file of each part; one with a `split_column` is that of several."""
        if self.path and self.split_column:
            return dict.fromkeys(self.parts or NAMES, self.path)
        found = {"train": self.path or self.train, "validation": self.validation, "test": self.test}
        return {part: file for part, file in found.items() if file}

    def option(self, part: str) -> str:
        """The option that names the file of a part."""
        return "path" if self.path else part

    def tables(self) -> Tables:
        used: dict[str, tuple[str | int, ...]] = {}
        used |= {name: ("numeric", place) for place, name in enumerate(self.numeric)}
        used |= dict.fromkeys(self.categorical, ("categorical",))
        used |= dict.fromkeys(self.target, ("target",))
        return Tables(
            self.files, used, self.split_column, self.delimiter, self.columns, strips=True
        )

    @property
    def counts(self) -> Mapping[str, int | None]:
        """The categorical columns, with how many different values the spec says they have."""
        return self.categorical

    @property
    def markers(self) -> frozenset[str]:
        """The cells that stand for a number that is not known."""
        return frozenset((EMPTY, *self.missing))

    def sized(self, counts: Mapping[str, int | None]) -> Self:
        """The same source, with how many different values the columns have."""
        return self.model_copy(update={"categorical": dict(counts)})

    def section(self, classes: tuple[str, ...] | None = None) -> Section:
        names: Value = Items(classes) if classes else None
        return Section(
            "sources/table.py.jinja",
            (
                *((part, self.files.get(part)) for part in NAMES),
                ("numeric", Items(self.numeric) if self.numeric else None),
                (
                    "categorical",
                    Table(tuple(self.categorical.items())) if self.categorical else None,
                ),
                ("target", Items(self.target) if len(self.target) > 1 else self.target[0]),
                ("several", len(self.target) > 1),
                ("missing", Items(tuple(sorted(self.markers)))),
                ("delimiter", None if self.delimiter == "," else self.delimiter),
                ("columns", Items(self.columns) if self.columns else None),
                ("split_column", self.split_column),
                ("classes", names),
            ),
        )

    def known(self) -> Known:
        return Known(
            dict.fromkeys(self.files),
            (len(self.numeric),) if self.numeric else None,
            "float32",
            target_shape=(len(self.target),) if len(self.target) > 1 else (),
            origin="CSV files",
        )
