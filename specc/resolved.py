"""A spec with every default filled in: as plain data, and plain data as YAML text."""

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from specc.groups import ByInput, Grouped
from specc.items import Again, Item, LayerItem, Repeat, Use, Wiring
from specc.kind import Kind, is_default
from specc.pictures import Picture
from specc.schema import Data, Expect, Spec
from specc.values import Ratio

BY_WORD = ("initializers", "regularizers", "constraints", "metrics")  # whose word is a name too


def resolved(spec: Spec) -> dict[str, Any]:
    """Plain data that reads back into the same spec."""
    return {name: plain(getattr(spec, name)) for name in Spec.model_fields if _said(spec, name)}


def _said(spec: Spec, name: str) -> bool:
    """Sections that are absent stay absent; so do the ones that would say nothing."""
    value = getattr(spec, name)
    return value is not None and value not in ((), "", Expect())


def plain(value: Any) -> Any:
    """Kinds as `{Name: {options}}`, sections as mappings, tuples as lists."""
    match value:
        case Kind():
            return _kind(value)
        case Wiring():
            return _wiring(value)
        case Picture():
            return _picture(value)
        case Data():
            return plain(value.source) | _fields(value, leave_out=("source",))
        case BaseModel():
            return _fields(value)
        case Ratio():
            return f"{value.numerator}/{value.denominator}"
        case ByInput():
            return {name: [*map(plain, layers)] for name, layers in value.inputs.items()}
        case Grouped():
            return {
                "numeric": [*map(plain, value)],
                "categorical": [*map(plain, value.categorical)],
            }
        case list() | tuple():
            return [plain(item) for item in value]
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case _:
            return value


def _picture(picture: Picture) -> Any:
    """The word alone for one that has no options of its own."""
    keys = {option: key for key, option in picture.renamed.items()}
    options = {keys.get(name, name): given for name, given in _fields(picture).items()}
    return {picture.word: options} if type(picture).model_fields else picture.word


def _wiring(wiring: Wiring) -> Any:
    """The model section: blocks stay blocks, with every argument of a use."""
    layers = [_item(item) for item in wiring.items]
    if wiring.listed:
        return layers
    inputs = {item.name: _options(item.kind) for item in wiring.inputs if item.kind}
    outputs = [named.text for named in wiring.outputs]
    parts = {"inputs": inputs, "layers": layers, "outputs": outputs}
    return {key: value for key, value in parts.items() if value}


def _item(item: Item) -> Any:
    match item:
        case LayerItem(kind=kind) if kind is not None:
            said = plain(kind)
            name, options = (said, {}) if isinstance(said, str) else next(iter(said.items()))
        case Use(block=block) if block is not None:
            name, options = block.name, {k: plain(v) for k, v in item.arguments.items()}
        case Repeat():
            name = "repeat"
            options = {"times": item.times, "layers": [_item(each) for each in item.items]}
        case Again():
            name, options = "call", {"layer": item.layer.text}
        case _:
            return None
    return {name: options | more} if (more := _place(item)) or options else name


def _place(item: Item) -> dict[str, Any]:
    """The name of an item and where its inputs come from, as far as it says so."""
    named = {"name": item.name} if item.name is not None else {}
    if item.sources is None:
        return named
    sources = [source.text for source in item.sources]
    return {"from": sources[0] if len(sources) == 1 else sources} | named


def _options(kind: Kind) -> dict[str, Any]:
    said = {option: _option(kind, option) for option in _order(kind) if option != "name"}
    return {option: given for option, given in said.items() if given is not None}


def _fields(model: BaseModel, leave_out: tuple[str, ...] = ()) -> dict[str, Any]:
    names = [name for name in type(model).model_fields if name not in leave_out]
    keys = {option: key for key, option in getattr(model, "renamed", {}).items()}
    given = {name: getattr(model, name) for name in names}
    return {keys.get(n, n): plain(value) for n, value in given.items() if value is not None}


def _kind(kind: Kind) -> Any:
    if kind.word_only and kind.family not in ("sources", "layers"):
        return kind.word
    if kind.family in BY_WORD and kind.word is not None:
        return kind.word
    name = kind.words[0] if kind.word_only else type(kind).__name__
    keys = {option: key for key, option in getattr(kind, "renamed", {}).items()}
    options = {keys.get(option, option): _option(kind, option) for option in _order(kind)}
    if kind.family == "sources":
        absent: tuple[Any, ...] = (None, [], {})
        options = {option: given for option, given in options.items() if given not in absent}
    return {name: options} if options else name


def _order(kind: Kind) -> Iterator[str]:
    """Own options in Keras' order, then those of the base class; a name only where given."""
    yield from kind.options()
    for option in sorted(kind.common):
        if option != "name" or getattr(kind, option) is not None:
            yield option


def _option(kind: Kind, option: str) -> Any:
    given, default = getattr(kind, option), type(kind).model_fields[option].default
    same = isinstance(given, Kind) and is_default(given, default)
    return default if same else plain(given)


def to_yaml(data: dict[str, Any]) -> str:
    """YAML text: sections as blocks, a layer per line, options as flow maps."""
    return "\n".join(_block(name, value, "") for name, value in data.items()) + "\n"


def _block(name: str, value: Any, indent: str) -> str:
    inner = indent + "  "
    if isinstance(value, dict) and value and (not indent or any(map(_is_block, value.values()))):
        return f"{indent}{flow(name)}:\n" + "\n".join(_block(k, v, inner) for k, v in value.items())
    if _is_block(value):
        return f"{indent}{flow(name)}:\n" + "\n".join(f"{inner}- {_listed(item)}" for item in value)
    return f"{indent}{flow(name)}: {flow(value)}"


def _is_block(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _listed(value: Any) -> str:
    if isinstance(value, dict) and len(value) == 1:
        [(name, options)] = value.items()
        return f"{flow(name)}: {flow(options)}"
    return flow(value)


def flow(value: Any) -> str:
    """A value in YAML's flow style; text is quoted only where it would read as something else."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case float():
            return repr(value)
        case str():
            return value if _is_safe(value) else quoted(value)
        case list():
            return "[" + ", ".join(flow(item) for item in value) + "]"
        case dict():
            return "{" + ", ".join(f"{flow(k)}: {flow(v)}" for k, v in value.items()) + "}"
        case _:
            return str(value)


def quoted(text: str) -> str:
    """A double-quoted scalar; what is not printable stands there as an escape."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    return f"\\U{ord(character):08X}"


_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*|\d+/\d+")
_RESERVED = frozenset("null true false yes no on off y n".split())


def _is_safe(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None and text.lower() not in _RESERVED
