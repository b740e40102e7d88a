"""The blocks that a spec defines, and what is wrong with the definitions themselves."""

import builtins
import keyword
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from specc.diagnostics import Diagnostic, Note, Severity
from specc.dollars import mentioned, odd_in_block
from specc.items import Block
from specc.objects import Reader
from specc.read_forms import layers_of
from specc.source import Path
from specc.taken import TAKEN
from specc.wording import shown, unknown_word
from specc.words import nearest

FORMS = ("repeat", "call", "custom")  # items of a list of layers that are no layers of Keras
KEYS = ("parameters", "inputs", "layers", "description")
RESERVED = frozenset(("name", "from", "input", "x"))  # what an item says besides its arguments
CALLED = frozenset(("keras", "layers", "range"))  # what a function needs
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z])")


def read_blocks(reader: Reader, data: Any) -> dict[str, Block | None]:
    """The definitions by name, None for those that are wrong."""
    if data in (None, {}):
        reader.error("F016", "`blocks` is empty", ("blocks",), on_key=True)
        return {}
    if not isinstance(data, dict):
        message = f"`blocks` is {shown(data)}, expected a mapping of names"
        reader.error("F013", message, ("blocks",), help="write `blocks: {name: {layers: […]}}`")
        return dict.fromkeys(_meant(data))
    found = {name: _block(reader, name, value) for name, value in data.items()}
    blocks = {name: block for name, block in found.items() if block is not None}
    reader.found += [each for block in blocks.values() for each in _hiding(block, found)]
    rings = list(_rings(blocks))
    reader.found += [_recursive(blocks, ring) for ring in rings]
    caught = {name for ring in rings for name in ring}
    return {name: None if name in caught else block for name, block in found.items()}


def _meant(data: Any) -> Iterator[str]:
    """The names of blocks that were written as a list."""
    for item in data if isinstance(data, list) else ():
        yield from item if isinstance(item, dict) else ()


def _block(reader: Reader, name: str, data: Any) -> Block | None:
    path: Path = ("blocks", name)
    if not _named(reader, name, path, "a block") or not _free(reader, name, path):
        return None
    if not isinstance(data, dict):
        help = f"write `{name}: {{parameters: {{…}}, layers: […]}}`"
        message = f"the block `{name}` is {shown(data)}, expected a mapping"
        reader.error("F013", message, path, help=help)
        return None
    _strays(reader, data, name, path)
    if any(nearest(key, ("layers",)) for key in data.keys() - set(KEYS)):
        return None
    layers = layers_of(reader, data.get("layers"), path)
    if not layers:
        return None
    keys = {nearest(key, KEYS) or key: key for key in reversed(data)}
    given, taken = keys.get("parameters", "parameters"), keys.get("inputs", "inputs")
    parameters = _parameters(reader, data.get(given, {}), (*path, given))
    inputs = _inputs(reader, data.get(taken, []), (*path, taken))
    if parameters is None or inputs is None:
        return None
    description = data.get("description", "")
    description = description if isinstance(description, str) else ""
    return Block(name, path, parameters, inputs, tuple(layers), description)


def _free(reader: Reader, name: str, path: Path) -> bool:
    """Whether neither the language nor a script needs a name for itself; a finding otherwise."""
    if name in FORMS:
        help = "choose another name"
        reader.error("F018", f"`{name}` is a word of the language", path, on_key=True, help=help)
        return False
    if name in TAKEN or hasattr(builtins, name):
        help = f"choose another: the block becomes a function, as `{name}_block` would"
        message = f"`{name}` is a name that the script has another use for"
        reader.error("F018", message, path, on_key=True, help=help)
        return False
    return True


def _strays(reader: Reader, data: Mapping[str, Any], name: str, path: Path) -> None:
    """Keys that no definition has, and a description that is no text."""
    for key in data:
        if key not in KEYS:
            where = f"the block `{name}`"
            reader.found.append(unknown_word("F010", "key", key, KEYS, (*path, key), where, True))
    if not isinstance(data.get("description", ""), str):
        message = f"`description` is {shown(data['description'])}, expected text"
        reader.error("F013", message, (*path, "description"))


def _named(reader: Reader, name: str, path: Path, what: str) -> bool:
    """Whether a name can be that of a Python function or variable; a finding otherwise."""
    if _NAME.fullmatch(name) and not keyword.iskeyword(name) and name not in CALLED:
        return True
    help = "lower-case letters, digits and `_`, and no word that Python or a function needs"
    if name[:1].isupper() and _NAME.fullmatch(name.lower()):
        help = f"write `{_SEAM.sub('_', name).lower()}`: names in CamelCase are those of Keras"
    reader.error("F018", f"`{name}` cannot be the name of {what}", path, on_key=True, help=help)
    return False


