"""What a comment says of a layer, or of all layers of a block: what comes out and its weights."""

from collections.abc import Sequence

from specc.graph import Graph
from specc.node import Node


def note(graph: Graph, nodes: Sequence[Node]) -> str:
    """Shape and size of what is made, the last node's output: `26x26x32, 320 params`."""
    out, params = graph.out(nodes[-1]), sum(graph.params(node) for node in nodes)
    return f"{out}, {params:,} params" if params else str(out)
