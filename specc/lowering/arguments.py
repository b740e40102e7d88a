"""What the uses of a block give, as the layers of the block read it."""

from collections.abc import Iterator
from typing import Any

from specc.items import LayerItem, Repeat, Use
from specc.kind import Kind, as_value
from specc.options import ratio
from specc.program import Ref, Value
from specc.wired import Scope


def argument(scope: Scope, parameter: str, given: Any) -> Value:
    """The value of an argument as the layers of this use read it: lists as tuples, and so on."""
    found = next(_read(scope, parameter), None)
    return _literal(given) if found is None else found


def default(scope: Scope, parameter: str, given: Any) -> Value:
    """The value of a default, in the form of those that uses give."""
    fraction = ratio(given)
    if fraction is not None and isinstance(next(_read(scope, parameter), None), float):
        return fraction
    return _literal(given)


def _literal(given: Any) -> Value:
    return as_value(tuple(map(_literal, given)) if isinstance(given, list) else given)


def _read(scope: Scope, parameter: str) -> Iterator[Value]:
    """The values of the options that a parameter of a block is for."""
    for wired in scope.items:
        match wired.item:
            case LayerItem(kind=kind) if kind is not None:
                yield from _of_kind(kind, parameter)
            case Use(bound=bound) if wired.inner is not None:
                inner = [name for name, value in bound.items() if value == Ref(parameter)]
                for name in inner:
                    yield from _read(wired.inner, name)
            case Repeat() if wired.inner is not None:
                yield from _read(wired.inner, parameter)


def _of_kind(kind: Kind, parameter: str) -> Iterator[Value]:
    for option, value in kind.bound.items():
        if value == Ref(parameter):
            yield as_value(getattr(kind, option))
    for option in kind.held():
        held = getattr(kind, option)
        for each in held if isinstance(held, tuple) else (held,):
            if isinstance(each, Kind):
                yield from _of_kind(each, parameter)
