"""A spec as one of its phases reads it: with what the phase says in place of what `train` says."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from specc.graph import Graph, Node
from specc.items import Again, walk
from specc.layers.base import Layer
from specc.layers.insides_base import Insides
from specc.phases import INHERITED, LISTED, Inside, Phase, State
from specc.schema import Spec
from specc.source import Path


def trainable_of(number: int) -> Path:
    """Where a phase says what it trains."""
    return (*LISTED, number, "trainable")


def spec_of(spec: Spec, phase: Phase) -> Spec:
    """The spec, with what the phase says in place of `train` and `data`."""
    train = spec.train.model_copy(update={**phase.own, "phases": None})
    data = spec.data and spec.data.model_copy(update=phase.own_data)
    return spec.model_copy(update={"train": train, "data": data})


def written_of(written: Any, number: int) -> Any:
    """The plain data of that spec."""
    train = dict(written["train"])
    own = train.pop("phases")[number]
    sections = {**written, "train": train}
    for key, section in INHERITED.items():
        if key in own and isinstance(sections.get(section), dict):
            sections[section] = sections[section] | {key: own[key]}
    return sections


def broken_of(broken: frozenset[Path], number: int) -> frozenset[Path]:
    """What could not be read, with what the phase says in the place of `train` and `data`."""
    own = [path[3:] for path in broken if path[:3] == (*LISTED, number) and path[3:]]
    return broken | {(INHERITED.get(str(path[0]), "train"), *path) for path in own}


def path_of(path: Path, written: Any, number: int) -> Path:
    """Where the spec says what stands at a path of the data of a phase."""
    own = written["train"]["phases"][number]
    said = len(path) > 1 and path[1] in own and INHERITED.get(str(path[1])) == path[0]
    return (*LISTED, number, *path[1:]) if said else path


def graph_of(graph: Graph, phase: Phase) -> Graph:
    """The graph, with the layers frozen that are not trained."""
    if not phase.states:
        return graph
    return replace(graph, nodes=tuple(_frozen(node, phase.states) for node in graph.nodes))


def _frozen(node: Node, states: Mapping[str, State]) -> Node:
    state = states.get(node.shared or node.name)
    if state is None or node.kind is None:
        return node
    return replace(node, kind=as_in(node.kind, state))


def as_in(kind: Layer, state: State) -> Layer:
    """The layer as it is trained; one that has nothing inside cannot be trained in part."""
    if isinstance(state, bool):
        whole = kind.freezing(frozenset()) if isinstance(kind, Insides) else kind
        return whole.model_copy(update={"trainable": state})
    return partly(kind, state) if isinstance(kind, Insides) else kind


def partly(kind: Insides, state: Inside) -> Insides:
    """A model whose layers are trained in part; one of which none is trained is frozen."""
    names = kind.inner_layers()
    trained = state.trained(names)
    if not trained:
        return kind.model_copy(update={"trainable": False})
    return kind.freezing(frozenset(range(len(names))) - trained)


def nameless(node: Node, called_again: frozenset[str]) -> str:
    """Why phases cannot mean a layer by its name; empty where they can."""
    if node.shared is not None:
        return f"it calls `{node.shared}` again: freeze that one"
    if node.group and node.group[0].rstrip("_") in called_again:
        return "it is inside a block that is called again"
    repeated = bool(node.group) and all(" " in label for label in node.group)
    if repeated and node.kind is not None and node.kind.name is None:
        return "give it a `name`: without one Keras counts it anew"
    return ""


def called_again(spec: Spec) -> frozenset[str]:
    """The layers and uses of blocks that the model calls more than once."""
    return frozenset(item.layer.text for item in walk(spec.model.items) if isinstance(item, Again))
