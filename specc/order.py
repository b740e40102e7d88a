"""The order in which the items of a list can be built."""

from collections.abc import Mapping
from heapq import heappop, heappush

from specc.wired import Wired


def in_order(wired: list[Wired]) -> tuple[tuple[Wired, ...], list[list[Wired]]]:
    """The items as they are written, but for those that wait for others; and the cycles.

    The items of a cycle lose their sources.
    """
    places = {each.name: place for place, each in enumerate(wired)}
    if _can_be_built(wired, places):
        return tuple(wired), []
    waiting = {each.name: {name for name in each.needs if name in places} for each in wired}
    users = _users(waiting)
    ready = [places[name] for name, needs in waiting.items() if not needs]
    ordered: list[Wired] = []
    rings: list[list[Wired]] = []
    while waiting:
        if not ready:
            found = [wired[places[name]] for name in _ring(waiting)]
            rings.append(found)
            for each in found:
                place = places[each.name]
                wired[place] = Wired(each.item, each.name, None)
                waiting[each.name] = set()
                ready.append(place)
            ready.sort()
        each = wired[heappop(ready)]
        ordered.append(each)
        del waiting[each.name]
        for user in users.get(each.name, ()):
            if each.name in waiting.get(user, ()):
                waiting[user].discard(each.name)
                if not waiting[user]:
                    heappush(ready, places[user])
    return tuple(ordered), rings


def _users(waiting: Mapping[str, set[str]]) -> Mapping[str, list[str]]:
    """The names that wait for each name."""
    users: dict[str, list[str]] = {}
    for name, needs in waiting.items():
        for need in needs:
            users.setdefault(need, []).append(name)
    return users


def _can_be_built(wired: list[Wired], own: Mapping[str, int]) -> bool:
    """Whether every item needs only what stands above it, or comes from an enclosing list."""
    seen: set[str] = set()
    for each in wired:
        if any(name in own and name not in seen for name in each.needs):
            return False
        seen.add(each.name)
    return True


def _ring(waiting: Mapping[str, set[str]]) -> list[str]:
    """Names that wait for each other: each for the one behind it, the last for the first."""
    trail: list[str] = []
    seen: set[str] = set()
    name = next(iter(waiting))
    while name not in seen:
        trail.append(name)
        seen.add(name)
        name = min(need for need in waiting[name] if need in waiting)
    return trail[trail.index(name) :]
