"""What every thing named after a Keras class has in common: how it is declared."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, PrivateAttr

from specc.values import Call, Items, Table, Value

STRICT = ConfigDict(
    extra="forbid", frozen=True, strict=True, allow_inf_nan=False, protected_namespaces=(),
    defer_build=True,  # only the models that a spec uses cost anything
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Of:
    """Marks an option that holds an object of a family: `Annotated[Any, Of("initializers")]`.

    With `many` the option is a list of such objects, with `or_many` one or a list; with `number`
    a plain number will do.
    """

    family: str
    many: bool = False
    number: bool = False
    or_many: bool = False


@dataclass(frozen=True, slots=True)
class Each:
    """Marks an option that holds sections by their names: `Annotated[Any, Each(Feature)]`.

    With `flag` true or false will do; `example` is one as YAML text.
    """

    section: type[BaseModel]
    example: str
    flag: bool = False


class Kind(BaseModel):
    """One Keras class, declared once: its options carry Keras' names and Keras' defaults.

    The fields of a subclass stand in the order of the Keras signature, so the first one is
    what `Name: value` sets.
    """

    model_config = STRICT

    family: ClassVar[str] = ""
    module: ClassVar[str] = ""  # where Keras keeps the class: `keras.layers`
    words: ClassVar[tuple[str, ...]] = ()  # Keras' string shortcuts for it: `mse`
    word_only: ClassVar[bool] = False  # whether the words are the only way to write it
    common: ClassVar[frozenset[str]] = frozenset()  # options of the family's base class
    first_by_position: ClassVar[bool] = False  # as `L2(0.001)`, though it has a default
    habits: ClassVar[Mapping[str, str]] = {}  # what people call options, with key or phrase
    at_call: ClassVar[frozenset[str]] = frozenset()  # options that the constructor lacks

    _word: str | None = PrivateAttr(default=None)
    _bound: Mapping[str, Value] | None = PrivateAttr(default=None)

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        _forget_class_variables(cls)

    @classmethod
    def options(cls) -> tuple[str, ...]:
        """Names of the kind's own options in the order of the Keras signature."""
        return tuple(name for name in cls.model_fields if name not in cls.common)

    @classmethod
    def held(cls) -> Mapping[str, Of]:
        """The options that hold objects of a family."""
        return marks(cls)

    @classmethod
    def class_path(cls) -> str:
        return f"{cls.module}.{cls.__name__}"

    @property
    def word(self) -> str | None:
        """The string shortcut that the spec wrote instead of the class name."""
        return self._word or (self.words[0] if self.word_only else None)

    @property
    def called(self) -> str:
        """What the spec calls it: the shortcut, or the name of its class."""
        return self.word or type(self).__name__

    def written_as(self, word: str) -> Self:
        """The same object, remembered under the string shortcut that the spec used."""
        twin = self.model_copy()
        twin._word = word
        return twin

    def bound_to(self, parameters: Mapping[str, Value]) -> Self:
        """The same object, with options that are parameters of a block where it is printed."""
        twin = self.model_copy()
        twin._bound = dict(parameters)
        return twin

    @property
    def bound(self) -> Mapping[str, Value]:
        """What stands for the options that depend on parameters of the block."""
        return self._bound or {}

    def extra_options(self) -> Iterator[tuple[str, Any]]:
        """Options that are printed though they are no fields; none for most kinds."""
        return iter(())

    def spelled(self) -> Value:
        """How Keras spells this object: its word, or the call without options at defaults."""
        return self.word if self.word is not None else self.call()

    def call(self) -> Call:
        """The constructor call: leading required options by position, the rest by name.

        Options at their default are left out.
        """
        args: list[Value] = []
        options: list[tuple[str, Value]] = []
        leading, by_position, bound = True, self.first_by_position, self.bound
        for name in (*self.options(), *sorted(self.common, key=_common_order)):
            if name in self.at_call:
                continue
            info = type(self).model_fields[name]
            given = bound.get(name, getattr(self, name))
            by_default = name not in bound and is_default(given, info.default)
            written = info.is_required() or not by_default
            leading = leading and written and (info.is_required() or by_position)
            by_position = False
            if leading:
                args.append(as_value(given))
            elif written:
                options.append((name, as_value(given)))
        options.extend((name, as_value(given)) for name, given in self.extra_options())
        return Call(self.class_path(), tuple(args), tuple(options))


def _forget_class_variables(kind: type[Kind]) -> None:
    """Pydantic knows their names, and would evaluate their annotations again for each subclass.

    That was a twentieth of the time of a check.
    """
    for name in kind.__class_vars__:
        kind.__annotations__.pop(name, None)


_forget_class_variables(Kind)


def _common_order(name: str) -> tuple[bool, str]:
    return name != "name", name


@cache
def marks(cls: type[BaseModel]) -> Mapping[str, Of]:
    """The fields of a model that hold objects of a family."""
    fields = cls.model_fields.items()
    found = ((name, mark) for name, info in fields for mark in info.metadata)
    return {name: mark for name, mark in found if isinstance(mark, Of)}


def sections(cls: type[BaseModel]) -> Mapping[str, Each]:
    """The fields of a model that hold sections by their names."""
    fields = cls.model_fields.items()
    found = ((name, mark) for name, info in fields for mark in info.metadata)
    return {name: mark for name, mark in found if isinstance(mark, Each)}


def is_default(value: Any, default: Any) -> bool:
    """Whether Keras reads `value` as its default: `2` is `(2, 2)`, `glorot_uniform` its class."""
    if isinstance(value, Kind):
        by_word = value.word is not None and value.word == default
        return by_word or (value.word is None and _is_plain(value, default))
    if isinstance(default, tuple) and isinstance(value, int):
        return all(part == value for part in default)
    return bool(value == default and type(value) is not bool) or value is default


def _is_plain(value: Kind, default: Any) -> bool:
    return default in (*value.words, type(value).__name__) and value == type(value)()


def as_value(given: Any) -> Value:
    """An option's value as the program holds it."""
    match given:
        case Kind():
            return given.spelled()
        case list():
            return Items(tuple(as_value(item) for item in given))
        case tuple():
            return tuple(as_value(item) for item in given)
        case dict():
            return Table(tuple((key, as_value(item)) for key, item in given.items()))
        case _:
            return given  # type: ignore[no-any-return]


def snake_case(name: str) -> str:
    """The name that Keras makes of a class name: `binary_io_u` of `BinaryIoU`."""
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
