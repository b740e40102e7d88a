"""Arrays in NumPy's own files."""

from typing import Annotated, Self

from pydantic import PlainValidator, model_validator

from specc.data.base import Known, Location, Source
from specc.data.parts import NAMES
from specc.kind import expected, mistake
from specc.values import Section, Value

FAMILY = "sources"


def _pair(value: object) -> tuple[str, str]:
    match value:
        case (str(x), str(y)) if x and y:
            return x, y
    raise expected("two names, `[x, y]`")


Pair = Annotated[tuple[str, str], PlainValidator(_pair)]


class Arrays(Source):
    """Inputs and targets from one `.npz` file, or from `.npy` files where there is no `path`.

    A part is `[x, y]`: two arrays of the `.npz` file, or two `.npy` files. `x` and `y` alone are
    one set of rows, to be split.
    """

    words = ("arrays",)
    word_only = True

    path: Location | None = None
    x: Location | None = None
    y: Location | None = None
    train: Pair | None = None
    validation: Pair | None = None
    test: Pair | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.train and (self.x or self.y):
            raise mistake("F017", "names the training rows twice", "remove `x` and `y`")
        if (self.x is None) != (self.y is None):
            missing = "y" if self.y is None else "x"
            raise mistake("F012", f"needs `{missing}`", f"add `{missing}: …`")
        if self.path is None and self.train is None and self.x is None:
            help = "write `{path: data.npz}` or `{train: [x.npy, y.npy]}`"
            raise mistake("F012", "names no arrays", help)
        if self.path is not None and not self.path.lower().endswith(".npz"):
            help = "for `.npy` files write `{x: x.npy, y: y.npy}`"
            raise mistake("F014", "reads several arrays from an `.npz` file only", help)
        return self

    def pairs(self) -> dict[str, tuple[str, str]]:
        """The names of x and y of each part."""
        alone = (self.x or "x", self.y or "y")
        found = {"train": self.train or alone, "validation": self.validation, "test": self.test}
        return {part: pair for part, pair in found.items() if pair}

    def option(self, part: str, index: int) -> tuple[str | int, ...]:
        """Where the spec names x (0) or y (1) of a part, from the source's own path."""
        if getattr(self, part):
            return part, index
        if self.x:
            return ("xy"[index],)
        return ("path",)

    def section(self, classes: tuple[str, ...] | None = None) -> Section:
        pairs = self.pairs()
        parts: tuple[tuple[str, Value], ...] = tuple((part, pairs.get(part)) for part in NAMES)
        if self.path is None:
            return Section("sources/arrays_npy.py.jinja", parts)
        return Section("sources/arrays_npz.py.jinja", (("path", self.path), *parts))

    def known(self) -> Known:
        return Known(dict.fromkeys(self.pairs()))
