"""The files of all parts, looked at, and where the spec names them."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from types import ModuleType
from typing import Any

from specc.compiler import Compiled
from specc.looking import cache
from specc.looking.cache import Looked
from specc.looking.decoding import UNREAD, looked_at
from specc.looking.mask_files import masks_at
from specc.looking.rows import files
from specc.looking.strays import strays
from specc.source import Path

Opened = Callable[[Iterable[str], Mapping[str, Looked]], dict[str, Looked]]
DECODE = re.compile(r"^def decode\(.*?(?=^\S)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Sighted:
    """The files of each part and what they are like; `strays` could not even be opened."""

    parts: Mapping[str, tuple[str, ...]]
    looked: Mapping[str, Looked]
    strays: Mapping[str, tuple[tuple[str, str], ...]]  # part -> paths and reasons
    masks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # one for each file

    def bad(self, part: str) -> list[tuple[str, str]]:
        """Paths and reasons of what cannot be decoded in a part."""
        files = (*self.parts.get(part, ()), *self.masks.get(part, ()))
        found = [(name, self.looked[name].reason) for name in files]
        return [*((name, why) for name, why in found if why), *self.strays.get(part, ())]

    def misread(self, part: str) -> list[tuple[str, str]]:
        """Paths and reasons of what is decoded into something else than what it shows."""
        found = ((name, self.looked[name].wrong) for name in self.parts.get(part, ()))
        return [(name, why) for name, why in found if why]


def sighted(compiled: Compiled, script: ModuleType, text: str, rows: Mapping[str, Any]) -> Sighted:
    """Opens every file that is not known as it is from an earlier look."""
    named = {part: files(each) for part, each in rows.items()}
    parts = {part: tuple(found) for part, found in named.items() if found is not None}
    images = partial(looked_at, script.decode, script.CHANNELS)
    looked = _looked(parts, images, _key(compiled, text))
    masks = masks_of(compiled, rows)
    looked |= _looked(masks, masks_at, ["masks", _tensorflow()]) if masks else {}
    return Sighted(parts, looked, strays_of(compiled), masks)


def masks_of(compiled: Compiled, rows: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The masks of each part, one for each of its images."""
    plan = compiled.program.data
    if plan is None or not plan.masks:
        return {}
    return {part: tuple(files(each._replace(x=each.y)) or ()) for part, each in rows.items()}


def _looked(
    parts: Mapping[str, tuple[str, ...]], opened: Opened, key: list[str]
) -> dict[str, Looked]:
    """What the files are like; the cache knows them by their whole paths."""
    place = cache.place(key)
    known = cache.load(place)
    whole = {file: os.path.abspath(file) for found in parts.values() for file in found}
    before = {file: known[path] for file, path in whole.items() if path in known}
    looked = opened(whole, before)
    if looked != before:
        lasting = (each for each in looked.items() if not each[1].reason.startswith(UNREAD))
        cache.save(place, {whole[file]: each for file, each in lasting})
    return looked


def _key(compiled: Compiled, text: str) -> list[str]:
    """The decoder, which is the script's own, and the folders."""
    decoder = DECODE.search(text)
    folders = [os.path.abspath(folder.place) for folder in compiled.facts.folders]
    sizes = [str(compiled.facts.shape), decoder[0] if decoder else text, _tensorflow()]
    return [*sizes, *folders]


def _tensorflow() -> str:
    for package in ("tensorflow", "tensorflow-cpu"):
        try:
            return version(package)
        except PackageNotFoundError:
            continue
    return ""


def strays_of(compiled: Compiled) -> dict[str, tuple[tuple[str, str], ...]]:
    """What is named like an image in the folders of each part, and cannot be one."""
    facts = compiled.facts
    return {each.part: tuple(strays(each, facts.class_names)) for each in facts.folders}


def place_of(compiled: Compiled, part: str) -> Path:
    """Where the spec says what the rows of a part are; a part cut off has those of training."""
    source: Path = ("data", str(compiled.facts.source))
    folders = {folder.part: folder.path for folder in compiled.facts.folders}
    given = compiled.spec.data.source if compiled.spec.data else None
    if given is not None and given.with_masks:
        return (*source, given.option(part if part in given.folders else "train"))
    index = getattr(given, "csv", None)
    if index is not None:
        return (
            (*source, "csv", part)
            if isinstance(index, dict) and part in index
            else (*source, "csv")
        )
    return folders.get(part) or folders.get("train") or source
