"""What rules look at: the spec, its typed graph and the facts about its data, with the
questions that many rules ask."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from specc import phased, sides
from specc.diagnostics import Note
from specc.graph import Graph, Node
from specc.habits import FREEZING
from specc.inspect.facts import Facts
from specc.kind import Kind
from specc.layers.base import Layer
from specc.pair import Pair
from specc.phases import LISTED, Phase
from specc.pictures import Picture
from specc.schema import Spec
from specc.source import Path, value_at
from specc.task import Head, Task, activation_of, head_of, infer_task, loss_of
from specc.tensor import Tensor
from specc.training.base import Loss
from specc.ways import Way, ways
from specc.within import where

Item = TypeVar("Item")


@dataclass(frozen=True)
class Subject:
    """A spec as far as it could be read; what is broken is None, or absent from the graph."""

    spec: Spec
    written: Any  # the plain data of the spec
    graph: Graph
    facts: Facts
    delivered: Tensor | None = None  # what the data give the model, after preprocessing
    broken: frozenset[Path] = frozenset()
    output: str | None = None  # the only one that a view of one output looks at
    whole: "Subject | None" = None  # what a view is a view of, with all outputs
    inputs: Mapping[str, Tensor | None] = field(default_factory=dict)  # delivered by their names
    entry: str | None = None  # the only one of them that a view of one input looks at
    phase: int | None = None  # the only one that a view of one phase looks at
    training: "Subject | None" = None  # what such a view is a view of, with all phases

    @cached_property
    def phases(self) -> tuple["Subject", ...]:
        """One subject for each phase of the training; itself where there are none."""
        listed = LISTED not in self.broken and self.spec.train.phases
        return tuple(self._phase(i, each) for i, each in enumerate(listed or ())) or (self,)

    def _phase(self, number: int, phase: Phase) -> "Subject":
        spec, written = phased.spec_of(self.spec, phase), phased.written_of(self.written, number)
        graph, broken = phased.graph_of(self.graph, phase), phased.broken_of(self.broken, number)
        seen = {"spec": spec, "written": written, "graph": graph, "broken": broken}
        return replace(self, **seen, phase=number, training=self)

    @property
    def own_phase(self) -> Phase | None:
        """What the spec says of the only phase that a view looks at; None where it is of all."""
        phases = self.training.spec.train.phases if self.training else None
        return phases[self.phase] if phases and self.phase is not None else None

    @cached_property
    def undecided(self) -> bool:
        """Whether nobody knows what this phase trains: that is broken, or names nothing."""
        if self.phase is None or self.training is None:
            train = self.get(("train",))
            freezes = isinstance(train, dict) and any(key in train for key in FREEZING)
            return freezes or LISTED in self.broken
        place = phased.trainable_of(self.phase)
        broken = any(path[: len(place)] == place for path in self.training.broken)
        listed = self.training.get(place)
        names = listed if isinstance(listed, dict) else ()
        known = {name for name, node in self.graph.by_name.items() if node.shared is None}
        return broken or not {*names} <= known

    def views(self) -> tuple["Subject", ...]:
        """One subject for each output, with its loss, its metrics and its task alone; itself
        where there is one output, and nothing is said by its name."""
        names, refs = self.graph.output_names, self.graph.outputs
        train = self.spec.train
        several = len(names) > 1 or any(
            isinstance(each, dict) for each in sides.of_outputs(self.spec).values()
        )
        several |= bool(self.facts.targets)
        if self.output or not several or len(names) != len(refs) or not train:
            return (self,)
        return tuple(self._view(name, ref) for name, ref in zip(names, refs, strict=True))

    def _view(self, name: str, ref: str) -> "Subject":
        return replace(
            self,
            spec=sides.spec_of_output(self.spec, name),
            graph=self.graph.upto(name, ref),
            facts=sides.of_target(self.facts, name, alone=len(self.graph.outputs) == 1),
            broken=sides.broken_of_output(self.broken, name),
            output=name,
            whole=self,
        )

    def by_input(self) -> tuple["Subject", ...]:
        """One subject for each input that the source gives by its name; itself without names."""
        declared = {node.name: node for node in self.graph.inputs}
        names = [name for name in self.inputs if name in declared]
        return tuple(self._entering(name) for name in names) or (self,)

    def _entering(self, name: str) -> "Subject":
        return replace(
            self,
            spec=sides.spec_of_input(self.spec, name),
            graph=sides.entered(self.graph, name, self.inputs[name]),
            facts=sides.of_input(self.facts, name),
            delivered=self.inputs[name],
            entry=name,
        )

    @property
    def entire(self) -> "Subject":
        """With all outputs, for what is asked of the model as a whole."""
        return self.whole or self

    def place(self, *path: str) -> Path:
        """Where the spec says something of this output: under its name, or for all of them."""
        said = sides.of_outputs(self.entire.spec).get(path)
        return (*path, self.output) if self.output and isinstance(said, dict) else path

    @property
    def nodes(self) -> tuple[Node, ...]:
        return self.graph.nodes

    def of(self, *kinds: str) -> Iterator[Node]:
        """The nodes of these kinds, by class name, in the order of the model."""
        places = sorted(place for kind in kinds for place in self._places.get(kind, ()))
        return (self.nodes[place] for place in places)

    def that(self, fact: Callable[[Layer], bool]) -> Iterator[Node]:
        """The nodes whose kind declares a fact: `subject.that(lambda kind: kind.recurrent)`."""
        firsts = (self.nodes[places[0]] for places in self._places.values())
        kinds = (node.kind_name for node in firsts if node.kind is not None and fact(node.kind))
        return self.of(*kinds)

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        """Where in the model the nodes of each kind stand."""
        places: dict[str, list[int]] = {}
        for place, node in enumerate(self.nodes):
            places.setdefault(node.kind_name, []).append(place)
        return places

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """Each node with the one it feeds by its first output."""
        for node in self.nodes:
            for name in node.inputs:
                if name in self.graph.by_name:
                    yield self.graph.node(name), node

    @cached_property
    def ways(self) -> tuple[tuple[Node, Way], ...]:
        """Each layer that multiplies, with the way to each next layer that learns."""
        return tuple(ways(self.nodes))

    def activation(self, node: Node) -> str:
        """The activation that a layer ends with, `linear` where there is none."""
        return self._activations.get(node.name) or activation_of(node)[0]

    @cached_property
    def _activations(self) -> Mapping[str, str]:
        return {node.name: activation_of(node)[0] for node in self.nodes}

    @cached_property
    def head(self) -> Head | None:
        """The end of the model; None when it could not be read."""
        return head_of(self.graph)

    @property
    def result(self) -> Tensor | None:
        """What the model puts out."""
        outputs = self.graph.outputs
        return self.graph.tensors.get(outputs[-1]) if outputs else None

    @cached_property
    def inferred_task(self) -> Task | tuple[str, ...]:
        """The task, or the readings that are left."""
        lost = not self.broken.isdisjoint({("task",), ("train", "loss")})
        if lost and self.spec.task is None:
            return ()
        return infer_task(self.spec, self.facts, self.head)

    @property
    def task(self) -> str | None:
        """The name of the task; None when it is not known."""
        return self.inferred_task.name if isinstance(self.inferred_task, Task) else None

    @cached_property
    def loss(self) -> Kind | None:
        """The loss that is trained, written or determined by the task; None when unknown."""
        if ("train", "loss") in self.broken or self.untrained:
            return None
        task = self.inferred_task if isinstance(self.inferred_task, Task) else None
        return loss_of(self.spec, task, self.facts, self.head)

    @property
    def compared(self) -> bool:
        """Whether the data have a target for the output of this view."""
        return not self.facts.targets or self.output in self.facts.targets

    @property
    def untrained(self) -> bool:
        """Whether the losses of the outputs leave this one out."""
        losses = self.whole.spec.train.loss if self.whole else None
        if not isinstance(losses, dict) or losses.get(self.output) is not None:
            return False
        return self.output in losses or self.spec.task is None

    @property
    def stated_task(self) -> str | None:
        """The task where spec or data say it, so that loss and head can be wrong about it."""
        task = self.inferred_task
        stated = isinstance(task, Task) and task.origin in ("spec", "data")
        return self.task if stated else None

    @cached_property
    def pair(self) -> Pair | None:
        """Head and loss; None when one of them is not known."""
        if self.head is None or not isinstance(self.loss, Loss):
            return None
        written = self.spec.train.loss is not None
        return Pair(self.head, self.loss, self.stated_task, self.loss_path, written)

    def task_note(self) -> Note:
        """Where the stated task is known from."""
        if self.spec.task is not None:
            return Note("the task", self.place("task"), f"`{self.spec.task}`")
        origin = self.facts.origin("labels")
        known = f" ({origin})" if origin else ""
        return Note(f"the data say so{known}", ("data", self.facts.source), on_key=True)

    @property
    def loss_path(self) -> Path:
        """Where the loss is written; the head of `train` when it is not."""
        return self.place("train", "loss") if self.spec.train.loss is not None else ("train",)

    @property
    def target_range(self) -> tuple[float, float] | None:
        """From the lowest to the highest target that the network learns, where that is known; of
        scaled ones only that they lie around 0."""
        data = self.spec.data
        return None if data is not None and data.target_scaling else self.facts.target_range

    @property
    def optimizer(self) -> Kind | None:
        return self.spec.train.optimizer  # type: ignore[no-any-return]

    @property
    def metrics(self) -> tuple[tuple[Kind, Path], ...]:
        """The metrics that could be read, each with its path."""
        return _read(self.spec.train.metrics, self.place("train", "metrics"))

    @property
    def callbacks(self) -> tuple[tuple[Kind, Path], ...]:
        """The callbacks that could be read, each with its path."""
        return _read(self.spec.train.callbacks, ("train", "callbacks"))

    @property
    def pictures(self) -> tuple[tuple[Picture, Path], ...]:
        """The pictures that could be read, each with its path."""
        return _read(self.entire.spec.visualize, ("visualize",))

    def get(self, path: Path) -> Any:
        """What the spec has at a path, None where it has nothing."""
        return value_at(self.written, path)

    def at(self, path: Path, option: str | None = None) -> Path:
        """The path of an option of the object written at `path`."""
        return where(self.get(path), path, option)

    def said(self, path: Path) -> Path:
        """Where in the file that is, for a view of one phase."""
        whole, number = self.training, self.phase
        if number is None or whole is None:
            return path
        own = phased.path_of(path, whole.written, number)
        return path if own[:4] in whole.broken else own


def _read(listed: Iterable[Item | None], place: Path) -> tuple[tuple[Item, Path], ...]:
    """What could be read of a list in the spec, each with its path."""
    return tuple((each, (*place, i)) for i, each in enumerate(listed) if each is not None)
