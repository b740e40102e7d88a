"""The data sets that Keras and scikit-learn bring along."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from specc.data.base import Known, Location, Source
from specc.data.catalogue import COARSE, KERAS, PREFIXES, REFUSED, SKLEARN, DataSet
from specc.options import Positive, mistake
from specc.values import Call, Items, Ref, Section, Value

FAMILY = "sources"
KerasName = Literal[
    "mnist", "fashion_mnist", "cifar10", "cifar100", "imdb", "reuters", "boston_housing",
    "california_housing",
]  # fmt: skip
SklearnName = Literal["digits", "breast_cancer", "diabetes", "iris", "linnerud", "wine"]
Index = Annotated[int, Field(ge=0)]
TestShare = Annotated[float, Field(gt=0, lt=1)]
LOADED = (
    "num_words", "skip_top", "maxlen", "version", "label_mode", "test_split", "seed",
    "start_char", "oov_char", "index_from",
)  # fmt: skip
KERAS_DEFAULTS = {
    "test_split": 0.2, "seed": 113, "start_char": 1, "oov_char": 2, "index_from": 3,
}  # fmt: skip
ROWS = ("x", "y")
PARTS = ("x_train", "y_train", "x_test", "y_test")
SMALL_HOUSING = 600  # rows of `version: small`
ARCHIVES = (".gz", ".tgz", ".tar", ".zip")


class Dataset(Source):
    """One data set by its name; `path` reads a local copy instead of downloading it.

    Sequences are padded at the front, to `sequence_length` or to the longest of their part; where
    `CategoryEncoding` makes one vector of each, they keep their own length.
    """

    words = ("dataset",)
    word_only = True

    keras: KerasName | None = None
    sklearn: SklearnName | None = None
    path: Location | None = None
    num_words: Positive | None = None
    sequence_length: Positive | None = None
    skip_top: Index | None = None
    maxlen: Positive | None = None
    version: Literal["small", "large"] | None = None
    label_mode: Literal["fine", "coarse"] | None = None
    test_split: TestShare | None = None
    seed: Annotated[int, Field(ge=0, lt=2**32)] | None = None
    start_char: Index | None = None
    oov_char: Index | None = None
    index_from: Index | None = None

    @field_validator("sklearn", mode="before")
    @classmethod
    def _described(cls, value: Any) -> Any:
        """Refuses what scikit-learn has and no spec can name, with the reason."""
        name = _without_prefix(value)
        if isinstance(name, str) and name in REFUSED:
            reason, help = REFUSED[name]
            raise mistake("F024", f"cannot be `{value}`: {reason}", help)
        if name != value and name in SKLEARN:
            raise mistake("F015", f"cannot be `{value}`", f"write `{name}`")
        return value

    @field_validator("sklearn")
    @classmethod
    def _one_library(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None and info.data.get("keras") is not None:
            raise mistake("F017", "names two data sets", "remove `keras` or `sklearn`")
        return value

    @field_validator("path")
    @classmethod
    def _copied(cls, value: str | None, info: ValidationInfo) -> str | None:
        found = _found(info.data)
        if value is not None and found and not found[1].local:
            help = "remove `path`"
            raise mistake(
                "F017", f"has no copy of `{found[0]}`, which comes with scikit-learn", help
            )
        if value is not None and found and value.lower().endswith(ARCHIVES):
            help = "unpack it, and give the folder of its files"
            raise mistake("F014", "unpacks no archives", help)
        return value

    @field_validator(*LOADED, "sequence_length")
    @classmethod
    def _taken(cls, value: Any, info: ValidationInfo) -> Any:
        found = _found(info.data)
        if value is not None and found and info.field_name not in found[1].options:
            raise mistake("F010", f"has no option `{info.field_name}` with `{found[0]}`")
        return value

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.keras is None and self.sklearn is None:
            help = "write `keras: mnist`, `sklearn: digits` or another name"
            raise mistake("F012", "names no data set", help)
        if self.path and "num_words" in self._entry.options and not self.num_words:
            help = "add `num_words: 10000` or another size of the vocabulary"
            raise mistake("F012", "needs `num_words` to read a local copy", help)
        return self

    @property
    def name(self) -> str:
        return self.keras or self.sklearn or ""

    @property
    def _entry(self) -> DataSet:
        return KERAS[self.keras] if self.keras else SKLEARN[self.name]

    @property
    def reads_folder(self) -> bool:
        """Whether the local copy is a folder of the original files."""
        path = (self.path or "").lower()
        return self._entry.folder is not None and not path.endswith(".npz")

    @property
    def files(self) -> tuple[str, ...]:
        """The original files of the data set, where it may be a folder of them."""
        return self._entry.folder.names if self._entry.folder else ()

    @property
    def arrays(self) -> tuple[str, ...]:
        """The arrays in an `.npz` file of the data set."""
        return ROWS if self._entry.local in ("npz_table", "pickled_rows") else PARTS

    def known(self) -> Known:
        base = self._entry.known
        library = "keras" if self.keras else "sklearn"
        return base._replace(
            parts=self._parts(base),
            shape=(self.sequence_length,) if base.shape == (None,) else base.shape,
            classes=20 if self.label_mode == "coarse" else base.classes,
            class_names=COARSE if self.label_mode == "coarse" else base.class_names,
            balance=self._balance(base),
            vocabulary=self.num_words,
            origin=f"{library} dataset {self.name}",
        )

    def _balance(self, base: Known) -> tuple[int, ...]:
        if self.maxlen:
            return ()
        return (2500,) * 20 if self.label_mode == "coarse" else base.balance

    def _parts(self, base: Known) -> Mapping[str, int | None]:
        if self.maxlen:
            return dict.fromkeys(base.parts)
        if "test_split" not in self._entry.options:
            return base.parts
        return self.shared_out(sum(rows or 0 for rows in base.parts.values()))

    def shared_out(self, rows: int) -> dict[str, int | None]:
        """Rows of each part of a data set that comes as one set of so many."""
        rows = min(rows, SMALL_HOUSING) if self.version == "small" else rows
        train = int(rows * (1 - self._given("test_split")))
        return {"train": train, "test": rows - train}

    def section(self, classes: tuple[str, ...] | None = None) -> Section:
        if self.sklearn:
            return Section(f"sources/{self._entry.template}.py.jinja", self._sklearn())
        if self.path is None:
            return Section(f"sources/{self._entry.template}.py.jinja", self._loaded())
        folder = self._entry.folder if self.reads_folder else None
        template = folder.template if folder else self._entry.local
        return Section(f"sources/{template}.py.jinja", tuple(self._local()))

    def _sklearn(self) -> tuple[tuple[str, Value], ...]:
        loader = f"load_{self.sklearn}"
        both = () if self.sklearn == "digits" else (("return_X_y", True),)
        return ("loader", Ref(loader)), ("call", Call(loader, options=both))

    def _loaded(self) -> tuple[tuple[str, Value], ...]:
        options = ((name, getattr(self, name)) for name in LOADED)
        given = tuple((name, value) for name, value in options if value is not None)
        call = Call(f"keras.datasets.{self.keras}.load_data", options=given)
        return ("call", call), ("sequence_length", self.sequence_length)

    def _local(self) -> Iterator[tuple[str, Value]]:
        """Values for reading a local copy as Keras' own loader would."""
        yield "path", self.path
        yield "loader", Ref(f"keras.datasets.{self.keras}.load_data")
        yield "rows", SMALL_HOUSING if self.version == "small" else None
        yield "num_words", self.num_words
        yield "sequence_length", self.sequence_length
        yield "skip_top", self.skip_top or None
        yield "maxlen", self.maxlen
        several = "label_mode" in self._entry.options
        yield "labels", f"{self.label_mode or 'fine'}_labels" if several else "labels"
        yield "train", Items(self.files[:-1])
        yield "test", Items(self.files[-1:])
        for option in KERAS_DEFAULTS:
            yield option, self._given(option)

    def _given(self, option: str) -> Any:
        value = getattr(self, option)
        return KERAS_DEFAULTS[option] if value is None else value


def _without_prefix(value: Any) -> Any:
    """`iris` of `load_iris`."""
    prefix = next((each for each in PREFIXES if str(value).startswith(each)), "")
    return value.removeprefix(prefix) if isinstance(value, str) else value


def _found(given: dict[str, Any]) -> tuple[str, DataSet] | None:
    """The data set that the options before this one name."""
    for table, library in ((KERAS, "keras"), (SKLEARN, "sklearn")):
        name = given.get(library)
        if name is not None:
            return name, table[name]
    return None
