"""Feature maps of a model by the names of their layers, also of those inside of pretrained ones."""

from collections.abc import Iterator
from itertools import islice

from specc.graph import Graph, Node
from specc.layers.application_base import Application

# What stands in names of layers inside of pretrained models that make no maps, or pool them.
POOLS = ("pool", "input")
ENDS = ("flatten", "fc", "predictions", "dropout", "logits", "reshape", "top_dropout")


def is_map(graph: Graph, node: Node) -> bool:
    """Whether a layer puts out height x width x channels."""
    out = graph.out(node)
    return not node.is_input and out is not None and out.rank == 3


def inside(graph: Graph, node: Node) -> tuple[str, ...]:
    """The names of the layers inside of a pretrained model; none for any other layer."""
    kind, inputs = node.kind, graph.into(node)
    if not isinstance(kind, Application) or graph.out(node) is None:
        return ()
    return tuple(each.name for each in kind.inner(*inputs or ()))


def map_names(graph: Graph) -> Iterator[str]:
    """The names of all layers that make feature maps, from the input on."""
    for node in graph.nodes:
        names = inside(graph, node)
        yield from (name for name in names if not any(end in name for end in (*ENDS, "input")))
        if not names and is_map(graph, node):
            yield node.name


def layer_names(graph: Graph) -> tuple[str, ...]:
    """The names of all layers, also of those inside of pretrained models."""
    nodes = (node for node in graph.nodes if not node.is_input)
    return tuple(name for node in nodes for name in (node.name, *inside(graph, node)))


def first_maps(graph: Graph, wanted: int | tuple[str, ...]) -> tuple[str, ...]:
    """So many of the first maps, or those of the layers that are named."""
    return wanted if isinstance(wanted, tuple) else tuple(islice(map_names(graph), wanted))


def last_map(graph: Graph) -> str | None:
    """The layer of the last map that is not pooled: what Grad-CAM looks at unless told."""
    found = [node for node in graph.nodes if is_map(graph, node) or inside(graph, node)]
    for node in reversed(found):
        names = inside(graph, node) or (node.name,)
        whole = [n for n in names if not any(word in n for word in (*POOLS, *ENDS))]
        if whole:
            return whole[-1]
    return found[-1].name if found else None
