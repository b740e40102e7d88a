"""Parameters of blocks in plain data: `$name` with the value that it has in one use."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from specc.values import Items, Ref, Table, Value


@dataclass(frozen=True, slots=True)
class Bound:
    """The value of a parameter, which stands where the block says `$name`."""

    name: str
    value: Any


def bind(data: Any, arguments: Mapping[str, Any]) -> Any:
    """The data with each `$name` bound to its argument, and each `$$` read as a dollar.

    A `$name` that is no parameter is left as it is.
    """
    match data:
        case str() if data.startswith("$$"):
            return data[1:]
        case str() if data.startswith("$") and data[1:] in arguments:
            return Bound(data[1:], arguments[data[1:]])
        case list():
            return [bind(item, arguments) for item in data]
        case dict():
            return {key: bind(item, arguments) for key, item in data.items()}
        case _:
            return data


def is_bound(data: Any) -> bool:
    """Whether a parameter stands in the data."""
    match data:
        case Bound():
            return True
        case list():
            return any(map(is_bound, data))
        case dict():
            return any(map(is_bound, data.values()))
        case _:
            return False


def unbound(data: Any) -> Any:
    """The data with every parameter replaced by its value."""
    match data:
        case Bound():
            return unbound(data.value)
        case list():
            return [unbound(item) for item in data]
        case dict():
            return {key: unbound(item) for key, item in data.items()}
        case _:
            return data


def symbolic(data: Any) -> Value:
    """The value that the program holds for data with parameters in it."""
    match data:
        case Bound(name):
            return Ref(name)
        case list():
            return tuple(symbolic(item) for item in data)
        case dict():
            return Table(tuple((key, _inside(item)) for key, item in data.items()))
        case _:
            return data  # type: ignore[no-any-return]


def _inside(data: Any) -> Value:
    """What stands in a mapping, where a list is a list."""
    return Items(tuple(map(_inside, data))) if isinstance(data, list) else symbolic(data)


def freeze(value: Any) -> Any:
    """Lists as tuples, all the way down."""
    return tuple(freeze(item) for item in value) if isinstance(value, list) else value
