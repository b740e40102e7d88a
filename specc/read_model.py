"""Reads `model:` and `blocks:` into a wiring: every item with its layer, blocks filled in."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from specc.blocks import read_blocks, strangers, unused
from specc.bound import Bound, bind, is_bound, symbolic, unbound
from specc.items import Again, Block, Item, LayerItem, Named, Repeat, Use, Wiring, within
from specc.kind import Kind, is_name
from specc.layers.base import Layer
from specc.objects import Reader
from specc.origins import Origins
from specc.registry import find
from specc.source import Path
from specc.wording import missing_key, shown, unknown_word
from specc.words import nearest

MOST = 100_000  # layers, once blocks and repetitions are written out
SECTIONS = ("inputs", "layers", "outputs")


def read_model(reader: Reader, data: Mapping[str, Any]) -> Wiring:
    """The model of a spec; what cannot be read is left out, and its path is in `broken`."""
    found = read_blocks(reader, data["blocks"]) if "blocks" in data else {}
    blocks = {name: block for name, block in found.items() if block is not None}
    wrong = frozenset(found.keys() - blocks.keys())
    return _Model(reader, blocks, wrong, data.get("blocks")).read(data)


class _Model:
    """One reading of a model section; it knows the blocks, and which of them were used."""

    def __init__(
        self, reader: Reader, blocks: Mapping[str, Block], wrong: frozenset[str], plain: Any
    ) -> None:
        self.reader, self.blocks, self.wrong, self.plain = reader, blocks, wrong, plain
        self.known: dict[str, tuple[Item, ...]] = {}  # the items of uses with equal arguments
        self.sizes: dict[str, int] = {}  # the layers in them, once all is written out
        self.used: set[str] = set()
        self.count = 0

    def read(self, data: Mapping[str, Any]) -> Wiring:
        match data.get("model"):
            case list() as layers if layers:
                wiring = self._listed(layers)
            case dict() as graph if graph:
                wiring = self._graph(graph)
            case given:
                self._no_model(data, given)
                return Wiring(blocks=self.blocks, plain=self.plain)
        self.reader.found += unused(self.blocks, frozenset(self.used))
        return wiring

    def _no_model(self, data: Mapping[str, Any], given: Any) -> None:
        if given is not None and given not in ([], {}):
            message = f"`model` is {shown(given)}, expected a list of layers"
            self.reader.error("F013", message, ("model",))
        elif "model" in data:
            self.reader.error("F016", "`model` is empty", ("model",), on_key=True)
        else:
            help = "add `model:` and layers"
            self.reader.error("F012", "the spec needs `model`", (), help=help)
        self.reader.broken.add(("model",))

    def _listed(self, layers: list[Any]) -> Wiring:
        items = self._items(layers, ("model",), Origins(self.reader, listed=True))
        return Wiring(items, blocks=self.blocks, plain=self.plain)

    def _graph(self, graph: Mapping[str, Any]) -> Wiring:
        for key in graph:
            if key not in SECTIONS:
                finding = unknown_word(
                    "F010", "key", key, SECTIONS, ("model", key), "`model`", on_key=True
                )
                self.reader.found.append(finding)
        origins = Origins(self.reader)
        layers = graph.get("layers")
        if not isinstance(layers, list) or not layers:
            message = "`model` has no list of `layers`"
            self.reader.error("F012", message, ("model",), on_key=True, help="add `layers: […]`")
            self.reader.broken.add(("model",))
            layers = []
        items = self._items(layers, ("model", "layers"), origins)
        inputs = tuple(self._inputs(graph.get("inputs", {})))
        outputs = origins.names(graph.get("outputs", []), ("model", "outputs"), "outputs")
        return Wiring(items, inputs, outputs or (), False, self.blocks, self.plain)

    def _inputs(self, data: Any) -> Iterator[LayerItem]:
        path: Path = ("model", "inputs")
        if not isinstance(data, dict):
            help = "write `inputs: {photo: [150, 150, 3]}`"
            message = f"`inputs` is {shown(data)}, expected a mapping of names"
            self.reader.error("F013", message, path, help=help)
            self.reader.broken.add(path)
            return
        for name, given in data.items():
            kind = self._input(name, given, (*path, name))
            layer = kind if isinstance(kind, Layer) else None
            yield LayerItem((*path, name), None, name, (), kind=layer)

    def _input(self, name: str, given: Any, path: Path) -> Kind | None:
        """An `Input` whose name is its key; a list alone is its shape."""
        model = find("layers", "Input")
        if model is None or not is_name(name):
            help = "ASCII letters, digits, `_`, `-` or `.`, starting with a letter"
            message = f"`{name}` cannot be the name of an input"
            self.reader.error("F018", message, path, on_key=True, help=help)
            return None
        if isinstance(given, dict):
            return self.reader.fields(model, given | {"name": name}, path, f"input {name}")
        alone = {"shape": given, "name": name}
        return self.reader.fields(model, alone, path, f"input {name}", alone=path)

    def _items(self, data: Sequence[Any], path: Path, origins: Origins) -> tuple[Item, ...]:
        return tuple(self._item(each, (*path, i), origins) for i, each in enumerate(data))

    def _item(self, data: Any, path: Path, origins: Origins) -> Item:
        self.count += 1
        if self.count == MOST + 1:
            message = f"the model has more than {MOST:,} layers"
            self.reader.error("F004", message, ("model",), on_key=True)
            self.reader.broken.add(("model",))
        if self.count > MOST:
            return LayerItem(path, data)
        name, value = _split(data)
        match name:
            case "repeat":
                return self._repeat(data, value, path, origins)
            case "call":
                return self._again(data, value, path, origins)
            case "custom":
                return self._layer(data, path, origins)
            case _ if name in self.wrong:
                return LayerItem(path, data)
            case _ if name in self.blocks:
                return self._use(self.blocks[name], data, value, path, origins)
            case _ if name[:1].islower() and (meant := nearest(name, self.blocks)):
                place = (*path, name) if isinstance(data, dict) else path
                finding = unknown_word(
                    "F011", "block", name, [meant], place, "the model", isinstance(data, dict)
                )
                self.reader.found.append(finding)
                return LayerItem(path, data)
            case _:
                return self._layer(data, path, origins)

    def _layer(self, data: Any, path: Path, origins: Origins) -> LayerItem:
        rest, sources = origins.split(data, path)
        kind = self.reader.object("layers", rest, path)
        if isinstance(kind, Layer) and kind.whole_model and origins.repeats:
            message = f"`{type(kind).__name__}` inside a block or a repetition"
            help = "a pretrained model is there once: write it in the model, and `call` it again"
            self.reader.error("F035", message, path, on_key=isinstance(data, dict), help=help)
            kind = None
        wanted = origins.wanted(kind, data, path)
        if not isinstance(kind, Layer):
            return LayerItem(path, data, _named(rest), sources, wanted)
        return LayerItem(path, data, kind.name, sources, wanted, kind=kind)

    def _again(self, data: Any, value: Any, path: Path, origins: Origins) -> Item:
        inner = (*path, "call")
        value, sources = origins.options(value, inner, "call", ("layer", "name"))
        given = value.get("layer")
        if not isinstance(given, str):
            help = "write `call: {layer: encoder, from: right, name: right_code}`"
            self.reader.error("F012", "`call` needs `layer`", inner, on_key=True, help=help)
            return LayerItem(path, data, value.get("name"), sources)
        layer = Named(given, (*inner, "layer"))
        return Again(path, data, value.get("name"), sources, layer=layer)

    def _repeat(self, data: Any, value: Any, path: Path, origins: Origins) -> Item:
        inner = (*path, "repeat")
        value, sources = origins.options(value, inner, "repeat", ("times", "layers", "name"))
        layers, given = value.get("layers"), value.get("times")
        if not isinstance(layers, list) or not layers:
            message, help = "`repeat` needs `layers`", "add `layers: […]`"
            self.reader.error("F012", message, inner, on_key=True, help=help)
            layers = []
        times = unbound(given)
        if "times" not in value:
            message, help = "`repeat` needs `times`", "add `times: 2`"
            self.reader.error("F012", message, inner, on_key=True, help=help)
        elif type(times) is not int or times < 1:
            message = f"`times` is {shown(times)}, expected a positive integer"
            self.reader.error("F013", message, (*inner, "times"))
        times = times if type(times) is int and 1 <= times <= MOST else 1
        before = self.count
        items = self._items(layers, (*inner, "layers"), Origins(self.reader, repeats=True))
        self.count += (self.count - before) * (times - 1)
        bound = given.name if isinstance(given, Bound) else None
        name = value.get("name")
        return Repeat(path, data, name, sources, times=times, items=items, bound=bound)

    def _use(self, block: Block, data: Any, value: Any, path: Path, origins: Origins) -> Item:
        inner = (*path, block.name) if isinstance(data, dict) else path
        known, called = (*block.parameters, "name"), f"the block `{block.name}`"
        if value is not None and not isinstance(value, dict) and block.parameters:
            value = {known[0]: value}
        value, sources = origins.options(value or {}, inner, called, known)
        name = value.pop("name", None)
        needed = [each for each, default in block.parameters.items() if default is None]
        lacking = [each for each in needed if value.get(each) is None]
        if lacking:
            self.used.add(block.name)
            self.reader.found += [missing_key(each, called, inner) for each in lacking]
            return LayerItem(path, data, name, sources)
        arguments = {**block.parameters} | {k: v for k, v in value.items() if k in block.parameters}
        bound = {k: symbolic(v) for k, v in arguments.items() if is_bound(v)}
        plain = {k: unbound(v) for k, v in arguments.items()}
        items = self._filled(block, plain, inner)
        given = tuple(k for k in block.parameters if k in value)
        return Use(
            path, data, name, sources, block=block, arguments=plain, given=given, bound=bound,
            items=items,
        )  # fmt: skip

    def _filled(self, block: Block, arguments: Mapping[str, Any], use: Path) -> tuple[Item, ...]:
        """The items of a block for some arguments; those of equal uses are read once."""
        key = json.dumps([block.name, arguments], default=repr)
        if key in self.known:
            self.count += self.sizes[key]
            return self.known[key]
        if block.name not in self.used:
            self.reader.found += strangers(block)
        self.used.add(block.name)
        before, outer = self.count, self.reader.binds
        self.reader.binds = True
        layers = bind(list(block.layers), arguments)
        path = within((*block.path, "layers"), use)
        self.known[key] = self._items(layers, path, Origins(self.reader, repeats=True))
        self.reader.binds = outer
        self.sizes[key] = self.count - before
        return self.known[key]


def _named(data: Any) -> str | None:
    """The name that a layer was given which could not be read."""
    _, value = _split(data)
    name = value.get("name") if isinstance(value, dict) else None
    return name if isinstance(name, str) else None


def _split(data: Any) -> tuple[str, Any]:
    """The name of an item and what stands behind it; an empty name for what is no item."""
    match data:
        case str():
            return data, None
        case dict() if len(data) == 1:
            [(name, value)] = data.items()
            return name, value
        case _:
            return "", None
