"""One layer at work in a model."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from specc.layers.base import Layer
from specc.naming import INPUT
from specc.source import Path
from specc.tensor import Tensor
from specc.within import where

OUTPUT = ":"  # between the name of a node and the number of its output; in no name


@dataclass(frozen=True)
class Node:
    """One layer at work; `kind` is None for one that could not be read.

    `inputs` are references: the name of a node, or `name:1` for an output behind the first. None
    of them means that the node takes what the data give, unless it is `lost`: its inputs could
    not be found.
    """

    name: str
    kind: Layer | None
    path: Path
    written: object  # as the spec has it, to find the path of an option
    inputs: tuple[str, ...]
    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # under other options
    shared: str | None = None  # the node whose weights it uses once more
    group: tuple[str, ...] = ()  # the uses of blocks and the repetitions that it stands in
    lost: bool = False

    @property
    def kind_name(self) -> str:
        """The name of its class; empty for a layer that could not be read."""
        return type(self.kind).__name__ if self.kind else ""

    @property
    def is_input(self) -> bool:
        return self.kind_name == INPUT

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the nodes that it takes something from."""
        given = (*self.inputs, *(ref for refs in self.wanted.values() for ref in refs))
        return tuple(maker(ref) for ref in given)

    @property
    def width(self) -> int | None:
        """The units or filters that the layer writes, known even where its input is not."""
        size = self.units or self.filters
        return size if isinstance(size, int) else None

    def at(self, option: str | None = None) -> Path:
        """The path of an option, or of the layer's name."""
        return where(self.written, self.path, option)

    def __getattr__(self, option: str) -> object:
        """An option of the layer, None when the kind has no such option."""
        if option.startswith("_"):
            raise AttributeError(option)
        return getattr(self.kind, option, None)


def reference(name: str, number: int) -> str:
    """An output of a node: its name, or `name:1` for an output behind the first."""
    return f"{name}{OUTPUT}{number}" if number else name


def maker(ref: str) -> str:
    """The name of the node that a reference means an output of."""
    return ref.partition(OUTPUT)[0]


def count_outputs(name: str, tensors: Container[str]) -> int:
    """How many outputs of a node there are; `tensors` are known by their references."""
    return next(number for number in count(1) if reference(name, number) not in tensors)


def tensors_of(refs: Sequence[str], tensors: Mapping[str, Tensor]) -> tuple[Tensor, ...] | None:
    """The tensors that references mean, None when one is unknown."""
    found = tuple(tensors[ref] for ref in refs if ref in tensors)
    return found if len(found) == len(refs) else None
