"""Arrays in NumPy's own files."""

from typing import Annotated, Self

from pydantic import PlainValidator, model_validator

from specc.data.base import Known, Location, Source
from specc.data.parts import NAMES
from specc.options import expected, mistake
from specc.values import Section, Table, Value

FAMILY = "sources"


Named = str | dict[str, str]  # an array, or one for each input or output by its name


def _named(value: object) -> Named:
    each = value.values() if isinstance(value, dict) else (value,)
    if not each or not all(isinstance(name, str) and name.strip("\0 ") for name in each):
        raise expected("the name of an array, or `{input: name}` for several")
    return value  # type: ignore[return-value]


def _pair(value: object) -> tuple[Named, Named]:
    match value:
        case (str() | dict() as x, str() | dict() as y) if x and y:
            return _named(x), _named(y)
        case {"x": str() as x, "y": str() as y}:
            raise expected("two names, `[x, y]`", f"write `[{x}, {y}]`")
    raise expected("two names, `[x, y]`", "write `[x, y]`, the array of inputs and that of targets")


Names = Annotated[Named, PlainValidator(_named)]
Pair = Annotated[tuple[Named, Named], PlainValidator(_pair)]


class Arrays(Source):
    """Inputs and targets from one `.npz` file, or from `.npy` files where there is no `path`.

    A part is `[x, y]`: two arrays of the `.npz` file, or two `.npy` files. `x` and `y` alone are
    one set of rows, to be split. For a model of several inputs or outputs, x and y map their
    names to arrays: `x: {photo: photos, age: ages}`.
    """

    words = ("arrays",)
    word_only = True

    habits = {
        f"{axis}_{word}": f"write `{part}: [x_{word}.npy, y_{word}.npy]`"
        for axis in "xy"
        for word, part in (
            ("train", "train"), ("test", "test"), ("val", "validation"), ("valid", "validation"),
        )
    }  # fmt: skip

    path: Location | None = None
    x: Names | None = None
    y: Names | None = None
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
        self._check_names()
        return self

    def _check_names(self) -> None:
        """Raises for a part that has other inputs or targets than the training part."""
        known = [_keys(each) for each in self.pairs()["train"]]
        for part, pair in self.pairs().items():
            for wanted, names in zip(known, pair, strict=True):
                if _keys(names) != wanted:
                    names_of = ", ".join(f"`{name}`" for name in sorted(wanted))
                    listed = names_of or "one array without a name"
                    help = f"give each part what `train` has: {listed}"
                    raise mistake("F017", f"gives `{part}` other arrays than `train`", help)

    @property
    def input_names(self) -> tuple[str, ...]:
        x, _ = self.pairs()["train"]
        return tuple(x) if isinstance(x, dict) else ()

    @property
    def target_names(self) -> tuple[str, ...]:
        _, y = self.pairs()["train"]
        return tuple(y) if isinstance(y, dict) else ()

    def pairs(self) -> dict[str, tuple[Named, Named]]:
        """The names of x and y of each part."""
        alone = (self.x or "x", self.y or "y")
        found = {"train": self.train or alone, "validation": self.validation, "test": self.test}
        return {part: pair for part, pair in found.items() if pair}

    def for_model(self, inputs: int, outputs: int) -> Self:
        of_x, of_y = (_only if count == 1 else _same for count in (inputs, outputs))
        pairs = {part: (of_x(x), of_y(y)) for part, (x, y) in self.pairs().items() if part}
        alone = {"x": of_x(self.x), "y": of_y(self.y)} if self.x and self.y else {}
        written = {part: pair for part, pair in pairs.items() if getattr(self, part)}
        return self.model_copy(update=written | alone)

    def option(self, part: str, index: int) -> tuple[str | int, ...]:
        """Where the spec names x (0) or y (1) of a part, from the source's own path."""
        if getattr(self, part):
            return part, index
        if self.x:
            return ("xy"[index],)
        return ("path",)

    def section(self, classes: tuple[str, ...] | None = None) -> Section:
        pairs = {part: tuple(map(_value, pair)) for part, pair in self.pairs().items()}
        parts: tuple[tuple[str, Value], ...] = (
            *((part, pairs.get(part)) for part in NAMES),
            ("several", bool(self.input_names or self.target_names)),
        )
        if self.path is None:
            return Section("sources/arrays_npy.py.jinja", parts)
        return Section("sources/arrays_npz.py.jinja", (("path", self.path), *parts))

    def known(self) -> Known:
        return Known(dict.fromkeys(self.pairs()))


def _keys(names: Named) -> frozenset[str]:
    return frozenset(names) if isinstance(names, dict) else frozenset()


def _value(names: Named) -> Value:
    return Table(tuple(names.items())) if isinstance(names, dict) else names


def _same(names: Named) -> Named:
    return names


def _only(names: Named) -> Named:
    return next(iter(names.values())) if isinstance(names, dict) else names
