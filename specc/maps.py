"""Feature maps of a model by the names of their layers, also of those inside of pretrained ones."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from specc.graph import Graph, Node
from specc.layers.application_base import Application
from specc.node import tensors_of
from specc.pictures import SMALL
from specc.tensor import Shape, ShapeError, Tensor

LARGER = (80, 96, 128, 192, 256)  # where a layer makes nothing of so few


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
        yield from _maps(graph, node)


def _maps(graph: Graph, node: Node) -> tuple[str, ...]:
    """The names of the maps that a layer makes, those inside of a pretrained model one by one."""
    kind, inputs = node.kind, graph.into(node)
    if isinstance(kind, Application):
        return kind.maps_inside(*inputs) if inputs and graph.out(node) is not None else ()
    return (node.name,) if is_map(graph, node) else ()


def layer_names(graph: Graph) -> tuple[str, ...]:
    """The names of all layers, also of those inside of pretrained models."""
    nodes = (node for node in graph.nodes if not node.is_input)
    return tuple(name for node in nodes for name in (node.name, *inside(graph, node)))


def first_maps(graph: Graph, wanted: int | tuple[str, ...]) -> tuple[str, ...]:
    """So many of the first maps, or those of the layers that are named."""
    return wanted if isinstance(wanted, tuple) else tuple(islice(map_names(graph), wanted))


def last_map(graph: Graph) -> str | None:
    """The layer of the last map that is not pooled: what Grad-CAM looks at unless told."""
    found = [names for node in graph.nodes if (names := _maps(graph, node))]
    for names in reversed(found):
        whole = [name for name in names if "pool" not in name]
        if whole:
            return whole[-1]
    return found[-1][-1] if found else None


def size_of_patterns(graph: Graph, layer: str, shape: Shape) -> int:
    """A small height and width that a layer makes maps of, of images of this shape."""
    known = [size for size in shape[:2] if size is not None] or [SMALL]
    tried = (min(SMALL, *known), *(size for size in LARGER if size < max(known)))
    return next((size for size in tried if reached(graph, layer, size)), max(known))


def reached(graph: Graph, layer: str, size: int) -> bool:
    """Whether a layer makes maps of images of so many pixels in height and width."""
    tensors: dict[str, Tensor] = {}
    for node in graph.nodes:
        source = graph.out(node) if node.is_input else None if node.inputs else graph.input
        taken = (_square(source, size),) if source else tensors_of(node.inputs, tensors)
        if node.kind is None or taken is None:
            return True  # as far as anybody knows
        try:
            tensors[node.name] = taken[0] if node.is_input else node.kind.infer(*taken)
        except ShapeError:
            return False
        if layer == node.name or layer in inside(graph, node):
            return True
    return True


def _square(tensor: Tensor, size: int) -> Tensor:
    return replace(tensor, shape=(size, size, *tensor.shape[2:]))
