"""What layers do to the values on their way."""

from specc.graph import Node
from specc.subject import Subject


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


def branches(subject: Subject, name: str) -> bool:
    """Whether several layers read what the layer of that name puts out."""
    return len(subject.entire.graph.readers.get(name, ())) > 1


def merged(subject: Subject, node: Node) -> bool:
    """Whether what it puts out, in other places at most, is merged with what others do, number by
    number: it adds to that, weighs it, or turns it. A custom layer may well do so."""
    reading = subject.entire.graph.readers.get(node.name, ())
    return any(
        (each.merges and each.kind_name != "Concatenate")
        or each.kind_name == "Custom"
        or ((bool(each.moves) or each.kind_name == "RepeatVector") and merged(subject, each))
        for each in reading
    )


def hidden(subject: Subject) -> frozenset[str]:
    """Names of the layers with a layer behind them that learns, or that could not be read."""
    found: set[str] = set()
    for node in reversed(subject.nodes):
        if node.name in found or node.kind is None or node.kind.learns:
            found.update(node.inputs)
    return frozenset(found)
