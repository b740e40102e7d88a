"""A placed model to the statements of a program, and its blocks to functions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from specc.graph import Graph
from specc.items import ENTRY, Block, Use, walk
from specc.lowering.arguments import argument, default
from specc.lowering.body import Body
from specc.lowering.variables import Variables, read_once
from specc.naming import used_up
from specc.node import Node
from specc.program import Assign, Call, Define, Model, Parameter, Ref, Table, Value
from specc.taken import FLOW
from specc.wired import Scope, Source


def lower_model(
    name: str,
    graph: Graph,
    entry: Call | None,
    *,
    listed: bool,
    phased: frozenset[str] = frozenset(),
    held: frozenset[str] = frozenset(),
) -> Model:
    """A functional model; `entry` is the input that the data imply where the spec has none.

    `phased` are the layers that phases of the training freeze, and `held` those that always run
    as they do in use.
    """
    if graph.scope is None:
        raise ValueError("a graph without its items cannot be lowered")
    blocks, outputs = _Blocks(graph), _outputs(graph)
    body = _begun(graph, blocks, entry)
    body.phased, body.held = phased, held
    if graph.scope.result in outputs and listed:
        body.wishes = {graph.scope.result: "outputs"}
    body.write(graph.scope, frozenset(source.name for source in outputs.values()))
    inputs = [node for node in graph.nodes if node.is_input]
    taken: dict[str, Value] = {node.name: body.ref(Source(node.name)) for node in inputs}
    given: dict[str, Value] = {key: body.ref(source) for key, source in outputs.items()}
    return Model(
        name,
        blocks=tuple(blocks.defined.values()),
        body=tuple(body.statements),
        inputs=_one_or_table(taken) if taken else Ref(body.implied),
        outputs=_one_or_table(given),
        modules=tuple(sorted({module for node in graph.nodes for module in _modules(node)})),
    )


def _begun(graph: Graph, blocks: "_Blocks", entry: Call | None) -> Body:
    """The body of the function that builds the model, with nothing but the implied input."""
    names = tuple(_block_names(graph.scope)) if graph.scope else ()
    variables = Variables((*names, *_packages(graph)))
    body = Body(graph, blocks.define, variables, graph.nodes, turns=(graph.nodes,))
    body.used_up = used_up(node.kind for node in graph.nodes)
    if entry is not None:
        body.entry("inputs")
        body.statements.append(Assign((body.implied,), entry))
        body.first = 1
    return body


def _one_or_table(values: Mapping[str, Value]) -> Value:
    return next(iter(values.values())) if len(values) == 1 else Table(tuple(values.items()))


def _packages(graph: Graph) -> set[str]:
    """What the imports of custom layers put into the script."""
    return {module.partition(".")[0] for node in graph.nodes for module in _modules(node)}


def _modules(node: Node) -> Iterator[str]:
    """The modules to import for a layer that is not Keras' own."""
    if node.kind is not None and not node.kind.module:
        yield node.kind.call().target.rpartition(".")[0]


def _block_names(scope: Scope) -> Iterator[str]:
    for each in walk(tuple(wired.item for wired in scope.items)):
        if isinstance(each, Use) and each.block is not None:
            yield each.block.name


def _outputs(graph: Graph) -> dict[str, Source]:
    """The outputs by the names that the spec calls them."""
    found = {}
    for name in graph.output_names:
        stem, _, number = name.rpartition(".")
        further = stem in graph.placed and name not in graph.placed
        found[name] = Source(stem, int(number)) if further else Source(name)
    return found


class _Blocks:
    """The functions of the blocks, each made from the first use that is met."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.defined: dict[str, Define] = {}

    def define(self, block: Block, scope: Scope, nodes: Sequence[Node]) -> None:
        if block.name in self.defined:
            return
        once = block.inputs == () and read_once(scope, ENTRY)
        inputs = block.inputs or ((FLOW,) if once else ("inputs",))
        taken = (*block.parameters, *inputs, *_block_names(scope), *_packages(self.graph))
        variables = Variables(taken)
        body = Body(self.graph, self.define, variables, nodes, inside=True)
        for name, given in zip(scope.inputs, inputs, strict=True):
            body.known[name] = (given,)
        body.known[ENTRY] = (inputs[0],)
        body.write(scope, frozenset())
        parameters = tuple(_parameter(scope, *each) for each in block.parameters.items())
        document = block.description or f"The layers of the block `{block.name}`."
        result = body.ref(Source(scope.result))
        self.defined[block.name] = Define(
            block.name, inputs, parameters, tuple(body.statements), result, document
        )


def _parameter(scope: Scope, name: str, given: Any) -> Parameter:
    """A parameter; the type of one without a default is that of what the use gives."""
    if given is not None:
        return Parameter(name, (default(scope, name, given),))
    kind = type(argument(scope, name, None))
    return Parameter(name, annotation=kind.__name__ if kind in (int, float, str, bool) else "")
