"""Names to sources: which item of a list of layers takes what, in an order that can be built."""

from collections import Counter
from collections.abc import Mapping, Set

from specc.diagnostics import Diagnostic, Severity
from specc.items import ENTRY, Again, Item, LayerItem, Named, Repeat, Use, Wiring
from specc.naming import layer_name, name_in_block, next_name
from specc.order import in_order
from specc.tangles import (
    alike,
    cycle,
    dangling,
    hidden,
    twice,
    unknown,
    unused_input,
    which,
)
from specc.wired import NAMELESS, Scope, Source, Wired, is_nameless


class Wirer:
    """Wires lists of items, and collects what is wrong with their names."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []
        self._blocks: dict[int, Scope] = {}
        self._inside = False  # a block

    def model(self, wiring: Wiring) -> tuple[Scope, tuple[Source, ...]]:
        """The items of a model, inputs first, and the sources of its outputs."""
        items = (*wiring.inputs, *wiring.items)
        first = wiring.items[0] if wiring.items else None
        vague = first is not None and first.sources is None and len(wiring.inputs) > 1
        if first is not None and vague and not _is_vague(first):
            self.found.append(which(first, wiring.inputs))
        scope = self.scope(items, (), {}, Counter(), Counter())
        known = {each.name: each.item for each in scope.items}
        outputs = self._sources(wiring.outputs, known)
        seen = wiring.outputs
        self.found += [twice(n) for i, n in enumerate(seen) if n.text in {o.text for o in seen[:i]}]
        if not wiring.outputs:
            outputs = (Source(scope.result),) if scope.result else ()
        used = {*known} if outputs is None else {source.name for source in outputs}
        if not vague:
            self._loose(scope, used)
        return scope, outputs or ()

    def _loose(self, scope: Scope, used: Set[str]) -> None:
        """F032, F033: what nobody takes, which Keras would drop without a word."""
        if any(each.sources is None or _is_vague(each.item) for each in scope.items):
            return
        needed = {name for each in scope.items for name in each.needs} | used
        self.found += [
            dangling(e.item, e.name) for e in scope.items if not (e.name in needed or _is_twin(e))
        ]

    def scope(
        self,
        items: tuple[Item, ...],
        inputs: tuple[str, ...],
        outer: Mapping[str, Item | None],
        counts: Counter[str],
        uses: Counter[str],
    ) -> Scope:
        """The items of one list, each with its sources; `outer` are the names around it.

        `counts` counts the layers that Keras names itself, and `uses` the other items.
        """
        names = self._names(items, outer, counts, uses)
        known = {**outer, **dict.fromkeys(inputs), **dict(zip(names, items, strict=True))}
        wired = []
        above = inputs[:1]
        for item, name in zip(items, names, strict=True):
            wired.append(self._wired(item, name, above, known, counts, uses))
            above = (name,)
        result = names[-1] if names else ""
        needed = {name for each in wired for name in each.needs}
        ordered, rings = in_order(wired)
        self.found += [cycle([(each.name, each.item) for each in ring]) for ring in rings]
        own = {*names, *inputs}
        return Scope(ordered, inputs, result, frozenset(needed - own))

    def _names(
        self,
        items: tuple[Item, ...],
        outer: Mapping[str, Item | None],
        counts: Counter[str],
        uses: Counter[str],
    ) -> list[str]:
        names: list[str] = []
        seen: dict[str, Item] = {}
        for item in items:
            name = _name(item, counts, uses, inside=self._inside)
            first = seen.setdefault(name.lower(), item)
            if first is not item and item.name is not None:
                self.found.append(alike(name, item, first))
            elif name in outer and item.name is not None:
                self.found.append(hidden(name, item, outer[name]))
            while first is not item and name in names:
                name += NAMELESS
            names.append(name)
        return names

    def _wired(
        self,
        item: Item,
        name: str,
        above: tuple[str, ...],
        known: Mapping[str, Item | None],
        counts: Counter[str],
        uses: Counter[str],
    ) -> Wired:
        sources, wanted = self._taken(item, above, known)
        match item:
            case Again(layer=layer) if layer.text not in known:
                self._source(layer, known)
                return Wired(item, name, None)
            case Repeat(items=items, times=times):
                inner = self.scope(items, (ENTRY,), known, counts, uses)
                self._loose(inner, {inner.result})
                for _ in range(0 if self._inside else times - 1):
                    _count_on(counts, inner)
                return Wired(item, name, sources, wanted, inner)
            case Use():
                return Wired(item, name, sources, wanted, self.block(item))
            case _:
                return Wired(item, name, sources, wanted)

    def _taken(
        self, item: Item, above: tuple[str, ...], known: Mapping[str, Item | None]
    ) -> tuple[tuple[Source, ...] | None, dict[str, tuple[Source, ...]]]:
        """What an item takes, None where a part of it is not known, and what its options name."""
        if item.sources is None:
            sources: tuple[Source, ...] | None = tuple(Source(each) for each in above)
        else:
            sources = self._sources(item.sources, known)
        wanted = {option: self._sources(each, known) for option, each in item.wanted.items()}
        right = {option: each for option, each in wanted.items() if each is not None}
        return sources if len(right) == len(wanted) else None, right

    def block(self, use: Use) -> Scope:
        """The items of a block, wired once for all uses with equal arguments."""
        if id(use.items) not in self._blocks:
            inputs = use.block.inputs if use.block and use.block.inputs else (ENTRY,)
            outer, self._inside = self._inside, True
            scope = self.scope(use.items, inputs, {}, Counter(), Counter())
            self._inside = outer
            self._loose(scope, {scope.result})
            self._unused(use, scope)
            self._blocks[id(use.items)] = scope
        return self._blocks[id(use.items)]

    def _unused(self, use: Use, scope: Scope) -> None:
        """F033: what a block takes for nothing."""
        lost = (each.sources is None or _is_vague(each.item) for each in scope.items)
        if use.block and not any(lost):
            needed = {name for each in scope.items for name in each.needs} | {scope.result}
            inputs = enumerate(use.block.inputs)
            self.found += [unused_input(use.block, i) for i, name in inputs if name not in needed]

    def _sources(
        self, names: tuple[Named, ...], known: Mapping[str, Item | None]
    ) -> tuple[Source, ...] | None:
        found = [self._source(name, known) for name in names]
        right = tuple(source for source in found if source is not None)
        return right if len(right) == len(found) else None

    def _source(self, named: Named, known: Mapping[str, Item | None]) -> Source | None:
        stem, dot, number = named.text.rpartition(".")
        part = stem if dot and number.isdecimal() and stem in known else None
        if named.text in known and part is not None and int(number) > 0:
            message = f"`{named.text}` is a layer, and an output of `{part}`"
            help = "give the layer a name without a dot and a number"
            error = Diagnostic("F030", Severity.ERROR, message, named.path, help=help)
            self.found.append(error)
            return None
        if named.text in known:
            return Source(named.text)
        if part is not None:
            return Source(part, int(number))
        lost = any(_is_lost(item) for item in known.values())  # which may have that name
        told = not named.text or (named.text[0] == "$" and named.text != ENTRY)
        if not (told or lost):
            self.found.append(unknown(named, known, inside=self._inside))
        return None


def _is_twin(wired: Wired) -> bool:
    """Whether an item has the name of another one, which was said."""
    return is_nameless(wired.name) and not isinstance(wired.item, Repeat)


def _is_lost(item: Item | None) -> bool:
    """Whether an item could not be read, or its name, and so might have had any name."""
    if item is None or item.name is not None:
        return False
    return (isinstance(item, LayerItem) and item.kind is None) or "name" in _options(item)


def _is_vague(item: Item) -> bool:
    """Whether an item says nothing of what it takes, though it must; or it could not be read."""
    if not isinstance(item, LayerItem) or item.sources is not None:
        return False
    return not _options(item) if item.kind is None else item.kind.arity[0] > 1


def _options(item: Item) -> Mapping[str, object]:
    """What is written behind the name of an item, where that is a mapping."""
    values = item.written.values() if isinstance(item.written, dict) else ()
    given = next(iter(values), None) if len(values) == 1 else None
    return given if isinstance(given, dict) else {}


def _name(item: Item, counts: Counter[str], uses: Counter[str], *, inside: bool) -> str:
    """The name of an item in its list: as it is written, or as it is counted."""
    match item:
        case LayerItem(kind=kind) if inside:
            return name_in_block(kind, counts, item.name)
        case LayerItem(kind=kind):
            return layer_name(kind, counts, item.name)
        case _ if item.name is not None:
            return item.name
        case Use(block=block) if block is not None:
            return next_name(block.name, uses)
        case Again(layer=layer):
            uses[layer.text] += 1
            return f"{layer.text}_{uses[layer.text]}"
        case _:
            return next_name("repeat", uses) + NAMELESS


def _count_on(counts: Counter[str], scope: Scope) -> None:
    """Counts the layers of a repetition once more, as Keras does."""
    for each in scope.items:
        if isinstance(each.item, LayerItem):
            layer_name(each.item.kind, counts)
        if each.inner is not None and isinstance(each.item, Repeat):
            for _ in range(each.item.times):
                _count_on(counts, each.inner)
