"""The values that a program is made of: a closed set, and all that a kind needs of it."""

from collections.abc import Iterator
from dataclasses import dataclass
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
    """A path under the folder that the script writes to: `output / "best.keras"`.

    With `filled` Keras fills in the names in braces, and the folder's own braces are doubled.
    `base` is another folder than that for results.
    """

    path: str
    filled: bool = False
    base: str = "output"


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


@dataclass(frozen=True, slots=True)
class Apply:
    """`layer(*args, **options)`: a layer, made here or named, at work on tensors."""

    layer: "Call | Ref"
    args: tuple["Value", ...] = ()
    options: tuple[tuple[str, "Value"], ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A text with values of names in it: `f"{name}_conv_{i}"`."""

    parts: tuple[str | Ref, ...]


Value = (
    None
    | bool
    | int
    | float
    | str
    | tuple[Any, ...]
    | Ratio
    | Ref
    | Under
    | Call
    | Items
    | Table
    | Apply
    | Text
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the script with a template of its own, and the values it prints."""

    template: str
    values: tuple[tuple[str, Value], ...] = ()