def _parameters(reader: Reader, data: Any, path: Path) -> dict[str, Any] | None:
    if not isinstance(data, dict):
        help = "write each parameter with its default, or with `null` when it must be given"
        reader.error("F013", f"`parameters` is {shown(data)}, expected a mapping", path, help=help)
        return _as_meant(data) if isinstance(data, list) else None
    for name in data:
        if name in RESERVED:
            message = f"`{name}` cannot be the name of a parameter"
            help = "choose another: it means something else in a use of a block"
            reader.error("F018", message, (*path, name), on_key=True, help=help)
        else:
            _named(reader, name, (*path, name), "a parameter")
    return {name: default for name, default in data.items() if name not in RESERVED}


def _as_meant(data: list[Any]) -> dict[str, Any]:
    """Parameters that were written as a list."""
    parts = [part for part in data if isinstance(part, dict | str)]
    given = [part if isinstance(part, dict) else {part: None} for part in parts]
    return {name: default for part in given for name, default in part.items()}


def _inputs(reader: Reader, data: Any, path: Path) -> tuple[str, ...] | None:
    """The names of what a block takes; None where they cannot be told."""
    if not isinstance(data, list) or not all(isinstance(name, str) for name in data):
        message = f"`inputs` is {shown(data)}, expected a list of names"
        help = f"write `inputs: [{data}]`" if isinstance(data, str) else ""
        reader.error("F013", message, path, help=help)
        return (data,) if isinstance(data, str) else None
    for place, name in enumerate(data):
        if name in data[:place]:
            help = "give each input a name of its own"
            reader.error("F019", f"two inputs are named `{name}`", (*path, place), help=help)
            return None
        _named(reader, name, (*path, place), "an input")
    return tuple(data)


def _hiding(block: Block, blocks: Iterable[str]) -> Iterator[Diagnostic]:
    """Parameters and inputs that have the name of a block, which could not be used any more."""
    places: list[tuple[str, Path, bool]] = [
        *((name, ("parameters", name), True) for name in block.parameters),
        *((name, ("inputs", place), False) for place, name in enumerate(block.inputs)),
    ]
    help = "give it a name that no block has"
    for name, place, on_key in places:
        if name in blocks:
            message, path = f"`{name}` is the name of a block", (*block.path, *place)
            yield Diagnostic("F018", Severity.ERROR, message, path, on_key, help=help)


def _rings(blocks: Mapping[str, Block]) -> Iterator[tuple[str, ...]]:
    """Blocks that use themselves, over others or at once; each ring once."""
    uses = {
        name: [n for n in _words(block.layers) if n in blocks] for name, block in blocks.items()
    }
    done: set[str] = set()
    for start in blocks:
        trail: list[str] = []
        waiting = [(start, iter(uses[start]))] if start not in done else []
        trail += [start] if waiting else []
        while waiting:
            name, following = waiting[-1]
            step = next((n for n in following if n not in done), None)
            if step is None:
                waiting.pop()
                done.add(trail.pop())
            elif step in trail:
                yield tuple(trail[trail.index(step) :])
                done.update(trail)
                break
            else:
                trail.append(step)
                waiting.append((step, iter(uses[step])))


def _words(layers: Any) -> Iterator[str]:
    """The names of the items in a list of layers, and in the repetitions among them."""
    for item in layers if isinstance(layers, list | tuple) else ():
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict) and len(item) == 1:
            [(name, value)] = item.items()
            yield name
            if name == "repeat" and isinstance(value, dict):
                yield from _words(value.get("layers"))


def _recursive(blocks: Mapping[str, Block], ring: tuple[str, ...]) -> Diagnostic:
    """F034: a block that uses itself."""
    first, *rest = ring
    way = " -> ".join((*ring, first))
    message = f"the block `{first}` uses itself" + (f": {way}" if rest else "")
    notes = tuple(Note("which uses", blocks[name].path, on_key=True) for name in rest)
    help = "a block can only use others; `repeat` repeats layers"
    path = blocks[first].path
    return Diagnostic("F034", Severity.ERROR, message, path, True, help=help, notes=notes)


def unused(
    blocks: Mapping[str, Block], used: frozenset[str], found: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """F033: blocks that nothing uses, and parameters that no layer looks at; none where a layer
    that might do so could not be read, as `found` says.
    """
    spoiled = {each.path[:2] for each in found if each.path}
    model = any(path[:1] == ("model",) for path in spoiled)
    for name, block in blocks.items():
        if name not in used:
            if model:
                continue
            message = f"the block `{name}` is never used"
            help = "remove it, or use it in the model"
            yield Diagnostic("F033", Severity.WARNING, message, block.path, True, help=help)
            continue
        lost = block.parameters.keys() - mentioned(block)
        for parameter in () if any(odd_in_block(block)) or block.path in spoiled else lost:
            message = f"the parameter `{parameter}` is never used"
            help = f"write `${parameter}` where it belongs, or remove it"
            path = (*block.path, "parameters", parameter)
            yield Diagnostic("F033", Severity.WARNING, message, path, True, help=help)
