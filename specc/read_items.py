"""Reads the items of a model: layers, calls, repetitions, and uses of blocks, filled in."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from specc.blocks import FORMS, unused
from specc.bound import Bound, bind, is_bound, symbolic, unbound
from specc.diagnostics import Diagnostic
from specc.dollars import mentioned, odd_in_block, odd_outside, once, without
from specc.foreign import KINDS
from specc.items import Again, Block, Item, LayerItem, Named, Repeat, Use
from specc.layers.base import Layer
from specc.objects import Reader
from specc.old_words import OLD_KINDS
from specc.origins import Origins
from specc.other_forms import by_key
from specc.read_forms import dedented, lacks, layers_of, named, split, times_of
from specc.registry import names
from specc.source import Path
from specc.within import within
from specc.wording import shown, unknown_word
from specc.words import nearest

MOST = 100_000  # layers, once blocks and repetitions are written out
CALL = "write `call: {layer: encoder, from: right, name: right_code}`"
REPEAT = "write `repeat: {times: 3, layers: […]}`"
_SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class Items:
    """One reading of all items; it knows the blocks, and which of them were used."""

    def __init__(self, reader: Reader, blocks: Mapping[str, Block], wrong: frozenset[str]) -> None:
        self.reader, self.blocks, self.wrong = reader, blocks, wrong
        self.known: dict[str, tuple[Item, ...]] = {}  # the items of uses with equal arguments
        self.sizes: dict[str, int] = {}  # the layers in them, once all is written out
        self.used: set[str] = set()
        self.odd: dict[str, tuple[Diagnostic, ...]] = {}  # `$name` of nothing, by block
        self.count = 0

    @property
    def too_many(self) -> bool:
        """Whether there are more layers than can be, which was said."""
        return self.count > MOST

    def tell_unused(self) -> None:
        """Finds the blocks that the model does not use."""
        self.reader.found += unused(self.blocks, frozenset(self.used), self.reader.found)

    def read(self, data: Sequence[Any], path: Path, origins: Origins) -> tuple[Item, ...]:
        """The items of the model itself, where there are no parameters."""
        items = self._items(data, path, origins)
        odd = tuple(odd_outside(data, path))
        self.reader.found[:] = [*without(self.reader.found, odd), *odd]
        return items

    def _grow(self, more: int, path: Path, *, on_key: bool = False) -> None:
        """Counts layers; F004 where there are too many for the first time."""
        before = self.count
        self.count += more
        if before <= MOST < self.count:
            message = f"the model has more than {MOST:,} layers"
            help = "repeat less, or use fewer blocks in blocks"
            self.reader.error("F004", message, path, on_key=on_key, help=help)

    def _items(self, data: Sequence[Any], path: Path, origins: Origins) -> tuple[Item, ...]:
        return tuple(self._item(each, (*path, i), origins) for i, each in enumerate(data))

    def _item(self, data: Any, path: Path, origins: Origins) -> Item:
        self._grow(1, ("model",), on_key=True)
        if self.too_many:
            return LayerItem(path, data)
        name, value = split(data)
        match name:
            case _ if name in self.wrong:
                return origins.lost(data, path)
            case "repeat":
                return self._repeat(data, value, path, origins)
            case "call":
                return self._again(data, value, path, origins)
            case "custom":
                return self._layer(data, path, origins)
            case _ if by_key("layers", data) is not None:
                return self._layer(data, path, origins)
            case _ if name in self.blocks:
                return self._use(self.blocks[name], data, value, path, origins)
            case _ if (word := self._word(name)) is not None or not _may_be_a_layer(name):
                self._unknown(name, word, data, path)
                return origins.lost(data, path)
            case "" if isinstance(data, dict) and next(iter(data), "") in (*self.blocks, *FORMS):
                self.used.add(next(iter(data)))
                dedented(self.reader, data, path)
                return origins.lost(data, path)
            case _:
                return self._layer(data, path, origins)

    def _unknown(self, name: str, word: str | None, data: Any, path: Path) -> None:
        """F011: a name that stands for `word`, or for a block that is not there."""
        place, on_key = ((*path, name), True) if isinstance(data, dict) else (path, False)
        if word is None:
            help = "write it under `blocks:`, or name a layer of Keras"
            message = f"there is no block `{name}`"
            self.reader.error("F011", message, place, on_key=on_key, help=help)
            return
        self.used.add(word)
        noun = "block" if word in self.blocks else "word"
        finding = unknown_word("F011", noun, name, [word], place, "the model", on_key)
        self.reader.found.append(finding)

    def _word(self, name: str) -> str | None:
        """The block or the word of the language that an unknown name stands for."""
        known = {word.lower(): word for word in (*self.blocks, *self.wrong, *FORMS)}
        layers = names("layers")
        if not name or name in layers:
            return None
        if name[:1].isupper() or name.lower() in map(str.lower, layers):
            return known.get(name.lower())
        return nearest(name, known.values())

    def _layer(self, data: Any, path: Path, origins: Origins) -> LayerItem:
        rest, sources = origins.split(data, path)
        kind = self.reader.object("layers", rest, path)
        if isinstance(kind, Layer) and kind.whole_model and origins.repeats:
            message = f"`{type(kind).__name__}` inside a block or a repetition"
            help = "a pretrained model is there once: write it in the model, and `call` it again"
            place, on_key = ((*path, *data), True) if isinstance(data, dict) else (path, False)
            self.reader.error("F035", message, place, on_key=on_key, help=help)
            kind = None
        wanted = origins.wanted(kind, data, path)
        if not isinstance(kind, Layer):
            return LayerItem(path, data, named(rest), sources, wanted)
        return LayerItem(path, data, kind.name, sources, wanted, kind=kind)

    def _again(self, data: Any, value: Any, path: Path, origins: Origins) -> Item:
        inner = (*path, "call") if isinstance(data, dict) else path
        given = origins.options(value, inner, "`call`", ("layer", "name"), CALL)
        layer, name = given.values.get("layer"), given.values.get("name")
        if given.read and "layer" not in given.values and not given.strays:
            self.reader.error("F012", "`call` needs `layer`", inner, on_key=True, help=CALL)
        elif given.read and not isinstance(layer, str) and not given.strays:
            message = f"`layer` of `call` is {shown(layer)}, expected the name of a layer"
            self.reader.error("F013", message, (*inner, "layer"), help=CALL)
        if not isinstance(layer, str):
            return LayerItem(path, data, name, (Named("", inner),))
        named = Named(layer, (*inner, given.keys["layer"]))
        return Again(path, data, name, given.sources, layer=named)

    def _repeat(self, data: Any, value: Any, path: Path, origins: Origins) -> Item:
        inner = (*path, "repeat") if isinstance(data, dict) else path
        known = ("times", "layers", "name")
        given = origins.options(value, inner, "`repeat`", known, REPEAT)
        if not given.read:
            return origins.lost(data, path)
        layers = given.values.get("layers")
        if layers is not None or not given.strays:
            key = given.keys.get("layers", "layers")
            layers = layers_of(self.reader, layers, inner, key)
        times = times_of(self.reader, given, inner)
        before = self.count
        place = (*inner, given.keys.get("layers", "layers"))
        items = self._items(layers or [], place, Origins(self.reader, repeats=True))
        self._grow((self.count - before) * (times - 1), (*inner, "times"))
        bound = given.values.get("times")
        label = bound.name if isinstance(bound, Bound) else None
        name = given.values.get("name")
        return Repeat(path, data, name, given.sources, times=times, items=items, bound=label)

    def _use(self, block: Block, data: Any, value: Any, path: Path, origins: Origins) -> Item:
        inner = (*path, block.name) if isinstance(data, dict) else path
        strange = mentioned(block) - {*block.parameters, *block.inputs, "input"}  # which is told
        known, called = (*block.parameters, "name", *strange), f"the block `{block.name}`"
        self.used.add(block.name)
        if value is not None and not isinstance(value, dict) and block.parameters:
            value = {known[0]: value}
        if value is None and not isinstance(data, dict):
            value = {}
        help = f"write `{block.name}` without a colon" if not block.parameters else ""
        options = origins.options(value, inner, called, known, help)
        value, sources = options.values, options.sources
        name = value.pop("name", None)
        needed = [each for each, default in block.parameters.items() if default is None]
        lacking = [each for each in needed if value.get(each) is None]
        if lacking or not options.read:
            told = lacking[options.strays :] if options.read else []
            self.reader.found += [lacks(block, each, inner) for each in told]
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
            self._grow(self.sizes[key], use, on_key=isinstance(use[-1], str))
            return self.known[key]
        if block.name not in self.odd:
            self.odd[block.name] = tuple(odd_in_block(block))
            self.reader.found += once(self.odd[block.name])
        before, outer, told = self.count, self.reader.binds, len(self.reader.found)
        self.reader.binds = True
        layers = bind(list(block.layers), arguments)
        path = within((*block.path, "layers"), use)
        self.known[key] = self._items(layers, path, Origins(self.reader, repeats=True))
        self.reader.binds = outer
        odd = self.odd[block.name]
        self.reader.found[told:] = without(self.reader.found[told:], odd)
        self.sizes[key] = self.count - before
        return self.known[key]


def _may_be_a_layer(name: str) -> bool:
    """Whether an unknown name can be meant for a layer, of Keras or of another library."""
    if not _SNAKE_CASE.fullmatch(name):
        return True
    return name in OLD_KINDS or name in KINDS or nearest(name, names("layers")) is not None
