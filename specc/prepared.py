"""What the data deliver to the model, once `preprocess` has been through them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from specc import columns
from specc.diagnostics import Diagnostic, Severity
from specc.graph import REMOVE, late_inputs
from specc.groups import of_input
from specc.infer import infer_all
from specc.inspect.facts import Facts
from specc.items import LayerItem
from specc.naming import layer_name
from specc.node import Node
from specc.schema import Data, Spec
from specc.source import Path
from specc.tangles import named_alike
from specc.tensor import Tensor


class Delivered(NamedTuple):
    """One row as the model gets it; `inputs` are those that the source gives by their names."""

    tensor: Tensor | None
    inputs: Mapping[str, Tensor | None] = {}
    found: tuple[Diagnostic, ...] = ()


def prepare(spec: Spec, written: Any, facts: Facts) -> Delivered:
    """What comes of each row, given what is known of the data; `written` is the spec's data."""
    data = written if isinstance(written, dict) else {}
    if not spec.data or not facts.inputs:
        return _alone(spec, data, facts)
    tensors: dict[str, Tensor | None] = {}
    found: list[Diagnostic] = []
    for name, known in facts.inputs.items():
        nodes = _nodes(for_input(spec.data, name), data)
        tensors[name], refused = _through(nodes, known.tensor)
        found += [*refused, *_shared_names(nodes, spec), *_names_for_each(nodes, len(facts.inputs))]
    only = next(iter(tensors.values())) if len(tensors) == 1 else None
    return Delivered(only, tensors, tuple(dict.fromkeys(found)))


def for_input(data: Data, name: str) -> Data:
    """The data with what is done to one input alone."""
    changes: dict[str, Any] = {"preprocess": of_input(data.preprocess, name)}
    if data.source and name != data.source.image_input and data.source.image_input:
        changes["augment"] = None
    return data.model_copy(update=changes)


def _alone(spec: Spec, data: Mapping[str, Any], facts: Facts) -> Delivered:
    nodes = _nodes(spec.data, data)
    tensor, found = _through(nodes, facts.tensor)
    if facts.columns and spec.data:
        tensor = columns.joined(tensor, spec.data, facts.columns)
    return Delivered(tensor, found=(*found, *_shared_names(nodes, spec)))


def _nodes(data: Data | None, written: Mapping[str, Any]) -> tuple[Node, ...]:
    """The layers of `preprocess`, each of which takes what the one above gives."""
    nodes: list[Node] = []
    for i, (path, kind) in enumerate(data.steps if data else ()):
        above = (nodes[-1].name,) if nodes else ()
        item = _item(written.get("preprocess"), path[2:])
        nodes.append(Node(f"preprocess_{i}", kind, path, item, above))
    return tuple(nodes)


def _through(
    nodes: tuple[Node, ...], given: Tensor | None
) -> tuple[Tensor | None, tuple[Diagnostic, ...]]:
    """What comes out of the last layer, and what is wrong with the layers."""
    tensors, refusals = infer_all(nodes, given, None)
    unknown = [*_widths_unknown(nodes, tensors)]
    last = tensors.get(nodes[-1].name) if nodes else given
    found = (*refusals, *late_inputs(nodes, "an `Input` here", REMOVE), *unknown)
    return None if unknown else last, found


def _widths_unknown(nodes: tuple[Node, ...], tensors: Mapping[str, Tensor]) -> Iterator[Diagnostic]:
    """S215: each vector that is as wide as a vocabulary of which nobody knows the size."""
    for node in nodes:
        tensor = tensors.get(node.name)
        learns = node.kind is not None and node.kind.looks_up and node.kind.unlearned
        if learns and tensor and tensor.shape == (None,) and "float" in tensor.dtype:
            message = f"`{node.kind_name}` gives vectors as wide as the vocabulary that it learns"
            help = "write `max_tokens: 10000, pad_to_max_tokens: true`, or another size"
            yield Diagnostic("S215", Severity.ERROR, message, node.at(), on_key=True, help=help)


def _item(written: object, path: Path) -> object:
    """What is written at a path below `preprocess`, None where nothing is."""
    match written, path:
        case _, ():
            return written
        case dict(), (str(key), *rest):
            return _item(written.get(key), tuple(rest))
        case list(), (int(place), *rest) if place < len(written):
            return _item(written[place], tuple(rest))
    return None


def _shared_names(preprocess: tuple[Node, ...], spec: Spec) -> Iterator[Diagnostic]:
    """Layers of `preprocess` whose name another layer has: the saved model holds all of them."""
    counts: Counter[str] = Counter()
    named = [(layer_name(node.kind, counts).lower(), node.path) for node in preprocess]
    layers = (*spec.model.inputs, *(i for i in spec.model.items if isinstance(i, LayerItem)))
    named += [(layer_name(item.kind, counts).lower(), item.path) for item in layers]
    for node, (name, _) in zip(preprocess, named, strict=False):
        others = [path for other, path in named if other == name and path > node.path]
        yield from (named_alike(name, node.at("name"), other) for other in others[:1])


def _names_for_each(preprocess: tuple[Node, ...], inputs: int) -> Iterator[Diagnostic]:
    """Layers with a name in a list that each of several inputs has layers of its own from."""
    for node in preprocess:
        if inputs > 1 and node.kind and node.kind.name and len(node.path) == 3:
            message = f"each of the {inputs} inputs would have a layer `{node.kind.name}`"
            help = "leave the name out, or give `preprocess` a list for each input"
            yield Diagnostic("F019", Severity.ERROR, message, node.at("name"), help=help)
