"""A compiled spec to a picture of its model."""

import re
from collections.abc import Iterator
from itertools import takewhile

from specc.compiler import Compiled
from specc.drawing.compact import compact
from specc.drawing.picture import Box, Cluster, Edge, Path, Picture, Role
from specc.drawing.repeats import once
from specc.graph import OUTPUT, Graph, Node
from specc.kind import snake_case
from specc.node import maker
from specc.tensor import Tensor, Window, show_shape

ENTRY = "input"  # the box of an input that no layer declares; the others have numbers
_TURN = re.compile(r"(.*) (\d+)", re.DOTALL)


def picture_of(compiled: Compiled) -> Picture:
    """The model with its blocks and repetitions as frames, and alike turns drawn once."""
    graph = compiled.graph
    whole = Picture(
        tuple(_boxes(graph)),
        tuple(_edges(graph)),
        tuple(_clusters(graph)),
        compiled.spec.name,
        _description(graph),
    )
    finishing = {str(i) for i, node in enumerate(graph.nodes) if _finishes(node)}
    return compact(once(whole), finishing)


def _description(graph: Graph) -> str:
    params = sum(graph.params(node) for node in graph.nodes)
    layers = len([node for node in graph.nodes if not node.is_input])
    inputs = ", ".join(f"{node.name} {_shape(graph.out(node))}" for node in graph.inputs)
    entry = inputs or (str(graph.input) if graph.input else "")
    outputs = ", ".join(
        f"{name} {_shape(graph.tensors.get(ref))}"
        for name, ref in zip(graph.output_names, graph.outputs, strict=False)
    )
    parts = [f"{layers} layers, {params:,} parameters", entry and f"takes {entry}"]
    return "; ".join([*filter(None, parts), *([f"gives {outputs}"] if outputs else [])])


def _boxes(graph: Graph) -> Iterator[Box]:
    results = {maker(ref) for ref in graph.outputs}
    lent = {node.shared for node in graph.nodes if node.shared}
    paths = _paths(graph.nodes)
    if any(_takes_entry(graph, node) for node in graph.nodes):
        yield Box(ENTRY, "Input", rows=(str(graph.input),), role="input")
    for number, (node, path) in enumerate(zip(graph.nodes, paths, strict=True)):
        learns = bool(graph.weights(node))
        role: Role = "input" if node.is_input else "output" if node.name in results else "layer"
        yield Box(
            str(number),
            node.kind_name or "?",
            _subtitle(node),
            tuple(_rows(graph, node)),
            role,
            learns,
            learns and node.kind is not None and not node.kind.trainable,
            node.shared if learns else None,
            learns and node.name in lent,
            path,
        )


def _takes_entry(graph: Graph, node: Node) -> bool:
    """Whether the node takes what the data give, without a layer that says so."""
    return graph.input is not None and not (node.inputs or node.is_input or node.lost)


def _subtitle(node: Node) -> str:
    """The name of a layer, unless it is that of its class."""
    name = _local(node.name, node.group)
    plain = "input_layer" if node.is_input else snake_case(node.kind_name)
    return "" if name == plain else name


def _local(name: str, group: tuple[str, ...]) -> str:
    """A name as it is known inside its block."""
    use = next((label for label in reversed(group) if not _TURN.fullmatch(label)), None)
    return name.removeprefix(f"{use}_") if use else name


def _rows(graph: Graph, node: Node) -> Iterator[str]:
    facts = [*_windows(graph.windows(node)), *_words(node)]
    if facts:
        yield ", ".join(facts)
    params = graph.params(node)
    counted = f" · {params:,} param{'s' * (params != 1)}" if params else ""
    yield _shape(graph.out(node)) + counted


def _shape(tensor: Tensor | None) -> str:
    return show_shape(tensor.shape) if tensor is not None else "?"


