"""How many layers of a placed model stand for an item of a spec."""

from collections.abc import Mapping

from specc.items import Again, Repeat, Use
from specc.wired import Scope, Wired


def sizes(scope: Scope, known: Mapping[str, int]) -> dict[str, int]:
    """The number of nodes of each item, by its name; `known` are those of the scopes around."""
    found = dict(known)
    for wired in scope.items:
        found[wired.name] = _size(wired, found)
    return found


def _size(wired: Wired, known: Mapping[str, int]) -> int:
    match wired.item:
        case Again(layer=layer):
            return known[layer.text]
        case Repeat(times=times) if wired.inner is not None:
            return times * _total(wired.inner, known)
        case Use() if wired.inner is not None:
            return _total(wired.inner, known)
        case _:
            return 1


def _total(scope: Scope, known: Mapping[str, int]) -> int:
    found = sizes(scope, known)
    return sum(found[wired.name] for wired in scope.items)
