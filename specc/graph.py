"""The typed graph of a model: its nodes in order, each with its inferred tensors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from specc.diagnostics import Diagnostic, Severity
from specc.infer import infer_all, no_output, other_shapes
from specc.items import LayerItem, Wiring, walk
from specc.layers.base import Layer, Weights
from specc.naming import used_up
from specc.node import OUTPUT, Node, maker, tensors_of
from specc.place import Placed, Placer, Site, Twin, refs
from specc.schema import Spec
from specc.source import Path
from specc.tangles import named_alike
from specc.tensor import Tensor, Window, agree
from specc.typed import with_policy
from specc.wire import Wirer
from specc.wired import Scope, Source

__all__ = ["OUTPUT", "Graph", "Node", "build", "late_inputs", "maker"]
REMOVE = "only the first layer of a model can be one: remove it"


@dataclass(frozen=True)
class Graph:
    """The nodes of a model in order; `tensors` lacks those that could not be inferred.

    `outputs` are references to nodes, and `output_names` what the spec calls them.
    """

    nodes: tuple[Node, ...]
    tensors: Mapping[str, Tensor]
    input: Tensor | None  # what the model takes, where that is one tensor
    declared: Tensor | None  # what its only `Input` says, if there is one
    outputs: tuple[str, ...]
    disputed: bool = False  # whether the data deliver another shape than `Input` declares
    output_names: tuple[str, ...] = ()
    scope: Scope | None = None  # the items as they are written, and
    placed: Mapping[str, Placed | str | None] = field(default_factory=dict)  # their nodes
    policy: str | None = None  # the dtype policy of layers that have none of their own

    @cached_property
    def by_name(self) -> Mapping[str, Node]:
        return {node.name: node for node in self.nodes}

    @cached_property
    def readers(self) -> Mapping[str, tuple[Node, ...]]:
        """The nodes that take something from each node, by its name."""
        found: dict[str, list[Node]] = {}
        for node in self.nodes:
            for name in dict.fromkeys(node.sources):
                found.setdefault(name, []).append(node)
        return {name: tuple(nodes) for name, nodes in found.items()}

    @cached_property
    def inputs(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.is_input)

    def node(self, ref: str) -> Node:
        """The node that a reference means an output of."""
        return self.by_name[maker(ref)]

    def upto(self, name: str, ref: str) -> "Graph":
        """The graph of one output alone, with the nodes that it depends on."""
        needed = {maker(ref)}
        for node in reversed(self.nodes):
            if node.name in needed:
                needed.update(node.sources)
        nodes = tuple(node for node in self.nodes if node.name in needed)
        return replace(self, nodes=nodes, outputs=(ref,), output_names=(name,))

    def typed(self, node: Node) -> Layer | None:
        """The kind of a node with the type that it computes in."""
        return with_policy(node.kind, self.policy) if node.kind and self.policy else node.kind

    def into(self, node: Node) -> tuple[Tensor, ...] | None:
        """The tensors that a node takes, None when one is unknown."""
        if node.lost:
            return None
        if not node.inputs and not node.is_input:
            return None if self.input is None else (self.input,)
        return tensors_of(node.inputs, self.tensors)

    def out(self, node: Node) -> Tensor | None:
        return self.tensors.get(node.name)

    def weights(self, node: Node) -> Weights:
        """Name and shape of each weight; empty where the input is unknown."""
        known = self._known(node)
        return known[0].weights(*known[1]) if known else {}

    def params(self, node: Node) -> int:
        """Number of weights of a node, 0 where its input is unknown or another has them."""
        known = self._known(node)
        return known[0].params(*known[1]) if known and node.shared is None else 0

    def trained(self, node: Node) -> int:
        """Number of weights of a node that `fit` trains."""
        known = self._known(node)
        return known[0].trained(*known[1]) if known and node.shared is None else 0

    def macs(self, node: Node) -> int | None:
        """Multiply-adds of a node for one row; None where its input or an axis is unknown."""
        inputs = self.into(node)
        return None if node.kind is None or inputs is None else node.kind.macs(*inputs)

    def windows(self, node: Node) -> tuple[Window, ...]:
        known = self._known(node)
        return known[0].windows(*known[1]) if known else ()

    def _known(self, node: Node) -> tuple[Layer, tuple[Tensor, ...]] | None:
        """The kind of a node and the tensors it takes, where all of it could be inferred."""
        inputs, kind = self.into(node), self.typed(node)
        if kind is None or inputs is None or node.name not in self.tensors:
            return None
        return kind, inputs

    @property
    def complete(self) -> bool:
        """Whether every shape is known, so that the model can be built."""
        return bool(self.nodes) and all(node.name in self.tensors for node in self.nodes)


def build(
    spec: Spec, given: Tensor | None, *, doubtful: bool = False
) -> tuple[Graph, tuple[Diagnostic, ...]]:
    """The graph of a model; `given` is what the data deliver, if that is known.

    With `doubtful` it is not known since something is wrong with the data, which was said.
    """
    scope, outputs, known, nodes, twins, found = _placed(spec.model)
    declared = _declared(nodes)
    entry, policy = declared or given, spec.train.dtype_policy
    if entry is None and not doubtful:
        found += _unfed(nodes, spec.model.listed)
    tensors, refusals = infer_all(nodes, entry, policy)
    refusals += [each for twin in twins for each in other_shapes(twin, tensors, entry)]
    results = refs(outputs, known) or ()
    found += _absent(spec.model, results, tensors)
    one_input = not spec.model.inputs or len(spec.model.inputs) == 1
    disputed = bool(one_input and declared and given and not agree(declared.shape, given.shape))
    graph = Graph(
        nodes,
        MappingProxyType(tensors),
        entry if one_input else None,
        declared if one_input else None,
        results,
        disputed,
        tuple(_called(source) for source in outputs),
        scope,
        known,
        policy,
    )
    return graph, (*found, *(() if disputed else refusals))


class _Layout(NamedTuple):
    """The items of a model, wired and placed, and what is wrong with that."""

    scope: Scope
    outputs: tuple[Source, ...]
    known: Mapping[str, Placed | str | None]
    nodes: tuple[Node, ...]
    twins: list[Twin]
    found: list[Diagnostic]


def _placed(model: Wiring) -> _Layout:
    """The nodes of a model, before anything is known of shapes."""
    items = (item for item in walk(model.items) if isinstance(item, LayerItem))
    wirer, placer = Wirer(), Placer(used_up(item.kind for item in items))
    scope, outputs = wirer.model(model)
    known, nodes = placer.scope(scope, Site())
    found = [*wirer.found, *placer.found, *_misplaced(model, tuple(nodes))]
    found += () if wirer.found else _repeated_names(tuple(nodes))
    return _Layout(scope, outputs, known, tuple(nodes), placer.twins, found)


def _unfed(nodes: tuple[Node, ...], listed: bool) -> Iterator[Diagnostic]:
    """The first layer, where it takes what the data deliver and nobody knows what that is."""
    takers = [node for node in nodes if not (node.inputs or node.is_input or node.lost)]
    if takers and takers[0].kind is not None:
        yield _no_input(takers[0], listed)


def _absent(
    model: Wiring, results: tuple[str, ...], tensors: Mapping[str, Tensor]
) -> Iterator[Diagnostic]:
    """F030: each output of the model that its layer does not have."""
    for ref in results:
        if ref not in tensors and maker(ref) in tensors:
            yield no_output(ref, tensors, _written(model, ref))


def _written(model: Wiring, ref: str) -> Path:
    """Where an output is named."""
    text = ref.replace(OUTPUT, ".")
    return next((name.path for name in model.outputs if name.text == text), ("model", "outputs"))


def _called(source: Source) -> str:
    """What the spec calls an output."""
    return f"{source.name}.{source.output}" if source.output else source.name


def _declared(nodes: tuple[Node, ...]) -> Tensor | None:
    """What the first node says that the model takes."""
    first = nodes[0] if nodes else None
    return first.kind.infer() if first and first.is_input and first.kind else None


def _misplaced(model: Wiring, nodes: tuple[Node, ...]) -> Iterator[Diagnostic]:
    """S224: each `Input` that is neither under `inputs` nor the first layer of a list."""
    help = REMOVE if model.listed else "name it under `inputs`, and remove it here"
    inside = nodes[max(len(model.inputs), 1 if model.listed else 0) :]
    yield from late_inputs(inside, "an `Input` in the middle of the model", help)


def _repeated_names(nodes: tuple[Node, ...]) -> Iterator[Diagnostic]:
    """Two layers of one name; case does not tell names apart, since files may be named so."""
    seen: dict[str, Node] = {}
    for node in nodes:
        first = seen.setdefault(node.name.lower(), node)
        if first is not node:
            blamed = node if node.kind and node.kind.name else first
            other = first if blamed is node else node
            yield named_alike(node.name, blamed.at("name"), other.at("name"))


def late_inputs(nodes: tuple[Node, ...], message: str, help: str) -> Iterator[Diagnostic]:
    """S224: each `Input` among nodes that cannot be one."""
    for node in nodes:
        if node.is_input:
            yield Diagnostic("S224", Severity.ERROR, message, node.at(), on_key=True, help=help)


def _no_input(first: Node, listed: bool) -> Diagnostic:
    """S218: nothing says what the first layer takes."""
    help = "start the model with `- Input: [height, width, channels]`, or describe the data"
    if first.kind and first.kind.takes_text:
        help = "start the model with `- Input: {shape: [], dtype: string}`"
    graph = "add `inputs: {photo: [height, width, channels]}` to the model, or describe the data"
    return Diagnostic(
        "S218",
        Severity.ERROR,
        "the shape of the input is not known",
        first.at(),
        on_key=True,
        help=help if listed else graph,
    )
