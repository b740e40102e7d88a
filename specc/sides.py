"""What a view of one output or of one input knows of the spec, the data and the model."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from specc.graph import Graph
from specc.inspect.facts import Facts
from specc.prepared import for_input
from specc.schema import Spec
from specc.source import Path
from specc.tensor import Tensor, agree

OF_TARGETS = ("labels", "classes", "class_names", "target_range", "target_shape", "balance")
OF_INPUTS = ("shape", "dtype", "range", "standardised", "vocabulary", "texts")
UNKNOWN = Facts()


def of_outputs(spec: Spec) -> Mapping[Path, Any]:
    """What a spec says of its outputs, of all at once or by their names, with where it does."""
    train = spec.train
    return {
        ("task",): spec.task,
        ("train", "loss"): train.loss,
        ("train", "metrics"): train.metrics,
    }


def spec_of_output(spec: Spec, name: str) -> Spec:
    """The spec with what it says of one output in place of all."""
    task, loss, metrics = (
        each.get(name) if isinstance(each, dict) else each for each in of_outputs(spec).values()
    )
    train = spec.train.model_copy(update={"loss": loss, "metrics": metrics or ()})
    return spec.model_copy(update={"task": task, "train": train})


def broken_of_output(broken: frozenset[Path], name: str) -> frozenset[Path]:
    """What could not be read, with what is said of one output in the place of all."""
    return broken | {path[:-1] for path in broken if path[-1:] == (name,)}


def spec_of_input(spec: Spec, name: str) -> Spec:
    """The spec with the data of one input in place of all."""
    data = for_input(spec.data, name) if spec.data else None
    return spec.model_copy(update={"data": data})


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
