"""What stands between the layers that learn: the way from one to the next."""

from collections.abc import Iterable, Iterator

from specc.node import Node

Way = tuple[tuple[Node, ...], Node]  # the layers in between, and the learning one they lead to
# The layers since a start, each behind those before it: a long way costs no copy at each step.
Trail = tuple["Trail", Node] | None


def ways(nodes: Iterable[Node]) -> Iterator[tuple[Node, Way]]:
    """Each layer that multiplies, with the way to each next layer that learns."""
    open_ways: dict[str, list[tuple[Node, Trail]]] = {}
    for node in nodes:
        arriving = [way for name in node.inputs for way in open_ways.get(name, ())]
        if node.kind is None or node.kind.learns:
            yield from ((start, (_walked(trail), node)) for start, trail in arriving)
            arriving = []
        if node.kind is not None and node.kind.multiplies:
            arriving = [(node, None)]
        elif node.kind is not None and node.kind.merges:
            arriving = []
        else:
            arriving = [(start, (trail, node)) for start, trail in arriving]
        open_ways[node.name] = arriving


def _walked(trail: Trail) -> tuple[Node, ...]:
    """The layers of a trail, the first one first."""
    layers = []
    while trail is not None:
        trail, layer = trail
        layers.append(layer)
    return tuple(reversed(layers))
