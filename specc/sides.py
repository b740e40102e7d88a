"""What a view of one output or of one input knows of the data and of the model."""

from dataclasses import replace

from specc.graph import Graph
from specc.inspect.facts import Facts
from specc.tensor import Tensor, agree

OF_TARGETS = ("labels", "classes", "class_names", "target_range", "target_shape", "balance")
OF_INPUTS = ("shape", "dtype", "range", "standardised", "vocabulary", "texts")
UNKNOWN = Facts()


def of_target(facts: Facts, name: str, *, alone: bool) -> Facts:
    """What is known of the target of one output, which may be `alone`."""
    if alone and not facts.targets:
        return facts
    return _only(facts, OF_TARGETS, facts.targets.get(name, UNKNOWN))


def of_input(facts: Facts, name: str) -> Facts:
    """What is known of one input that the source names."""
    return _only(facts, OF_INPUTS, facts.inputs[name])


def _only(facts: Facts, names: tuple[str, ...], one: Facts) -> Facts:
    """The facts with what is known of one input or target in place of those names."""
    values = {name: getattr(one, name) for name in names}
    origins = {name: said for name, said in facts.origins.items() if name not in names}
    return replace(facts, **values, origins=origins | dict(one.origins))


def entered(graph: Graph, name: str, given: Tensor | None) -> Graph:
    """The graph as one whose only input is of that name, for which the data give a tensor."""
    declared = graph.tensors.get(name)
    disputed = bool(given and declared and not agree(declared.shape, given.shape))
    return replace(graph, input=declared, declared=declared, disputed=disputed)
