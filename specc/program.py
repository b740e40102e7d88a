"""The program that both back ends read: plain, frozen data without behaviour."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


class Ratio(float):
    """A fraction of two integers that is printed as it was written: `1 / 255`."""

    numerator: int
    denominator: int

    def __new__(cls, numerator: int, denominator: int) -> "Ratio":
        self = super().__new__(cls, numerator / denominator)
        self.numerator, self.denominator = numerator, denominator
        return self

    def __repr__(self) -> str:
        return f"{self.numerator} / {self.denominator}"

    def __getnewargs__(self) -> tuple[int, int]:  # type: ignore[override]
        return self.numerator, self.denominator


@dataclass(frozen=True, slots=True)
class Ref:
    """The value of a name of the program: a constant such as `SEED`, or an earlier step."""

    name: str


@dataclass(frozen=True, slots=True)
class Under:
    """A path under the folder that the script writes to: `output / "best.keras"`."""

    path: str


@dataclass(frozen=True, slots=True)
class Call:
    """`target(*args, **options)`, for example `layers.Dense(10, activation="softmax")`.

    `target` is the dotted name with its module in full: `keras.layers.Dense`.
    """

    target: str
    args: tuple["Value", ...] = ()
    options: tuple[tuple[str, "Value"], ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A Python list."""

    values: tuple["Value", ...]

    def __iter__(self) -> Iterator["Value"]:
        return iter(self.values)


@dataclass(frozen=True, slots=True)
class Table:
    """A Python dict with string or integer keys."""

    rows: tuple[tuple[str | int, "Value"], ...]


Value = (
    None | bool | int | float | str | tuple[Any, ...] | Ratio | Ref | Under | Call | Items | Table
)


@dataclass(frozen=True, slots=True)
class Step:
    """`name = call(inputs…)`: one layer of the model; `note` is printed as a comment."""

    name: str
    call: Call
    inputs: tuple[str, ...] = ()
    note: str = ""
    learns: bool = False  # from the training part, before the model is trained


@dataclass(frozen=True, slots=True)
class Model:
    """The layers in order; `sequential` ones feed each other and are printed as a list."""

    name: str
    steps: tuple[Step, ...]
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    sequential: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the script with a template of its own, and the values it prints."""

    template: str
    values: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Program:
    """Everything that a training script does; `data` and `training` are absent where the
    spec leaves them out, and then only the model can be built."""

    name: str
    description: str
    digest: str
    language: int
    seed: int
    model: Model
    compile: Call
    data: "DataPlan | None" = None
    training: "TrainingPlan | None" = None


@dataclass(frozen=True, slots=True)
class DataPlan:
    """How the parts are read, split, encoded, preprocessed and batched."""

    source: Section
    batch_size: int
    given: str  # how the source encodes labels: integer, one_hot, multi_hot or real
    labels: str  # how the loss takes them: integer, one_hot, column or own, which is as given
    classes: int | None
    input: tuple[int | None, ...]  # what the source delivers, without the batch axis
    dtype: str
    preprocess: tuple[Step, ...]
    splits: tuple[tuple[str, float | int], ...]  # (part, share of the training part to cut off)
    stratify: bool
    shuffle: bool
    parts: tuple[str, ...]  # those that exist in the end, in the order train, validation, test


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """What `fit` is told beyond the data."""

    epochs: int
    steps_per_epoch: int | None = None
    class_weight: Value = None  # None, "balanced" or a Table
    callbacks: tuple[Call, ...] = field(default=())
    pictures: tuple[Section, ...] = field(default=())
