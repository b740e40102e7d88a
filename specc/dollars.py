"""`$name` in plain data: what stands for a parameter of a block, and what only looks like it."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from specc.diagnostics import Diagnostic, Edit, Note, Severity
from specc.items import ENTRY, Block
from specc.source import Path
from specc.wording import listing
from specc.words import nearest, sure

_INSIDE = re.compile(r"\$\{?([A-Za-z_]\w*)\}?")


def mentioned(block: Block) -> frozenset[str]:
    """The names that stand behind a dollar anywhere in a block."""
    texts = (text for _, text, _ in _texts(list(block.layers), ()))
    return frozenset(name for text in texts for name in _INSIDE.findall(text))


def odd_in_block(block: Block) -> Iterator[Diagnostic]:
    """F030: each `$name` in a block that is none of its parameters, or not a whole value."""
    for path, text, on_key in _texts(list(block.layers), (*block.path, "layers")):
        odd = _odd(text, block, on_key)
        if odd is not None:
            message, help, right = odd
            safe = sure(text, right, [f"${name}" for name in block.parameters])
            fix = (Edit(path, right, on_key, safe=safe),) if right else ()
            yield Diagnostic("F030", Severity.ERROR, message, path, on_key, help=help, fix=fix)


def once(odd: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings, those on one text told where it stands first, and mended everywhere."""
    same: dict[str, list[Diagnostic]] = {}
    for each in odd:
        same.setdefault(each.message, []).append(each)
    for first, *others in same.values():
        notes = tuple(Note("and here", each.path, on_key=each.on_key) for each in others)
        fix = tuple(edit for each in (first, *others) for edit in each.fix)
        yield replace(first, notes=(*first.notes, *notes), fix=fix)


def odd_outside(layers: Any, path: Path) -> Iterator[Diagnostic]:
    """F030: each `$name` outside of a block; `$input` is told where names are looked up."""
    for place, text, on_key in _texts(layers, path):
        if re.fullmatch(r"\$[A-Za-z_]\w*", text) and text != ENTRY:
            message = f"`{text}` stands outside of a block"
            help = "only a block has parameters: write the value"
            yield Diagnostic("F030", Severity.ERROR, message, place, on_key, help=help)


def without(found: Iterable[Diagnostic], odd: Collection[Diagnostic]) -> list[Diagnostic]:
    """The findings but for those on a value that is odd, which was said."""
    spots = [each.path for each in odd]
    return [each for each in found if not any(_covers(each, spot) for spot in spots)]


def _covers(finding: Diagnostic, spot: Path) -> bool:
    whole = finding.path == spot
    return whole or (not finding.on_key and finding.path == spot[: len(finding.path)])


def _odd(text: str, block: Block, on_key: bool) -> tuple[str, str, str] | None:
    """Message, help and the text that is right."""
    names = [name for name in _INSIDE.findall(text) if name in block.parameters]
    if on_key:
        help = "a parameter stands for a value: write the name of the layer"
        return (f"`{text}` as a key", help, "") if names else None
    if text == ENTRY or text[1:] in block.parameters:
        return None
    if text[0] != "$":
        help = "a parameter stands for a whole value, `$$` for a dollar"
        return (f"`${names[0]}` in the middle of a text", help, "") if names else None
    if text[1:] in block.inputs:
        message = f"`{text}` is an input of the block, not a parameter"
        return message, f"write `{text[1:]}`", text[1:]
    if names:
        return _more_than_a_name(text, names[0])
    return _unknown(text, block)


def _more_than_a_name(text: str, name: str) -> tuple[str, str, str]:
    message = f"`{text}` is more than the name of a parameter"
    if text == f"${{{name}}}":
        return message, f"write `${name}`", f"${name}"
    return message, "there are no expressions: give the block a parameter for the value", ""


def _unknown(text: str, block: Block) -> tuple[str, str, str]:
    message = f"the block `{block.name}` has no parameter `{text}`"
    known = [f"${name}" for name in block.parameters]
    meant = nearest(text, [*known, ENTRY])
    if meant:
        return message, f"did you mean `{meant}`?", meant
    add = f"add `parameters: {{{text[1:]}: null}}`, or write `$${text[1:]}` for the text itself"
    return message, f"known ones are {listing(known)}" if known else add, ""


def _texts(data: Any, path: Path) -> Iterator[tuple[Path, str, bool]]:
    """Each text with a dollar, where it is, and whether it is a key."""
    match data:
        case str() if "$" in data and not data.startswith("$$"):
            yield path, data, False
        case list():
            for place, item in enumerate(data):
                yield from _texts(item, (*path, place))
        case dict():
            for key, item in data.items():
                if key.startswith("$") and not key.startswith("$$"):
                    yield (*path, key), key, True
                yield from _texts(item, (*path, key))
