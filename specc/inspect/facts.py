"""What is known about the data of a spec, and where it is known from."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import NamedTuple

from specc.inspect.words import Words
from specc.source import Path
from specc.tensor import Shape, Tensor

Range = tuple[float, float]
Sizes = Mapping[str, int | None]
NOTHING: Sizes = MappingProxyType({})


class Folder(NamedTuple):
    """The files of one part: `classes` are its class folders, sorted, with their files.

    Left out are hidden folders, and `artefacts`, the remains of archives such as `__MACOSX`.
    """

    part: str
    path: Path  # where the spec names it
    place: FilePath  # where it is, as the spec and `--data-dir` say
    real: FilePath  # where that leads, through all links
    classes: tuple[tuple[str, int], ...]
    artefacts: tuple[str, ...] = ()
    strays: int = 0  # files outside the class folders, which nobody reads
    skipped: int = 0  # pipes, broken links and other things named like such files
    suffixes: frozenset[str] = frozenset()
    first: tuple[int, int] | None = None  # height and width of the first image whose header says

    @property
    def files(self) -> int:
        return sum(count for _, count in self.classes)

    @property
    def empty(self) -> tuple[str, ...]:
        """Class folders without an image."""
        return tuple(name for name, count in self.classes if count == 0)


class Missing(NamedTuple):
    """A file or folder that the spec names and that cannot be used; `reason` completes "it …"."""

    path: Path
    place: FilePath
    reason: str = "does not exist"


A_FOLDER, A_FILE = "is a folder, expected a file", "is a file, expected a folder"


def not_a_file(place: FilePath) -> str:
    """Why nothing can be read from there."""
    if os.path.isdir(place):
        return A_FOLDER
    return "is not a file" if os.path.exists(place) else "does not exist"


def not_a_folder(place: FilePath) -> str:
    """Why there is nothing inside."""
    if os.path.isfile(place):
        return A_FILE
    return "is no folder" if os.path.exists(place) else "does not exist"


class Series(NamedTuple):
    """A time series: its steps, and for each column the step at which it first changes."""

    steps: int
    changes: tuple[int | None, ...]


class Column(NamedTuple):
    """A column of a table; of one that could not be read only its name and `values` are known."""

    name: str
    path: Path  # where the spec names it
    numeric: bool
    values: int | None = None  # how many different ones it has; of numbers, known ones
    missing: Mapping[str, int] = MappingProxyType({})  # rows without a value, by part
    distinct: bool = False  # whether each row has another whole number, or another text
    is_target: bool = False  # whether it always tells the target


@dataclass(frozen=True)
class Facts:
    """What the source delivers, before preprocessing; None is unknown.

    `labels` is `integer`, `one_hot`, `multi_hot`, `real` or `text`; two classes are `integer`
    labels with `classes == 2`. Parts stand in the order train, validation, test.
    """

    source: str = ""  # the word of the source; empty without one
    given: Sizes = field(default_factory=dict)  # the parts that the source gives, and their rows
    parts: Sizes = field(default_factory=dict)  # the parts after splitting, and their rows
    shape: Shape | None = None
    dtype: str | None = None
    labels: str | None = None
    classes: int | None = None
    class_names: tuple[str, ...] = ()
    range: Range | None = None
    ranges: Mapping[str, Range] = field(default_factory=dict)  # by part, where declared so
    standardised: bool | None = None  # whether the inputs have about mean 0 and variance 1
    target_range: Range | None = None
    target_shape: Shape | None = None  # () for one number or class per row
    vocabulary: int | None = None  # number of different integers in sequences: all are below it
    ordered: bool | None = None  # whether rows of one class stand together
    balance: tuple[int, ...] = ()  # training rows per class, before splitting
    shards: int | None = None  # files of the training part, where whole files are shared out
    present: bool = True  # whether everything that the source reads is there
    origins: Mapping[str, str] = field(default_factory=dict)
    folders: tuple[Folder, ...] = ()
    series: Series | None = None
    columns: tuple[Column, ...] = ()  # of a table, numbers first
    groups: int | None = None  # different ones in the training part, before splitting
    weights: Range | None = None  # the smallest of a row, and the smallest that a part has at most
    inputs: Mapping[str, "Facts"] = field(default_factory=dict)  # of each that has a name, and
    targets: Mapping[str, "Facts"] = field(default_factory=dict)  # likewise
    missing: tuple[Missing, ...] = ()
    texts: Words | None = None  # those of the training part, or some of them

    @property
    def tensor(self) -> Tensor | None:
        """One row as the source delivers it."""
        return None if self.shape is None else Tensor(self.shape, self.dtype or "float32")

    @property
    def train_rows(self) -> int | None:
        """Rows that `fit` trains on, after splitting."""
        return self.parts.get("train")

    def origin(self, fact: str) -> str:
        """Where a fact is known from: `keras dataset mnist`; empty for an unknown one.

        `samples` is the origin of `given` and `parts`.
        """
        return self.origins.get(fact, "")
