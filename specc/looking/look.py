"""Everything that is found in the data of one spec."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic, Severity
from specc.looking import rows
from specc.looking.again import again
from specc.looking.beside import beside
from specc.looking.broken import broken, left_out
from specc.looking.copies import copies
from specc.looking.finding import finding
from specc.looking.labels import labels
from specc.looking.leaks import leaks
from specc.looking.masks import masks
from specc.looking.numbers import numbers
from specc.looking.sighted import Sighted, sighted, strays_of
from specc.looking.streams import are_streams, broken_records, streams, told
from specc.looking.summary import Summary, summaries
from specc.runs import module
from specc.runs.said import plain

OF_COLUMNS = {"D523", "D543"}


def decodes(text: str) -> bool:
    """Whether a script reads files that it decodes one by one."""
    return "\ndef decode(" in text


def decodes_or_parses(text: str) -> bool:
    """Whether a script reads files of which some may be broken: images, or records."""
    return decodes(text) or ("\ndef records(" in text and "\ndef parse(" in text)


@dataclass(frozen=True)
class Look:
    """What there is in each part, and what is wrong with it."""

    parts: Mapping[str, Summary]
    found: tuple[Diagnostic, ...]
    rows: Mapping[str, Any]
    script: ModuleType
    files: Sighted | None = None


@dataclass(frozen=True)
class Files:
    """What is wrong with the files of a run, and which of them it leaves out."""

    found: tuple[Diagnostic, ...] = ()
    left_out: tuple[str, ...] = ()


def look(compiled: Compiled, text: str, data_dir: Path, folder: Path) -> Look:
    """Loads the script, by way of `folder`, and looks at the rows that it would train on."""
    script = _loaded(compiled, text, folder)
    try:
        if are_streams(script):
            return _streamed(compiled, script, data_dir)
        read = rows.read(script, data_dir)
    except Exception as error:  # of many kinds, and all of them about the data
        return Look({}, _unreadable(compiled, error), {}, script)
    seen = sighted(compiled, script, text, read) if decodes(text) else None
    parts = summaries(compiled, read, seen)
    held = {part: each for part, each in read.items() if rows.are_held(each)}
    found = _untold(
        compiled,
        chain(_found(compiled, held, seen, parts, script), beside(compiled, held, data_dir)),
    )
    return Look(parts, found, held, script, seen)


def _streamed(compiled: Compiled, script: ModuleType, data_dir: Path) -> Look:
    """The same for records, which are read in turn and not kept."""
    parts, found = told(compiled, streams(script, data_dir))
    return Look(parts, _untold(compiled, chain(found, again(compiled, parts))), {}, script)


def _loaded(compiled: Compiled, text: str, folder: Path) -> ModuleType:
    """The script, in a file of its own: TensorFlow reads the text of functions."""
    file = folder / f"{compiled.spec.name}.py"
    file.write_text(text, encoding="utf-8")
    return module.load(text, file)


def _found(
    compiled: Compiled,
    read: Mapping[str, Any],
    seen: Sighted | None,
    parts: Mapping[str, Summary],
    script: ModuleType,
) -> Iterator[Diagnostic]:
    if seen is not None:
        yield from broken(compiled, seen)
        yield from copies(compiled, seen)
        yield from masks(compiled, seen)
    yield from numbers(compiled, read, script)
    yield from leaks(compiled, read, script)
    yield from labels(compiled, read, parts)
    yield from again(compiled, parts)


def _untold(compiled: Compiled, found: Iterator[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Without what the check has said of columns, where it knows them by their names."""
    told = {each.code for each in compiled.report.diagnostics} & OF_COLUMNS
    return tuple(each for each in found if each.code not in told)


def look_at_files(compiled: Compiled, text: str, data_dir: Path, folder: Path) -> Files:
    """Only whether the files can be decoded, and masks hold what they should."""
    script = _loaded(compiled, text, folder)
    try:
        if are_streams(script):
            return Files(tuple(broken_records(compiled, script, text, data_dir)))
        read = rows.read(script, data_dir)
    except Exception:  # which the run itself will meet, and tell
        return Files(_unusable(compiled))
    seen = sighted(compiled, script, text, read)
    found = (*broken(compiled, seen), *masks(compiled, seen))
    return Files(found, left_out(compiled, seen))


def _unreadable(compiled: Compiled, error: Exception) -> tuple[Diagnostic, ...]:
    """What reading ended at; files that have no name for it say more."""
    said = f"the data cannot be read: {type(error).__name__}: {plain(error)}"
    help = "the script reads them so; they may not be what the spec says"
    path = ("data", str(compiled.facts.source))
    return _unusable(compiled) or (finding("D527", said, path, on_key=True, help=help),)


def _unusable(compiled: Compiled) -> tuple[Diagnostic, ...]:
    """What cannot even be opened."""
    found = broken(compiled, Sighted({}, {}, strays_of(compiled)))
    return tuple(each for each in found if each.severity is Severity.ERROR)
