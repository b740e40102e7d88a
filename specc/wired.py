"""Items that know where their inputs come from."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from specc.items import Again, Item

NAMELESS = "'"  # ends the names of items that cannot be meant: no spec can write it


class Source(NamedTuple):
    """An output of an item, by the item's name in its list or in one around it."""

    name: str
    output: int = 0


class Wired(NamedTuple):
    """An item that knows where its inputs come from.

    `sources` is None where a name is wrong, and empty for what takes the input of the model.
    `inner` are the items of a block or repetition, in an order that can be built.
    """

    item: Item
    name: str  # in its list
    sources: tuple[Source, ...] | None
    wanted: Mapping[str, tuple[Source, ...]] = {}
    inner: "Scope | None" = None

    @property
    def needs(self) -> Iterator[str]:
        """The names that this item looks at."""
        given = [*(self.sources or ()), *(s for each in self.wanted.values() for s in each)]
        yield from (source.name for source in given)
        if isinstance(self.item, Again):
            yield self.item.layer.text
        if self.inner is not None:
            yield from self.inner.outside


class Scope(NamedTuple):
    """A list of items, wired; `result` is the name of the last one as it is written.

    `inputs` are the names of what comes in, and `outside` those of an enclosing list.
    """

    items: tuple[Wired, ...]
    inputs: tuple[str, ...]
    result: str
    outside: frozenset[str] = frozenset()


def is_nameless(name: str) -> bool:
    """Whether a name was made up for an item that the spec gives none of its own."""
    return name.endswith(NAMELESS)
