"""Names to nodes: the layers in order, each with its Keras name and its inferred tensor."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from specc.diagnostics import Diagnostic, Note, Severity
from specc.layers.base import Elementwise, Layer, Weights
from specc.naming import INPUT, layer_name
from specc.objects import where
from specc.schema import Spec
from specc.source import Path
from specc.tensor import ShapeError, Tensor, Window, agree, show_shape


@dataclass(frozen=True)
class Node:
    """One layer of the model; `kind` is None for one that could not be read."""

    name: str
    kind: Layer | None
    path: Path
    written: object  # as the spec has it, to find the path of an option
    inputs: tuple[str, ...]

    @property
    def kind_name(self) -> str:
        """The name of its class; empty for a layer that could not be read."""
        return type(self.kind).__name__ if self.kind else ""

    @property
    def is_input(self) -> bool:
        return self.kind_name == INPUT

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


@dataclass(frozen=True)
class Graph:
    """The nodes of a model in order; `tensors` lacks those that could not be inferred."""

    nodes: tuple[Node, ...]
    tensors: Mapping[str, Tensor]
    input: Tensor | None  # what the first layer takes
    declared: Tensor | None  # what `Input` says, if there is one
    outputs: tuple[str, ...]
    disputed: bool = False  # whether the data deliver another shape than `Input` declares

    @cached_property
    def by_name(self) -> Mapping[str, Node]:
        return {node.name: node for node in self.nodes}

    def into(self, node: Node) -> tuple[Tensor, ...] | None:
        """The tensors that a node takes, None when one is unknown."""
        if not node.inputs and not node.is_input:
            return None if self.input is None else (self.input,)
        found = tuple(self.tensors[name] for name in node.inputs if name in self.tensors)
        return found if len(found) == len(node.inputs) else None

    def out(self, node: Node) -> Tensor | None:
        return self.tensors.get(node.name)

    def weights(self, node: Node) -> Weights:
        """Name and shape of each weight; empty where the input is unknown."""
        known = self._known(node)
        return known[0].weights(*known[1]) if known else {}

    def params(self, node: Node) -> int:
        """Number of weights of a node, 0 where its input is unknown."""
        known = self._known(node)
        return known[0].params(*known[1]) if known else 0

    def windows(self, node: Node) -> tuple[Window, ...]:
        known = self._known(node)
        return known[0].windows(*known[1]) if known else ()

    def _known(self, node: Node) -> tuple[Layer, tuple[Tensor, ...]] | None:
        """The kind of a node and the tensors it takes, where all of it could be inferred."""
        inputs = self.into(node)
        if node.kind is None or inputs is None or node.name not in self.tensors:
            return None
        return node.kind, inputs

    @property
    def complete(self) -> bool:
        """Whether every shape is known, so that the model can be built."""
        return bool(self.nodes) and all(node.name in self.tensors for node in self.nodes)


def build(
    spec: Spec, written: object, given: Tensor | None, *, doubtful: bool = False
) -> tuple[Graph, tuple[Diagnostic, ...]]:
    """The graph of a sequential model; `given` is what the data deliver, if that is known.

    With `doubtful` it is not known since something is wrong with the data, which was said.
    """
    items = written if isinstance(written, list) else []
    nodes = tuple(_nodes(spec, items))
    found = [*_repeated_names(nodes), *_late_inputs(nodes[1:], "model")]
    declared = nodes[0].kind.infer() if nodes and nodes[0].is_input and nodes[0].kind else None
    entry = declared or given
    unknown = nodes and entry is None and not doubtful
    if unknown and nodes[0].kind is not None and not nodes[0].is_input:
        found.append(_no_input(nodes[0]))
    tensors, refusals = _infer(nodes, entry)
    outputs = (nodes[-1].name,) if nodes else ()
    disputed = bool(declared and given and not agree(declared.shape, given.shape))
    graph = Graph(nodes, MappingProxyType(tensors), entry, declared, outputs, disputed)
    return graph, (*found, *(() if disputed else refusals))


def prepare(
    spec: Spec, written: object, given: Tensor | None
) -> tuple[Tensor | None, tuple[Diagnostic, ...]]:
    """What the data deliver once `preprocess` has been through them."""
    layers = spec.data.preprocess if spec.data else ()
    items = written if isinstance(written, list) else []
    path: Path = ("data", "preprocess")
    nodes = tuple(
        Node(f"preprocess_{i}", kind, (*path, i), items[i] if i < len(items) else None, ())
        for i, kind in enumerate(layers)
    )
    tensors, refusals = _infer(nodes, given)
    refusals += [*_late_inputs(nodes, "preprocess"), *_shared_names(nodes, spec)]
    last = tensors.get(nodes[-1].name) if nodes else given
    return last, tuple(refusals)


def _nodes(spec: Spec, items: list[object]) -> Iterator[Node]:
    counts: Counter[str] = Counter()
    previous: tuple[str, ...] = ()
    for position, kind in enumerate(spec.model):
        name = layer_name(kind, counts)
        written = items[position] if position < len(items) else None
        yield Node(name, kind, ("model", position), written, previous)
        previous = (name,)


def _repeated_names(nodes: tuple[Node, ...]) -> Iterator[Diagnostic]:
    """Two layers of one name; case does not tell names apart, since files may be named so."""
    seen: dict[str, Node] = {}
    for node in nodes:
        first = seen.setdefault(node.name.lower(), node)
        if first is not node:
            blamed = node if node.kind and node.kind.name else first
            other = first if blamed is node else node
            yield _named_alike(node.name, blamed, other.at("name"))


def _shared_names(preprocess: tuple[Node, ...], spec: Spec) -> Iterator[Diagnostic]:
    """Layers of `preprocess` whose name another layer has: the saved model holds all of them."""
    counts: Counter[str] = Counter()
    named = [(layer_name(node.kind, counts).lower(), node.path) for node in preprocess]
    named += [(layer_name(kind, counts).lower(), ("model", i)) for i, kind in enumerate(spec.model)]
    for node, (name, _) in zip(preprocess, named, strict=False):
        others = [path for other, path in named if other == name and path > node.path]
        yield from (_named_alike(name, node, other) for other in others[:1])


def _named_alike(name: str, node: Node, other: Path) -> Diagnostic:
    said, help = f"two layers are named `{name}`", "give each layer a name of its own"
    notes = (Note("the other one", other),)
    return Diagnostic("F019", Severity.ERROR, said, node.at("name"), help=help, notes=notes)


def _late_inputs(nodes: tuple[Node, ...], place: str) -> Iterator[Diagnostic]:
    """Each `Input` where there can be none."""
    message = f"an `Input` {'in the middle of the model' if place == 'model' else 'here'}"
    help = "only the first layer of a model can be one: remove it"
    for node in nodes:
        if node.is_input:
            yield Diagnostic("S224", Severity.ERROR, message, node.at(), on_key=True, help=help)


def _no_input(first: Node) -> Diagnostic:
    return Diagnostic(
        "S218",
        Severity.ERROR,
        "the shape of the input is not known",
        first.at(),
        on_key=True,
        help="start the model with `- Input: [height, width, channels]`, or describe the data",
    )


def _infer(
    nodes: tuple[Node, ...], entry: Tensor | None
) -> tuple[dict[str, Tensor], list[Diagnostic]]:
    """Each node's output; what follows a refusal stays unknown, and silent."""
    tensors: dict[str, Tensor] = {}
    found: list[Diagnostic] = []
    current = entry
    for node in nodes:
        try:
            current = _output(node, current)
        except ShapeError as refusal:
            notes = _shrinking(nodes, tensors, node) if refusal.code == "S203" else ()
            lost = _lost_steps(nodes, node) if refusal.code == "S201" else None
            found.append(_no_steps(node, lost) if lost else _refused(node, refusal, notes))
            current = None
        if current is not None:
            tensors[node.name] = current
    return tensors, found


