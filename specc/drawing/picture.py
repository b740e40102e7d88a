"""What a picture of a model shows, free of where it stands and how it is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Path = tuple[str, ...]  # a cluster: its name, below those of the clusters around it
Role = Literal["input", "layer", "output"]


@dataclass(frozen=True, slots=True)
class Box:
    """A layer at work; `rows` are what is said below its title."""

    id: str
    title: str
    subtitle: str = ""
    rows: tuple[str, ...] = ()
    role: Role = "layer"
    learns: bool = False  # whether it has weights
    frozen: bool = False
    shared: str | None = None  # the layer whose weights it uses
    lends: bool = False  # whether others use its weights
    cluster: Path = ()

    @property
    def shares(self) -> bool:
        """Whether its weights are those of another layer, too."""
        return self.lends or self.shared is not None

    @property
    def tags(self) -> tuple[str, ...]:
        """What colours and lines say of a box, in words."""
        shared = f"weights of {self.shared}" if self.shared else "shared" if self.lends else ""
        said = ("output" if self.role == "output" else "", "frozen" if self.frozen else "", shared)
        return tuple(word for word in said if word)


@dataclass(frozen=True, slots=True)
class Edge:
    """A tensor on its way from one box to another."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A frame around boxes: one use of a block, or a repetition that is drawn once."""

    path: Path
    label: str
    times: int = 1
    turn: str | None = None  # the repetition that it is one turn of

    @property
    def title(self) -> str:
        return self.label if self.times == 1 else f"{self.label} × {self.times}"


@dataclass(frozen=True)
class Picture:
    """Boxes in an order in which edges lead onward, and frames around some of them."""

    nodes: tuple[Box, ...]
    edges: tuple[Edge, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    title: str = ""
    description: str = ""

    @cached_property
    def frames(self) -> Mapping[Path, Cluster]:
        """The clusters by path, those included that only a box tells of."""
        named = {path[:depth] for box in self.nodes for path in [box.cluster]
                 for depth in range(1, len(path) + 1)}  # fmt: skip
        found = {path: Cluster(path, path[-1]) for path in sorted(named)}
        return {**found, **{each.path: each for each in self.clusters if each.path in named}}

    @cached_property
    def inside(self) -> Mapping[Path, list["Box | Cluster"]]:
        """What stands right in each frame, `()` for the whole picture, in order."""
        found: dict[Path, list[Box | Cluster]] = {}
        seen: set[Path] = set()
        for box in self.nodes:
            for depth in range(1, len(box.cluster) + 1):
                path = box.cluster[:depth]
                if path not in seen:
                    seen.add(path)
                    found.setdefault(path[:-1], []).append(self.frames[path])
            found.setdefault(box.cluster, []).append(box)
        return found
