"""What folders of one class each hold: classes, files, and what is in the way."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from specc.data.folders_base import Folders
from specc.diagnostics import Diagnostic, Severity
from specc.inspect.facts import Facts, Folder, Missing, not_a_folder
from specc.inspect.known import facts_of
from specc.source import Path

ARTEFACT = "__MACOSX"


class Wanted(NamedTuple):
    """The files that a source reads, and what they are called."""

    source: str
    noun: str  # `images`
    suffixes: frozenset[str]
    size: Callable[[str], tuple[int, int] | None] = lambda file: None


def look_into(
    wanted: Wanted, source: Folders, path: Path, root: FilePath, classes: tuple[str, ...] | None
) -> tuple[Facts, list[Diagnostic]]:
    """The facts of class folders, and what is wrong with them."""
    facts = facts_of(wanted.source, source.known())
    folders: list[Folder] = []
    missing: list[Missing] = []
    for part, name in source.folders.items():
        at, place = (*path, source.option(part)), root / name
        if not os.path.isdir(place):  # pathlib raises where the name is too long
            missing.append(Missing(at, place, not_a_folder(place)))
            continue
        try:
            folders.append(scan(wanted, part, at, place))
        except OSError as error:
            missing.append(Missing(at, place, f"cannot be read: {error.strerror}"))
    facts = replace(facts, folders=tuple(folders), missing=tuple(missing), present=not missing)
    return _counted(facts, classes), [d for folder in folders for d in _empty(wanted, folder)]


def _empty(wanted: Wanted, folder: Folder) -> Iterator[Diagnostic]:
    """A folder that cannot be the data of a part."""
    name = f"`{folder.place.as_posix()}`"
    if not folder.classes:
        help = "put the files of each class into a folder with its name"
        message = f"{name} holds no class folders"
        if folder.strays:
            message = f"{name} holds {folder.strays} {wanted.noun} but no class folders"
        yield Diagnostic("D527", Severity.ERROR, message, folder.path, help=help)
    elif not folder.files:
        types = ", ".join(sorted(wanted.suffixes))
        message = f"{name} holds no {wanted.noun}"
        yield Diagnostic(
            "D527", Severity.ERROR, message, folder.path, help=f"file types are {types}"
        )


def _counted(facts: Facts, pinned: tuple[str, ...] | None) -> Facts:
    """With classes and rows, as far as the folders are there."""
    train = next((f for f in facts.folders if f.part == "train"), None)
    names = pinned or (tuple(name for name, _ in train.classes) if train else ())
    origins = dict(facts.origins)
    if names:
        told = f"folders of `{train.place.as_posix()}`" if train else ""
        origins |= dict.fromkeys(
            ("classes", "class_names"), "`classes` of the spec" if pinned else told
        )
    counts = {f.part: dict(f.classes) for f in facts.folders}
    given = dict(facts.given) | {
        part: sum(count.get(name, 0) for name in names) for part, count in counts.items()
    }
    known = counts.get("train", {})
    return replace(
        facts,
        given=given,
        classes=len(names) or None,
        class_names=names,
        balance=tuple(known.get(name, 0) for name in names) if train else (),
        origins=origins,
    )


@dataclass
class _Count:
    """Files found in a folder so far."""

    files: int = 0
    skipped: int = 0
    first: str | None = None
    suffixes: set[str] = field(default_factory=set)


def scan(wanted: Wanted, part: str, path: Path, place: FilePath) -> Folder:
    """The class folders of one part with their files; raises OSError."""
    real = FilePath(os.path.realpath(place))
    above = {str(real), *map(str, real.parents)}
    classes: dict[str, _Count] = {}
    artefacts: list[str] = []
    strays = 0
    with os.scandir(place) as entries:
        for entry in entries:
            if is_hidden(entry.name):
                artefacts += [entry.name] if entry.name == ARTEFACT else []
            elif not os.path.isdir(entry.path):  # `entry.is_dir` raises for links in a circle
                strays += _fits(wanted, entry.name)
            elif os.path.realpath(entry.path) not in above:
                classes[entry.name] = _Count()
                _count(wanted, entry.path, classes[entry.name], artefacts)
    return Folder(
        part, path, place, real, strays=strays, artefacts=tuple(artefacts), **_sum(wanted, classes)
    )


def _sum(wanted: Wanted, classes: dict[str, _Count]) -> dict[str, Any]:
    """What the counts of the class folders say of the whole part."""
    ordered = [classes[name] for name in sorted(classes)]
    first = next((count.first for count in ordered if count.first), None)
    return {
        "classes": tuple((name, classes[name].files) for name in sorted(classes)),
        "skipped": sum(count.skipped for count in ordered),
        "suffixes": frozenset().union(*(count.suffixes for count in ordered)),
        "first": wanted.size(first) if first else None,
    }


def _count(wanted: Wanted, folder: str, count: _Count, artefacts: list[str]) -> None:
    """Adds the files of a folder and of those in it, without following links to folders."""
    pending = [folder]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if is_hidden(entry.name):
                    artefacts += [entry.name] if entry.name == ARTEFACT else []
                elif entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                elif _fits(wanted, entry.name):
                    _add(entry, count)


def _add(entry: "os.DirEntry[str]", count: _Count) -> None:
    if not os.path.isfile(entry.path):
        count.skipped += 1
        return
    count.files += 1
    count.suffixes.add(os.path.splitext(entry.name)[1].lower())
    if count.first is None or entry.path < count.first:
        count.first = entry.path


def is_hidden(name: str) -> bool:
    """Whether a file or folder is hidden, or left behind by an archive program."""
    return name.startswith(".") or name == ARTEFACT


def _fits(wanted: Wanted, name: str) -> bool:
    return os.path.splitext(name)[1].lower() in wanted.suffixes