def _output(node: Node, current: Tensor | None) -> Tensor | None:
    if node.kind is None or current is None:
        return None
    return current if node.is_input else node.kind.infer(current)


def _shrinking(
    nodes: tuple[Node, ...], tensors: Mapping[str, Tensor], small: Node
) -> tuple[Note, ...]:
    """The last layer above that shrinks the feature map by its steps, as a note."""
    above = nodes[: nodes.index(small)]
    for before, node in reversed(list(zip(above, above[1:], strict=False))):
        windows = node.kind.windows(tensors[before.name]) if node.kind else ()
        if any(window.stride > 1 for window in windows):
            sizes, out = zip(*((window.size, window.out) for window in windows), strict=True)
            path = node.at(next(iter(node.kind.options()))) if node.kind else node.at()
            label = f"{show_shape(sizes)} -> {show_shape(out)}"
            return (Note("the feature map shrinks here", path, label=label),)
    return ()


def _lost_steps(nodes: tuple[Node, ...], node: Node) -> Node | None:
    """The recurrent layer above whose steps `node` misses, since it gives only its last one."""
    if node.kind is None or 2 not in node.kind.ranks:
        return None
    for above in reversed(nodes[: nodes.index(node)]):
        inner = getattr(above.kind, "layer", above.kind)
        given = getattr(inner, "return_sequences", None)
        if given is not None:
            return None if given else above
        if not isinstance(above.kind, Elementwise):
            return None
    return None


def _no_steps(node: Node, above: Node) -> Diagnostic:
    name, before = node.kind_name, above.kind_name
    return Diagnostic(
        "S207",
        Severity.ERROR,
        f"`{name}` takes steps x features, and `{before}` gives its last step only",
        node.at(),
        on_key=True,
        help=f"write `return_sequences: true` in the `{before}` above",
        notes=(Note("the steps end here", above.at(), on_key=True),),
    )


def _refused(node: Node, refusal: ShapeError, notes: tuple[Note, ...]) -> Diagnostic:
    return Diagnostic(
        refusal.code,
        Severity.ERROR,
        refusal.message,
        node.at(refusal.option),
        on_key=refusal.option is None,
        label=refusal.label,
        help=refusal.help,
        notes=notes,
    )
