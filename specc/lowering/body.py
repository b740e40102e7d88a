"""The statements of one function or loop: variables, layers, shared ones, uses of blocks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from specc.graph import Graph
from specc.items import ENTRY, Again, Block, LayerItem, Repeat, Use
from specc.layers.base import Layer
from specc.lowering.arguments import argument
from specc.lowering.calls import apply, entry_like
from specc.lowering.notes import note
from specc.lowering.sizes import sizes
from specc.lowering.texts import name_of
from specc.lowering.variables import Variables, called_again, flowing, read_once
from specc.naming import counted_as
from specc.node import Node, count_outputs
from specc.program import Assign, Call, Items, Loop, Ref, Statement, Value
from specc.taken import FLOW
from specc.wired import NAMELESS, Scope, Source, Wired

INDICES = ("i", "j", "k", "m", "n")
Defining = Callable[[Block, Scope, Sequence[Node]], None]


class Called(NamedTuple):
    """The variable of a layer or model that is called again; models have no kind."""

    variable: str
    kind: Layer | None


@dataclass
class Body:
    """The statements of one function, or of a loop in it.

    `nodes` are those of one placement of the items, in the same order.
    """

    graph: Graph
    define: Defining  # a block as a function, once
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
    first: int = 0  # where whole models are made: behind the inputs
    used_up: frozenset[str] = frozenset()  # what Keras counts from inside of those
    phased: frozenset[str] = frozenset()  # what phases of the training freeze, and find by name
    held: frozenset[str] = frozenset()  # models that run as in use while others are trained
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
        self.sizes = sizes(scope, self.sizes)
        flow = flowing(scope, kept)
        place = 0
        for wired in scope.items:
            count = self.sizes[wired.name]
            nodes = self.nodes[place : place + count]
            self.spoken_of = [turn[place : place + count] for turn in self.turns]
            self._write(wired, nodes, wired.name in flow)
            place += count

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
        self.first = len(self.statements)
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
        """A model of its own: made ahead of all layers, frozen where it is not trained, and used.

        So Keras names its layers as it does where there is nothing else.
        """
        variable = self.variables.fresh(wired.name)
        taken = self.graph.into(nodes[0]) or ()
        self.layers[wired.name] = Called(variable, kind)
        named = kind if kind.name else kind.bound_to({**kind.bound, "name": wired.name})
        made: list[Statement] = [Assign((variable,), named.constructor(*taken))]
        if not kind.trainable and wired.name not in self.phased:
            made.append(Assign((f"{variable}.trainable",), False))
        self.statements[self.first : self.first] = made
        self.first += len(made)
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
        if self._keeps_its_name(wired, kind):
            return kind.call()
        named = kind.bound_to({**kind.bound, "name": self._name(wired.name)})
        return named.call()

    def _keeps_its_name(self, wired: Wired, kind: Layer) -> bool:
        if self.inside:
            return False
        named = wired.item.name is not None
        if not named and (counted_as(kind) in self.used_up or wired.name in self.phased):
            return False
        return not (named and self.indices)

    def _name(self, name: str) -> Value:
        self.counted = self.counted or bool(self.indices)
        return name_of(name, inside=self.inside, indices=self.indices)

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
        called = wired.item.layer.text if isinstance(wired.item, Again) else wired.name
        held = called in self.held
        self._assign(wired, apply(layer, kind, args, wanted, held=held), nodes, flows)

    def _assign(self, wired: Wired, value: Value, nodes: Sequence[Node], flows: bool) -> None:
        count = count_outputs(nodes[-1].name, self.graph.tensors)
        wish = self.wishes.get(wired.name, wired.name)
        first = FLOW if flows else self.variables.fresh(wish)
        further = tuple(self.variables.fresh(f"{wish}_{k}") for k in range(1, count))
        self.known[wired.name] = (first, *further)
        self.statements.append(Assign((first, *further), value, self._note()))

    def _note(self) -> str:
        """Shape and size of what was made, `26x26x32, 320 params`, if that is so in each turn."""
        notes = {note(self.graph, nodes) for nodes in self.spoken_of}
        return notes.pop() if len(notes) == 1 else ""

    def _use(
        self, wired: Wired, use: Use, scope: Scope, nodes: Sequence[Node], flows: bool
    ) -> None:
        block = use.block
        if block is None:
            raise ValueError("a use without a block cannot be lowered")
        self.define(block, scope, nodes)
        given = {k: use.bound.get(k, argument(scope, k, use.arguments[k])) for k in use.given}
        options = tuple((k, v) for k, v in given.items() if not self._by_default(use, k))
        plain = not self.inside and not self.indices
        named = () if plain and wired.name == block.name else (("name", self._name(wired.name)),)
        if wired.name in self.again:
            self._nested(wired, Call(block.name, (), (*options, *named)), nodes, flows)
            return
        call = Call(block.name, self.refs(wired.sources), (*options, *named))
        self._assign(wired, call, nodes, flows)

    def _by_default(self, use: Use, parameter: str) -> bool:
        """Whether a use gives a parameter the value that it has anyway."""
        if use.block is None or parameter in use.bound:
            return False
        default, given = use.block.parameters[parameter], use.arguments[parameter]
        return default is not None and type(default) is type(given) and default == given

    def _nested(self, wired: Wired, call: Call, nodes: Sequence[Node], flows: bool) -> None:
        """A use of a block that is called again: a model of its own, which can be."""
        args = self.refs(wired.sources)
        name = self._name(wired.name)
        entries = []
        for number, ref in enumerate(args):
            label = "input" if len(args) == 1 else f"input_{number}"
            entry = self.variables.fresh(f"{wired.name}_{label}")
            self.statements.append(Assign((entry,), entry_like(ref, name, label)))
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
        """A loop, each turn of which takes what the one before has put into `FLOW`."""
        refs = self.refs(wired.sources)
        if refs and refs[0].name != FLOW:
            self.statements.append(Assign((FLOW,), refs[0]))
        index = INDICES[len(self.indices) % len(INDICES)]
        body = self._loop(repeat.times, index, nodes)
        body.turn(scope)
        times = Ref(repeat.bound) if repeat.bound else repeat.times
        self.counted = self.counted or (body.counted and bool(self.indices))
        shown = index if body.counted else "_"
        self.statements.append(Loop(shown, times, tuple(body.statements)))
        self.known[wired.name] = (FLOW,)
        if not flows:
            wish = self.wishes.get(wired.name, wired.name.removesuffix(NAMELESS))
            variable = self.variables.fresh(wish)
            self.statements.append(Assign((variable,), Ref(FLOW)))
            self.known[wired.name] = (variable,)

    def _loop(self, times: int, index: str, nodes: Sequence[Node]) -> "Body":
        """The body of a loop, which knows what is known here."""
        each = len(nodes) // times
        flat = not self.inside and not self.indices
        return Body(
            self.graph, self.define, self.variables, nodes[:each], self.inside,
            indices=(*self.indices, index), again=self.again, known=dict(self.known),
            used_up=self.used_up,
            layers=dict(self.layers), sizes=dict(self.sizes),
            turns=[nodes[i * each : (i + 1) * each] for i in range(times)] * flat,
        )  # fmt: skip

    def turn(self, scope: Scope) -> None:
        """Appends the statements of one turn, from what comes in to what goes on."""
        self.known[ENTRY] = (FLOW,)
        if not read_once(scope, ENTRY):
            entry = self.variables.fresh("entry")
            self.statements.append(Assign((entry,), Ref(FLOW)))
            self.known[ENTRY] = (entry,)
        self.write(scope, frozenset())
        last = self.ref(Source(scope.result))
        if last.name != FLOW:
            self.statements.append(Assign((FLOW,), last))
