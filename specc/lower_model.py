"""The model of a spec to statements: variables, loops, functions for blocks, shared layers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from specc.graph import Graph
from specc.items import Again, Block, LayerItem, Repeat, Use, walk
from specc.kind import Kind, as_value, ratio
from specc.layers.base import Layer
from specc.node import OUTPUT, Node
from specc.program import (
    Apply,
    Assign,
    Call,
    Define,
    Items,
    Loop,
    Model,
    Parameter,
    Ref,
    Statement,
    Table,
    Text,
    Value,
)
from specc.taken import FLOW
from specc.tangles import ENTRY
from specc.variables import Variables, called_again, flowing, read_once
from specc.wire import Scope, Source, Wired

INDICES = ("i", "j", "k", "m", "n")


def lower_model(name: str, graph: Graph, entry: Call | None, *, listed: bool) -> Model:
    """A functional model; `entry` is the input that the data imply where the spec has none."""
    if graph.scope is None:
        raise ValueError("a graph without its items cannot be lowered")
    blocks = _Blocks(graph)
    modules = {module for node in graph.nodes for module in _modules(node)}
    names = tuple(_block_names(graph.scope))
    outputs = _outputs(graph)
    body = _Body(
        graph, blocks, Variables((*names, *_packages(graph))), graph.nodes, turns=(graph.nodes,)
    )
    if entry is not None:
        body.entry("inputs")
        body.statements.append(Assign((body.implied,), entry))
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
        modules=tuple(sorted(modules)),
    )


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
        body = _Body(self.graph, self, variables, nodes, inside=True)
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


class Called(NamedTuple):
    """The variable of a layer or model that is called again; models have no kind."""

    variable: str
    kind: Layer | None


@dataclass
class _Body:
    """The statements of one function, or of a loop in it.

    `nodes` are those of one placement of the items, in the same order.
    """

    graph: Graph
    blocks: _Blocks
    variables: Variables
    nodes: Sequence[Node]
    inside: bool = False  # a block, whose names start with its own
    turns: Sequence[Sequence[Node]] = ()  # what the notes speak of: each turn of a loop
    indices: tuple[str, ...] = ()
    again: frozenset[str] = frozenset()
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)  # variables by name
    layers: dict[str, Called] = field(default_factory=dict)  # what is called again
    sizes: dict[str, int] = field(default_factory=dict)  # how many nodes stand for an item
    statements: list[Statement] = field(default_factory=list)
    counted: bool = False  # whether a name shows the index of the loop
    implied: str = ""
    spoken_of: list[Sequence[Node]] = field(default_factory=list)
    wishes: Mapping[str, str] = field(default_factory=dict)  # for variables, besides the names

    def entry(self, wish: str) -> None:
        self.implied = self.variables.fresh(wish)

    def ref(self, source: Source) -> Ref:
        """The variable that holds what a source means."""
        return Ref(self.known[source.name][source.output])

    def refs(self, sources: tuple[Source, ...] | None) -> tuple[Ref, ...]:
        found = tuple(self.ref(source) for source in sources or () if source.name in self.known)
        return found or ((Ref(self.implied),) if self.implied else ())

    def write(self, scope: Scope, kept: frozenset[str]) -> None:
        """Appends the statements of all items."""
        self.again |= called_again(scope)
        flow = flowing(scope, kept)
        place = 0
        for wired in scope.items:
            count = self.sizes[wired.name] = self._size(wired)
            nodes = self.nodes[place : place + count]
            self.spoken_of = [turn[place : place + count] for turn in self.turns]
            self._write(wired, nodes, wired.name in flow)
            place += count

    def _size(self, wired: Wired) -> int:
        """The number of nodes that stand for an item."""
        match wired.item:
            case Again(layer=layer):
                return self.sizes[layer.text]
            case Repeat(times=times) if wired.inner is not None:
                return times * self._sum(wired.inner)
            case Use() if wired.inner is not None:
                return self._sum(wired.inner)
            case _:
                return 1

    def _sum(self, scope: Scope) -> int:
        outer, self.sizes = self.sizes, dict(self.sizes)
        total = 0
        for wired in scope.items:
            self.sizes[wired.name] = self._size(wired)
            total += self.sizes[wired.name]
        self.sizes = outer
        return total

    def _write(self, wired: Wired, nodes: Sequence[Node], flows: bool) -> None:
        match wired.item:
            case LayerItem(kind=kind) if kind is not None and nodes[0].is_input:
                self._input(wired, kind)
            case LayerItem(kind=kind) if kind is not None:
                self._layer(wired, kind, nodes, flows)
            case Use() as use if wired.inner is not None and use.block is not None:
                self._use(wired, use, wired.inner, nodes, flows)
            case Repeat() as repeat if wired.inner is not None:
                self._repeat(wired, repeat, wired.inner, nodes, flows)
            case Again() as item:
                variable, again = self.layers[item.layer.text]
                self._apply(wired, Ref(variable), again, nodes, flows)
            case _:
                raise ValueError("a layer that could not be read cannot be lowered")

    def _input(self, wired: Wired, kind: Layer) -> None:
        variable = self.variables.fresh(wired.name if wired.item.name else "inputs")
        self.statements.append(Assign((variable,), kind.call()))
        self.known[wired.name] = (variable,)

    def _layer(self, wired: Wired, kind: Layer, nodes: Sequence[Node], flows: bool) -> None:
        if kind.whole_model:
            self._whole(wired, kind, nodes, flows)
            return
        made = self._constructor(wired, kind)
        if wired.name in self.again:
            variable = self.variables.fresh(wired.name)
            self.layers[wired.name] = Called(variable, kind)
            self.statements.append(Assign((variable,), made))
            self._apply(wired, Ref(variable), kind, nodes, flows)
        else:
            self._apply(wired, made, kind, nodes, flows)

    def _whole(self, wired: Wired, kind: Layer, nodes: Sequence[Node], flows: bool) -> None:
        """A model of its own: made, frozen where it is not to be trained, fed, and used."""
        variable = self.variables.fresh(wired.name)
        taken = self.graph.into(nodes[0]) or ()
        self.layers[wired.name] = Called(variable, kind)
        self.statements.append(Assign((variable,), kind.constructor(*taken)))
        if not kind.trainable:
            self.statements.append(Assign((f"{variable}.trainable",), False))
        self._apply(wired, Ref(variable), kind, nodes, flows)

    def _fed(self, kind: Layer | None, args: tuple[Ref, ...]) -> tuple[Ref, ...]:
        """The inputs, gone through the preprocessing that belongs to a model."""
        prepare = kind.preprocessing() if kind is not None else None
        if prepare is None:
            return args
        self.statements.append(Assign((FLOW,), Call(prepare, args)))
        return (Ref(FLOW),)

    def _constructor(self, wired: Wired, kind: Layer) -> Call:
        """The layer with the name that it has here, if that is not left to Keras."""
        if not self.inside and (wired.item.name is None or not self.indices):
            return kind.call()
        named = kind.bound_to({**kind.bound, "name": self._name(wired.name)})
        return named.call()

    def _name(self, name: str) -> Value:
        """`f"{name}_a_{i}"`: a name inside of a block or a loop."""
        parts: list[str | Ref] = [Ref("name"), f"_{name}"] if self.inside else [name]
        for index in self.indices:
            parts += ["_", Ref(index)]
        self.counted = self.counted or bool(self.indices)
        return Text(_joined(parts)) if len(parts) > 1 else name

    def _apply(
        self,
        wired: Wired,
        layer: Call | Ref,
        kind: Layer | None,
        nodes: Sequence[Node],
        flows: bool,
    ) -> None:
        args = self._fed(kind, self.refs(wired.sources))
        wanted = tuple((option, Items(self.refs(each))) for option, each in wired.wanted.items())
        self._assign(wired, apply(layer, kind, args, wanted), nodes, flows)

    def _assign(self, wired: Wired, value: Value, nodes: Sequence[Node], flows: bool) -> None:
        count = self._outputs(nodes[-1])
        wish = self.wishes.get(wired.name, wired.name)
        first = FLOW if flows else self.variables.fresh(wish)
        further = tuple(self.variables.fresh(f"{wish}_{k}") for k in range(1, count))
        self.known[wired.name] = (first, *further)
        self.statements.append(Assign((first, *further), value, self._note()))

    def _outputs(self, node: Node) -> int:
        count = 1
        while f"{node.name}{OUTPUT}{count}" in self.graph.tensors:
            count += 1
        return count

    def _note(self) -> str:
        """Shape and size of what was made, `26x26x32, 320 params`, if that is so in each turn."""
        notes = {self._size_of(nodes) for nodes in self.spoken_of}
        return notes.pop() if len(notes) == 1 else ""

    def _size_of(self, nodes: Sequence[Node]) -> str:
        out = self.graph.out(nodes[-1])
        params = sum(self.graph.params(node) for node in nodes)
        return f"{out}, {params:,} params" if params else str(out)

    def _use(
        self, wired: Wired, use: Use, scope: Scope, nodes: Sequence[Node], flows: bool
    ) -> None:
        block = use.block
        if block is None:
            raise ValueError("a use without a block cannot be lowered")
        self.blocks.define(block, scope, nodes)
        given = {k: use.bound.get(k, argument(scope, k, use.arguments[k])) for k in use.given}
        options = tuple((k, v) for k, v in given.items() if not self._by_default(use, k))
        plain = not self.inside and not self.indices
        named = () if plain and wired.name == block.name else (("name", self._name(wired.name)),)
        if wired.name in self.again:
            self._nested(wired, Call(block.name, (), (*options, *named)), scope, nodes, flows)
            return
        call = Call(block.name, self.refs(wired.sources), (*options, *named))
        self._assign(wired, call, nodes, flows)

    def _by_default(self, use: Use, parameter: str) -> bool:
        if use.block is None or parameter in use.bound:
            return False
        default, given = use.block.parameters[parameter], use.arguments[parameter]
        return default is not None and type(default) is type(given) and default == given

    def _nested(
        self, wired: Wired, call: Call, scope: Scope, nodes: Sequence[Node], flows: bool
    ) -> None:
        """A use of a block that is called again: a model of its own, which can be."""
        args = self.refs(wired.sources)
        name = self._name(wired.name)
        entries = []
        for number, ref in enumerate(args):
            label = "input" if len(args) == 1 else f"input_{number}"
            entry = self.variables.fresh(f"{wired.name}_{label}")
            whole = _joined([*_parts(name), f"_{label}"])
            said = Text(whole) if isinstance(name, Text) else str(whole[0])
            options: tuple[tuple[str, Value], ...] = (
                ("batch_shape", Ref(f"{ref.name}.shape")),
                ("dtype", Ref(f"{ref.name}.dtype")),
                ("name", said),
            )
            self.statements.append(Assign((entry,), Call("keras.Input", (), options)))
            entries.append(Ref(entry))
        inner = Call(call.target, tuple(entries), call.options)
        inputs = entries[0] if len(entries) == 1 else Items(tuple(entries))
        variable = self.variables.fresh(wired.name)
        model = Call("keras.Model", (inputs, inner), (("name", name),))
        self.statements.append(Assign((variable,), model))
        self.layers[wired.name] = Called(variable, None)
        self._apply(wired, Ref(variable), None, nodes, flows)

    def _repeat(
        self, wired: Wired, repeat: Repeat, scope: Scope, nodes: Sequence[Node], flows: bool
    ) -> None:
        refs = self.refs(wired.sources)
        if refs and refs[0].name != FLOW:
            self.statements.append(Assign((FLOW,), refs[0]))
        index = INDICES[len(self.indices) % len(INDICES)]
        each = len(nodes) // repeat.times
        flat = not self.inside and not self.indices
        body = _Body(
            self.graph, self.blocks, self.variables, nodes[:each], self.inside,
            indices=(*self.indices, index), again=self.again, known=dict(self.known),
            layers=dict(self.layers), sizes=dict(self.sizes),
            turns=[nodes[i * each : (i + 1) * each] for i in range(repeat.times)] * flat,
        )  # fmt: skip
        body.known[ENTRY] = (FLOW,)
        if not read_once(scope, ENTRY):
            entry = self.variables.fresh("entry")
            body.statements.append(Assign((entry,), Ref(FLOW)))
            body.known[ENTRY] = (entry,)
        body.write(scope, frozenset())
        last = body.ref(Source(scope.result))
        if last.name != FLOW:
            body.statements.append(Assign((FLOW,), last))
        times = Ref(repeat.bound) if repeat.bound else repeat.times
        self.counted = self.counted or (body.counted and bool(self.indices))
        shown = index if body.counted else "_"
        self.statements.append(Loop(shown, times, tuple(body.statements)))
        self.known[wired.name] = (FLOW,)
        if not flows:
            variable = self.variables.fresh(
                self.wishes.get(wired.name, wired.name.removesuffix("'"))
            )
            self.statements.append(Assign((variable,), Ref(FLOW)))
            self.known[wired.name] = (variable,)


def apply(
    layer: Call | Ref,
    kind: Layer | None,
    args: tuple[Ref, ...],
    wanted: tuple[tuple[str, Value], ...] = (),
) -> Apply:
    """A layer at work; several inputs are a list where the layer takes one."""
    if kind is None:
        inputs: tuple[Value, ...] = args if len(args) < 2 else (Items(args),)
        return Apply(layer, inputs)
    listed = not kind.separate and (kind.merges or len(args) > 1)
    frozen = (("training", False),) if kind.whole_model and not kind.trainable else ()
    options = tuple(
        (option, as_value(getattr(kind, option)))
        for option in sorted(kind.at_call - {*kind.tensors_at_call})
        if getattr(kind, option) != type(kind).model_fields[option].default
    )
    return Apply(layer, (Items(args),) if listed else args, (*wanted, *options, *frozen))


def argument(scope: Scope, parameter: str, given: Any) -> Value:
    """The value of an argument as the layers of this use read it: lists as tuples, and so on."""
    found = next(_read(scope, parameter), None)
    return _literal(given) if found is None else found


def default(scope: Scope, parameter: str, given: Any) -> Value:
    """The value of a default, in the form of those that uses give."""
    fraction = ratio(given)
    if fraction is not None and isinstance(next(_read(scope, parameter), None), float):
        return fraction
    return _literal(given)


def _literal(given: Any) -> Value:
    return as_value(tuple(map(_literal, given)) if isinstance(given, list) else given)


def _read(scope: Scope, parameter: str) -> Iterator[Value]:
    """The values of the options that a parameter of a block is for."""
    for wired in scope.items:
        match wired.item:
            case LayerItem(kind=kind) if kind is not None:
                yield from _of_kind(kind, parameter)
            case Use(bound=bound) if wired.inner is not None:
                inner = [name for name, value in bound.items() if value == Ref(parameter)]
                for name in inner:
                    yield from _read(wired.inner, name)
            case Repeat() if wired.inner is not None:
                yield from _read(wired.inner, parameter)


def _of_kind(kind: Kind, parameter: str) -> Iterator[Value]:
    for option, value in kind.bound.items():
        if value == Ref(parameter):
            yield as_value(getattr(kind, option))
    for option in kind.held():
        held = getattr(kind, option)
        for each in held if isinstance(held, tuple) else (held,):
            if isinstance(each, Kind):
                yield from _of_kind(each, parameter)


def _parts(name: Value) -> tuple[str | Ref, ...]:
    return name.parts if isinstance(name, Text) else (str(name),)


def _joined(parts: Sequence[str | Ref]) -> tuple[str | Ref, ...]:
    """The parts of a text, without two pieces of text side by side."""
    found: list[str | Ref] = []
    for part in parts:
        if found and isinstance(part, str) and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    return tuple(found)
