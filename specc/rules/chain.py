"""What stands between the layers that learn: the way from one to the next."""

from collections.abc import Iterator

from specc.graph import Node
from specc.subject import Subject

Way = tuple[tuple[Node, ...], Node]  # the layers in between, and the learning one they lead to
# The layers since a start, each behind those before it: a long way costs no copy at each step.
Trail = tuple["Trail", Node] | None


def ways(subject: Subject) -> Iterator[tuple[Node, Way]]:
    """Each layer that multiplies, with the way to each next layer that learns."""
    open_ways: dict[str, list[tuple[Node, Trail]]] = {}
    for node in subject.nodes:
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


def activates(node: Node) -> bool:
    """Whether the layer is an activation and nothing else."""
    return node.kind is not None and node.kind.activates


def drops(node: Node) -> bool:
    """Whether the layer is a dropout."""
    return node.kind is not None and node.kind.drops


def output_activation(subject: Subject, node: Node) -> str:
    """The activation that is applied last; a recurrent layer's is inside it and does not count."""
    inside = node.kind is not None and node.kind.recurrent
    return "linear" if inside else subject.activation(node)


def hidden(subject: Subject) -> frozenset[str]:
    """Names of the layers with a layer behind them that learns, or that could not be read."""
    found: set[str] = set()
    for node in reversed(subject.nodes):
        if node.name in found or node.kind is None or node.kind.learns:
            found.update(node.inputs)
    return frozenset(found)
