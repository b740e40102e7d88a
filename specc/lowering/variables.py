"""Names of Python variables for the tensors of a model, as a person would choose them."""

import builtins
import keyword
import re
from collections.abc import Iterable, Sequence

from specc.items import Again
from specc.taken import TAKEN
from specc.wired import Scope, Source, Wired


class Variables:
    """The variables of one function; a name is given out once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {*TAKEN, *taken}

    def fresh(self, wish: str) -> str:
        """The wished name, as Python and the rest of the function allow it."""
        name = re.sub(r"[^A-Za-z0-9_]", "_", wish)
        if keyword.iskeyword(name) or hasattr(builtins, name) or name in self._taken:
            name = f"{name}_output"
        count = 1
        free = name
        while free in self._taken:
            count += 1
            free = f"{name}_{count}"
        self._taken.add(free)
        return free


def flowing(scope: Scope, kept: frozenset[str]) -> frozenset[str]:
    """The names of items whose tensor only goes into the next one, and so needs no name.

    `kept` are those that are looked at from elsewhere.
    """
    items = scope.items
    users, pointed = _users(items), _pointed_at(items)
    found = set()
    for place, wired in enumerate(items):
        after = items[place + 1].name if place + 1 < len(items) else None
        only_next = all(user == after for user in users.get(wired.name, ()))
        if only_next and wired.name not in kept | pointed:
            found.add(wired.name)
    return frozenset(found)


def read_once(scope: Scope, entry: str) -> bool:
    """Whether only the first item looks at what comes in."""
    users = _users(scope.items).get(entry, [])
    return users in ([], [scope.items[0].name] if scope.items else [])


def called_again(scope: Scope) -> frozenset[str]:
    """The names of items that are called again, in the scope or inside of it."""
    found = set()
    for wired in scope.items:
        if isinstance(wired.item, Again):
            found.add(wired.item.layer.text)
        if wired.inner is not None:
            found |= called_again(wired.inner)
    return frozenset(found)


def _users(items: Sequence[Wired]) -> dict[str, list[str]]:
    users: dict[str, list[str]] = {}
    for wired in items:
        called = wired.item.layer.text if isinstance(wired.item, Again) else None
        for name in {*wired.needs} - {called}:
            users.setdefault(name, []).append(wired.name)
    return users


def _pointed_at(items: Sequence[Wired]) -> frozenset[str]:
    """The names that the spec writes to say where a tensor comes from."""
    written = (each for wired in items if wired.item.sources is not None for each in _given(wired))
    wanted = (each for wired in items for given in wired.wanted.values() for each in given)
    return frozenset(source.name for source in (*written, *wanted))


def _given(wired: Wired) -> tuple[Source, ...]:
    return wired.sources or ()
