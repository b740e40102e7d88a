"""Reads `model:` and `blocks:` into a wiring: a list of layers, or a graph with its sections."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from specc.blocks import read_blocks
from specc.items import Block, Wiring
from specc.objects import Reader
from specc.origins import Origins
from specc.read_forms import layers_of, no_model
from specc.read_inputs import read_inputs
from specc.read_items import Items
from specc.registry import find
from specc.source import Path
from specc.wording import unknown_word
from specc.words import nearest

KEYS = ("inputs", "layers", "outputs")


def read_model(reader: Reader, data: Mapping[str, Any]) -> Wiring:
    """The model of a spec; what cannot be read is left out, and its path is in `broken`."""
    found = read_blocks(reader, data["blocks"]) if "blocks" in data else _inside(data.get("model"))
    blocks = {name: block for name, block in found.items() if block is not None}
    items = Items(reader, blocks, wrong=frozenset(found.keys() - blocks.keys()))
    return _Model(reader, items, Wiring(blocks=blocks, plain=data.get("blocks"))).read(data)


def _inside(model: Any) -> dict[str, Block | None]:
    """The names of blocks that are defined inside of the model, where none can be."""
    blocks = model.get("blocks") if isinstance(model, dict) else None
    return dict.fromkeys(blocks) if isinstance(blocks, dict) else {}


class _Model:
    """One reading of a model section, into a wiring that has the blocks alone."""

    def __init__(self, reader: Reader, items: Items, bare: Wiring) -> None:
        self.reader, self.items, self.bare = reader, items, bare

    def read(self, data: Mapping[str, Any]) -> Wiring:
        match data.get("model"):
            case list() as layers if layers:
                wiring = self._listed(layers)
            case dict() as graph if graph:
                wiring = self._graph(graph)
            case given:
                no_model(self.reader, data, given)
                return self.bare
        if self.items.too_many:  # which was said, and would take too long
            self.reader.broken.add(("model",))
            return self.bare
        self.items.tell_unused()
        return wiring

    def _listed(self, layers: list[Any]) -> Wiring:
        items = self.items.read(layers, ("model",), Origins(self.reader, listed=True))
        return replace(self.bare, items=items)

    def _graph(self, graph: Mapping[str, Any]) -> Wiring:
        self._unknown_keys(graph)
        origins = Origins(self.reader)
        meant = {nearest(name, KEYS) or name: name for name in reversed(list(graph))}
        key = meant.get("layers") or next((k for k in graph if _lists_layers(k, graph)), "layers")
        named = meant.get("inputs", "inputs")
        strange = key not in graph and graph.keys().isdisjoint(KEYS)
        layers = [] if strange else layers_of(self.reader, graph.get(key), ("model",), key)
        if not layers:
            self.reader.broken.add(("model",))
            return replace(self.bare, listed=False)
        items = self.items.read(layers, ("model", key), origins)
        inputs = tuple(read_inputs(self.reader, graph.get(named, {}), ("model", named)))
        given = meant.get("outputs", "outputs")
        outputs = origins.names(graph.get(given, []), ("model", given), "outputs") or ()
        return replace(self.bare, items=items, inputs=inputs, outputs=outputs, listed=False)

    def _unknown_keys(self, graph: Mapping[str, Any]) -> None:
        if all(find("layers", key) or key in self.bare.blocks for key in graph):
            message, help = (
                "`model` is a mapping of layers, expected a list",
                "start each with `- `",
            )
            self.reader.error("F013", message, ("model",), on_key=True, help=help)
            return
        for key in graph:
            if key in KEYS:
                continue
            path: Path = ("model", key)
            found = unknown_word("F010", "key", key, KEYS, path, "`model`", on_key=True)
            beside = "write it beside `model`, not in it"
            found = replace(found, help=beside) if key == "blocks" else found
            if not found.fix and _lists_layers(key, graph):
                found = replace(found, help="write `layers`, or the list behind `model:` itself")
            self.reader.found.append(found)


def _lists_layers(key: str, graph: Mapping[str, Any]) -> bool:
    """Whether the layers stand behind a key that is called otherwise, as in `Sequential: […]`."""
    alone = key not in (*KEYS, "blocks") and "layers" not in graph
    return alone and isinstance(graph[key], list)