def _windows(windows: tuple[Window, ...]) -> Iterator[str]:
    if windows:
        strides = list(dict.fromkeys(window.stride for window in windows))
        size = "x".join(str(window.width) for window in windows)
        step = "x".join(str(w.stride) for w in windows) if len(strides) > 1 else str(strides[0])
        yield size if strides == [1] else f"{size} / {step}"


def _words(node: Node) -> Iterator[str]:
    """What tells a layer from others of its class: its activation, its rate."""
    if isinstance(node.activation, str) and node.activation != "linear":
        yield node.activation
    if node.kind is not None and node.kind.drops and isinstance(node.rate, int | float):
        yield f"{node.rate:g}"


def _finishes(node: Node) -> bool:
    """Whether the layer only brings what comes in to another scale, or drops some of it."""
    kind = node.kind
    return kind is not None and (kind.normalizes or kind.activates or kind.drops)


def _edges(graph: Graph) -> Iterator[Edge]:
    """Only those that lead onward: a broken spec may have others."""
    places = {node.name: number for number, node in enumerate(graph.nodes)}
    for number, node in enumerate(graph.nodes):
        if _takes_entry(graph, node):
            yield Edge(ENTRY, str(number))
        refs = [(ref, _carried(graph, ref)) for ref in node.inputs]
        refs += [(ref, option) for option, each in node.wanted.items() for ref in each]
        for ref, label in refs:
            source = places.get(maker(ref), number)
            if source < number:
                yield Edge(str(source), str(number), label)


def _carried(graph: Graph, ref: str) -> str:
    """What a tensor is, unless it is the one that its box tells of."""
    return _shape(graph.tensors.get(ref)) if OUTPUT in ref else ""


def _paths(nodes: tuple[Node, ...]) -> list[Path]:
    """The path of each node's frame: numbers, so that turns of a repetition have the same ones."""
    counts: dict[Path, int] = {}
    around: list[tuple[str, Path]] = []  # the labels and paths of the frames of the last node
    found: list[Path] = []
    for node in nodes:
        pairs = zip(around, node.group, strict=False)
        common = sum(1 for _ in takewhile(lambda pair: pair[0][0] == pair[1], pairs))
        del around[common:]
        for label in node.group[common:]:
            outer = around[-1][1] if around else ()
            counts[outer] = counts.get(outer, -1) + 1
            around.append((label, (*outer, str(counts[outer]))))
        found.append(around[-1][1] if around else ())
    return found


def _clusters(graph: Graph) -> Iterator[Cluster]:
    """Each use and each turn once; the turns of one repetition are marked with its number."""
    seen: set[Path] = set()
    turns: dict[Path, int] = {}
    paths = _paths(graph.nodes)
    blocks = _blocks(graph.nodes, paths)
    for node, path in zip(graph.nodes, paths, strict=True):
        for depth in range(1, len(path) + 1):
            frame, group = path[:depth], node.group[:depth]
            if frame in seen:
                continue
            seen.add(frame)
            turn = _TURN.fullmatch(group[-1])
            if turn is None:
                yield Cluster(frame, _title(group, blocks.get(frame, "")))
                continue
            name, number = turn[1], int(turn[2])
            turns[frame[:-1]] = turns.get(frame[:-1], -1) + (number == 0)
            yield Cluster(frame, "repeat", turn=f"{name} {turns[frame[:-1]]}")


def _blocks(nodes: tuple[Node, ...], paths: list[Path]) -> dict[Path, str]:
    """The blocks that frames are uses of, where a layer stands right in them."""
    found: dict[Path, str] = {}
    for node, path in zip(nodes, paths, strict=True):
        uses = [depth for depth, label in enumerate(node.group) if not _TURN.fullmatch(label)]
        if uses and node.path[0] == "blocks":
            found.setdefault(path[: uses[-1] + 1], str(node.path[1]))
    return found


def _title(group: tuple[str, ...], block: str) -> str:
    """What a use of a block is called, and the block where the name does not say it."""
    name = _local(group[-1], group[:-1])
    return name if block in name else f"{block} · {name}"
