"""What a model section says: layers, uses of blocks, repetitions and calls, as they were read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from specc.layers.base import Layer
from specc.source import Path

ENTRY = "$input"  # what goes into a block or a repetition, in the words of the spec


class Named(NamedTuple):
    """A name that the spec wrote to say where a tensor comes from."""

    text: str
    path: Path


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list of layers.

    `sources` are the names under `from`, None where it is left out: the item above. `wanted` are
    names of tensors under other options, such as `initial_state`.
    """

    path: Path
    written: object  # plain data, to find the path of an option
    name: str | None = None
    sources: tuple[Named, ...] | None = None
    wanted: Mapping[str, tuple[Named, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LayerItem(Item):
    """A layer; `kind` is None for one that could not be read."""

    kind: Layer | None = None


@dataclass(frozen=True, slots=True)
class Again(Item):
    """`call`: an earlier layer or use of a block at work once more, with the same weights."""

    layer: Named = Named("", ())


@dataclass(frozen=True, slots=True)
class Repeat(Item):
    """`repeat`: the same layers several times over, each time with weights of their own."""

    times: int = 1
    items: tuple[Item, ...] = ()
    bound: str | None = None  # the parameter that says how often


class Block(NamedTuple):
    """A named group of layers with parameters, as the spec defines it."""

    name: str
    path: Path
    parameters: Mapping[str, Any]  # with their defaults; None for one that must be given
    inputs: tuple[str, ...]
    layers: tuple[Any, ...]  # plain data, with `$name` where a parameter goes
    description: str = ""


@dataclass(frozen=True, slots=True)
class Use(Item):
    """A block with values for its parameters."""

    block: Block | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)  # plain data; with all defaults
    given: tuple[str, ...] = ()  # the arguments that the use writes
    bound: Mapping[str, Any] = field(default_factory=dict)  # those made of the outer parameters
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Wiring:
    """The model of a spec; `listed` where it is a list, whose items feed each other."""

    items: tuple[Item, ...] = ()
    inputs: tuple[LayerItem, ...] = ()
    outputs: tuple[Named, ...] = ()
    listed: bool = True
    blocks: Mapping[str, Block] = field(default_factory=dict)
    plain: Any = None  # the data of the blocks, as written

    @property
    def sequential(self) -> bool:
        """Whether the model is nothing but layers, each of which takes what the last one gives."""
        return self.listed and all(map(_is_plain, self.items))


def _is_plain(item: Item) -> bool:
    """Whether an item is one layer, and no model of its own."""
    return isinstance(item, LayerItem) and not (item.kind and item.kind.whole_model)


def walk(items: tuple[Item, ...]) -> Iterator[Item]:
    """All items, those of blocks and repetitions behind the one that holds them."""
    for item in items:
        yield item
        match item:
            case Use() | Repeat():
                yield from walk(item.items)
