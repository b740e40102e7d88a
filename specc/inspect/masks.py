"""What folders of images and of their masks hold, by their names."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path as FilePath

from specc.data.images import Images
from specc.data.masks import SUFFIX
from specc.diagnostics import Diagnostic, Note, Severity
from specc.inspect.facts import Facts, Missing, not_a_folder
from specc.inspect.known import facts_of
from specc.inspect.npy import Unreadable
from specc.source import Path
from specc.wording import listing

MOST = 10  # files that one finding lists


@dataclass(frozen=True, slots=True)
class _Part:
    """The names of the files of one part; masks may be those of several."""

    images: tuple[str, ...]
    masks: tuple[str, ...]
    path: Path  # where the spec names the images
    at: Path  # and the masks
    place: str  # as the spec says
    beside: str


def look_at_masks(
    source: Images, path: Path, root: FilePath, suffixes: frozenset[str]
) -> tuple[Facts, list[Diagnostic]]:
    """The facts of images with masks, and what is wrong with the folders."""
    facts = facts_of("images", source.known())
    missing = tuple(_missing(source, path, root))
    if missing:
        return replace(facts, missing=missing, present=False), []
    try:
        parts = {part: _read(source, path, root, part, suffixes) for part in source.folders}
    except Unreadable as error:
        missing = (Missing(path, root, str(error)),)
        return replace(facts, missing=missing, present=False), []
    facts = replace(facts, given={part: len(each.images) for part, each in parts.items()})
    return facts, [*_empty(parts), *_alone(parts), *_unused(parts)]


def _missing(source: Images, path: Path, root: FilePath) -> Iterator[Missing]:
    for part, folder in source.folders.items():
        places = {(*path, source.option(part)): folder}
        places[_place(source, path, part)] = source.mask_folders[part]
        for at, name in places.items():
            if not os.path.isdir(root / name):
                yield Missing(at, root / name, not_a_folder(root / name))


def _place(source: Images, path: Path, part: str) -> Path:
    return (*path, "masks") if isinstance(source.masks, str) else (*path, "masks", part)


def _read(source: Images, path: Path, root: FilePath, part: str, suffixes: frozenset[str]) -> _Part:
    place, beside = source.folders[part], source.mask_folders[part]
    return _Part(
        _names(root / place, suffixes),
        _names(root / beside, frozenset({SUFFIX})),
        (*path, source.option(part)),
        _place(source, path, part),
        place,
        beside,
    )


def _names(folder: FilePath, suffixes: frozenset[str]) -> tuple[str, ...]:
    """The files in a folder with one of these suffixes, sorted; raises Unreadable."""
    try:
        with os.scandir(folder) as entries:
            found = [e.name for e in entries if not e.name.startswith(".") and _is_file(e)]
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
    return tuple(sorted(name for name in found if os.path.splitext(name)[1].lower() in suffixes))


def _is_file(entry: "os.DirEntry[str]") -> bool:
    return os.path.isfile(entry.path)  # a link in a circle is none


def _empty(parts: dict[str, _Part]) -> Iterator[Diagnostic]:
    """Folders that cannot be the data of a part."""
    for each in parts.values():
        if not each.images:
            help = "images with masks lie in no folders of classes"
            yield _error("D527", f"`{each.place}` holds no images", each.path, help)
        elif not each.masks:
            help = "masks are PNG files: JPEG changes the numbers in them"
            yield _error("D527", f"`{each.beside}` holds no masks", each.at, help)


def _alone(parts: dict[str, _Part]) -> Iterator[Diagnostic]:
    """Images without a mask."""
    for each in parts.values():
        wanted = {name: f"{os.path.splitext(name)[0]}{SUFFIX}" for name in each.images}
        absent = [name for name, mask in wanted.items() if mask not in {*each.masks}]
        if absent and each.masks:
            one = len(absent) == 1
            verb = "has" if one else "have"
            said = f"{_count(absent, 'image')} of `{each.place}` {verb} no mask"
            help = f"the mask of `{absent[0]}` is `{each.beside.rstrip('/')}/{wanted[absent[0]]}`"
            yield _error("D600", said, each.at, help, absent)


def _unused(parts: dict[str, _Part]) -> Iterator[Diagnostic]:
    """Masks without an image in any of the parts that share them."""
    for at in dict.fromkeys(each.at for each in parts.values()):
        sharing = [each for each in parts.values() if each.at == at]
        used = {f"{os.path.splitext(name)[0]}{SUFFIX}" for each in sharing for name in each.images}
        spare = [name for name in sharing[0].masks if name not in used]
        if spare and used & {*sharing[0].masks}:
            verb = "belongs" if len(spare) == 1 else "belong"
            place = sharing[0].beside
            said = f"{_count(spare, 'mask')} of `{place}` {verb} to no image"
            help = "nobody reads them; an image may be missing"
            notes = _notes(spare)
            yield Diagnostic("D601", Severity.WARNING, said, at, help=help, notes=notes)


def _count(names: list[str], what: str) -> str:
    return f"1 {what}" if len(names) == 1 else f"{len(names):,} {what}s"


def _notes(names: list[str]) -> tuple[Note, ...]:
    more = f" and {len(names) - MOST:,} more" if len(names) > MOST else ""
    return (Note(f"{listing(names, MOST)}{more}"),)


def _error(
    code: str, said: str, path: Path, help: str, names: list[str] | None = None
) -> Diagnostic:
    return Diagnostic(
        code, Severity.ERROR, said, path, help=help, notes=_notes(names) if names else ()
    )
