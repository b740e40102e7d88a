"""Wired items to nodes: every layer that Keras will make or call, with the name it will have."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from specc.diagnostics import Diagnostic, Severity
from specc.items import ENTRY, Again, Item, LayerItem, Repeat, Use
from specc.naming import counted_as, layer_name
from specc.node import Node, reference
from specc.source import Path
from specc.tangles import at
from specc.wired import NAMELESS, Scope, Source, Wired
from specc.within import plain, within


class Placed(NamedTuple):
    """What stands in the graph for an item: the nodes, and the name of the one that gives."""

    item: Item
    gives: str | None  # None for what could not be wired
    nodes: tuple[Node, ...] = ()
    scope: Scope | None = None
    taken: tuple[str, ...] = ()  # what its first use takes, where it is a use of a block


class Twin(NamedTuple):
    """A use of a block that is called again: what it took at first, and what it takes now."""

    item: Again
    name: str
    first: tuple[str, ...]
    now: tuple[str, ...]


Known = Mapping[str, Placed | str | None]  # by name in its list; text for what comes in


class Site(NamedTuple):
    """Where items are placed: inside which uses and repetitions."""

    known: Known = {}
    prefix: str = ""  # of the names in a block
    suffix: str = ""  # of the names in a repetition
    use: Path | None = None  # the use or repetition that the items are placed for
    group: tuple[str, ...] = ()
    originals: tuple[Node, ...] | None = None  # the nodes whose weights are used once more


class Placer:
    """Places items one by one; names that Keras gives are counted as Keras will count them.

    `used_up` are those that whole models take, so that a layer has to be given its name.
    """

    def __init__(self, used_up: frozenset[str]) -> None:
        self.used_up = used_up
        self.found: list[Diagnostic] = []
        self.counts: Counter[str] = Counter()
        self.twins: list[Twin] = []

    def scope(self, scope: Scope, site: Site) -> tuple[dict[str, Placed | str | None], list[Node]]:
        """What each name of a scope stands for, and its nodes in order."""
        known = dict(site.known)
        nodes: list[Node] = []
        for wired in scope.items:
            done = len(nodes)
            left = None if site.originals is None else site.originals[done:]
            inner = Site(known, site.prefix, site.suffix, site.use, site.group, left)
            placed = self._placed(wired, inner)
            known[wired.name] = placed
            nodes += placed.nodes
        return known, nodes

    def _placed(self, wired: Wired, site: Site) -> Placed:
        inputs = refs(wired.sources, site.known)
        match wired.item:
            case LayerItem() as item:
                node = self._node(wired, item, inputs, site)
                return Placed(item, node.name, (node,))
            case Use() as item if wired.inner is not None:
                return self._use(wired, item, wired.inner, inputs, site)
            case Repeat() as item if wired.inner is not None:
                return self._repeat(wired, item, wired.inner, inputs, site)
            case Again() as item:
                return self._again(wired, item, inputs, site)
            case item:
                return Placed(item, None)

    def _node(
        self, wired: Wired, item: LayerItem, inputs: tuple[str, ...] | None, site: Site
    ) -> Node:
        original = site.originals[0] if site.originals else None
        wanted = {option: refs(each, site.known) for option, each in wired.wanted.items()}
        right = {option: each for option, each in wanted.items() if each is not None}
        return Node(
            self._name(wired, item, site),
            item.kind,
            _path(item.path, site),
            item.written,
            inputs or (),
            wanted=right,
            shared=(original.shared or original.name) if original else None,
            group=site.group,
            lost=inputs is None or len(right) < len(wanted),
        )

    def _name(self, wired: Wired, item: LayerItem, site: Site) -> str:
        if site.originals is not None or (item.kind is None and item.name is None):
            return _inside(wired.name, site)
        counted = item.kind is not None and counted_as(item.kind) in self.used_up
        if site.prefix or item.name is not None or counted:
            return layer_name(item.kind, self.counts, _inside(wired.name, site))
        return layer_name(item.kind, self.counts)

    def _use(
        self, wired: Wired, item: Use, scope: Scope, inputs: tuple[str, ...] | None, site: Site
    ) -> Placed:
        prefix = _inside(wired.name, site)
        given = self._given(item, scope, inputs)
        path = (*_path(item.path, site), item.block.name if item.block else "")
        use = path if isinstance(item.written, dict) else path[:-1]
        inner = Site(given, prefix, "", use, (*site.group, prefix), site.originals)
        known, nodes = self.scope(scope, inner)
        return Placed(item, _gives(known.get(scope.result)), tuple(nodes), scope, inputs or ())

    def _given(self, item: Use, scope: Scope, inputs: tuple[str, ...] | None) -> Known:
        """The inputs of a block; a wrong number of them is a finding, and leaves all unknown."""
        names = scope.inputs
        if inputs is not None and len(inputs) != len(names) and not (not inputs and len(names) < 2):
            said = f"the block `{item.block.name}`" if item.block else "the block"
            count = "1 input" if len(names) == 1 else f"{len(names)} inputs"
            message = f"{said} takes {count}, and gets {len(inputs)}"
            help = f"give `from` {count}" + (f": {', '.join(names)}" if len(names) > 1 else "")
            path, on_key = at(item, "from" if item.sources else None), not item.sources
            found = Diagnostic("S231", Severity.ERROR, message, path, on_key, help=help)
            self.found.append(found)
            inputs = None
        if inputs == ():
            return {}
        first: Known = {ENTRY: inputs[0] if inputs else None}
        return {**first, **dict(zip(names, inputs or (None,) * len(names), strict=True))}

    def _repeat(
        self, wired: Wired, item: Repeat, scope: Scope, inputs: tuple[str, ...] | None, site: Site
    ) -> Placed:
        nodes: list[Node] = []
        use = (*_path(item.path, site), "repeat")
        entry = inputs[0] if inputs else None
        for i in range(item.times):
            taken: Known = {**site.known, ENTRY: entry} if inputs != () or i else site.known
            left = None if site.originals is None else site.originals[len(nodes) :]
            label = f"{wired.name.removesuffix(NAMELESS)} {i}"
            group = (*site.group, label)
            inner = Site(taken, site.prefix, f"{site.suffix}_{i}", use, group, left)
            known, made = self.scope(scope, inner)
            nodes += made
            entry = _gives(known.get(scope.result))
        return Placed(item, entry, tuple(nodes), scope)

    def _again(
        self, wired: Wired, item: Again, inputs: tuple[str, ...] | None, site: Site
    ) -> Placed:
        """An earlier layer or use once more: the nodes that it has, on other inputs."""
        target = site.known.get(item.layer.text)
        if not isinstance(target, Placed) or isinstance(target.item, Repeat) or _is_input(target):
            self.found += [_not_to_be_called(item, target)] if target is not None else []
            return Placed(item, None)
        if not target.nodes:
            return Placed(item, None)
        twin = Site(site.known, site.prefix, site.suffix, site.use, site.group, target.nodes)
        if target.scope is None:
            layer = LayerItem(item.path, item.written, kind=target.nodes[0].kind)
            node = self._node(Wired(layer, wired.name, wired.sources), layer, inputs, twin)
            return Placed(item, node.name, (node,))
        given = self._given(_of(target.item), target.scope, inputs)
        prefix = _inside(wired.name, site)
        use = (*_path(item.path, site), "call")
        inner = Site(given, prefix, "", use, (*site.group, prefix), target.nodes)
        known, nodes = self.scope(target.scope, inner)
        self.twins.append(Twin(item, item.layer.text, target.taken, inputs or ()))
        gives = _gives(known.get(target.scope.result))
        return Placed(item, gives, tuple(nodes), target.scope, target.taken)


def _not_to_be_called(item: Again, target: Placed | str) -> Diagnostic:
    """F030: `call` names a repetition or an input."""
    repeats = isinstance(target, Placed) and isinstance(target.item, Repeat)
    what = "a repetition" if repeats else "an input"
    message = f"`{item.layer.text}` is {what}, which cannot be called"
    help = "call a layer or a use of a block; a block can hold a repetition"
    return Diagnostic("F030", Severity.ERROR, message, item.layer.path, help=help)


def _of(item: Item) -> Use:
    """A use as it is; one that is called again itself stands for a use without a block."""
    return item if isinstance(item, Use) else Use(item.path, item.written)


def _is_input(placed: Placed) -> bool:
    return any(node.is_input for node in placed.nodes[:1]) and placed.scope is None


def _inside(name: str, site: Site) -> str:
    """The name in full of something that a list calls by this name."""
    return (f"{site.prefix}_{name}" if site.prefix else name) + site.suffix


def _path(path: Path, site: Site) -> Path:
    """The path, for the use that the items are placed for."""
    return path if site.use is None else within(plain(path), site.use)


def _gives(placed: Placed | str | None) -> str | None:
    return placed.gives if isinstance(placed, Placed) else placed


def refs(sources: tuple[Source, ...] | None, known: Known) -> tuple[str, ...] | None:
    """The sources as references to nodes, None when one leads to nothing that could be wired."""
    if sources is None:
        return None
    found = [(_gives(known.get(source.name)), source) for source in sources]
    if any(name is None and source.name in known for name, source in found):
        return None
    given = [(name, source.output) for name, source in found if name is not None]
    return tuple(reference(name, number) for name, number in given)
