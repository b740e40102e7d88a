"""What texts hold: files or rows per class, how long they are, and which cannot be read."""

import csv
import io
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path as FilePath
from typing import NamedTuple

from specc.data.text import Text
from specc.diagnostics import Diagnostic, Severity
from specc.inspect.csv_lines import long_cells
from specc.inspect.facts import Facts, Folder, Missing, not_a_file
from specc.inspect.folders import Wanted, is_hidden, look_into
from specc.inspect.known import facts_of
from specc.inspect.words import counted
from specc.source import Path
from specc.wording import listing

TEXTS = Wanted("text", "texts", frozenset({".txt"}))
MOST = 1000  # files of a part that are read
LARGEST = 1 << 26  # bytes of a CSV file that are read
TOLD = 20  # files that cannot be read, of a part
LONGEST = 1 << 24  # characters of a text in a CSV file


class _Unreadable(Exception):
    """The text completes "it …"."""


def look(
    source: Text, path: Path, root: FilePath, classes: tuple[str, ...] | None
) -> tuple[Facts, list[Diagnostic]]:
    """The facts of texts, and what is wrong with their files."""
    if source.csv is not None:
        return _table(source, path, root / source.csv, classes)
    facts, found = look_into(TEXTS, source, path, root, classes)
    for folder in facts.folders:
        texts, broken = _read(_spread(sorted(_files(folder, facts.class_names))), folder)
        found += broken
        facts = replace(facts, texts=counted(texts)) if folder.part == "train" else facts
    return facts, found


def _files(folder: Folder, classes: Iterable[str]) -> Iterator[str]:
    """The text files of a part that are read."""
    for name in classes:
        for place, folders, files in os.walk(folder.place / name):
            folders[:] = [each for each in folders if not is_hidden(each)]
            for file in files:
                whole = os.path.join(place, file)
                if file.lower().endswith(".txt") and not is_hidden(file) and os.path.isfile(whole):
                    yield whole


def _spread(files: list[str]) -> list[str]:
    """So many of them, evenly from all."""
    step = max(len(files) / MOST, 1)
    return [files[int(place * step)] for place in range(min(len(files), MOST))]


def _read(files: list[str], folder: Folder) -> tuple[list[str], list[Diagnostic]]:
    texts: list[str] = []
    found: list[Diagnostic] = []
    for file in files:
        try:
            texts.append(_text(file))
        except _Unreadable as error:
            name = FilePath(file).relative_to(folder.place).as_posix()
            found.append(_unusable(f"`{name}` {error}", folder.path))
    return texts, found[:TOLD]


def _text(file: str | FilePath, most: int = -1) -> str:
    try:
        with open(file, "rb") as stream:
            return stream.read(most).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        told = f"byte {error.start} is 0x{error.object[error.start]:02x}"
        raise _Unreadable(f"is not UTF-8: {told}") from error
    except OSError as error:
        raise _Unreadable(f"cannot be read: {error.strerror}") from error


def _unusable(message: str, path: Path, help: str = "") -> Diagnostic:
    return Diagnostic("D527", Severity.ERROR, message, path, help=help)


def _table(
    source: Text, path: Path, file: FilePath, classes: tuple[str, ...] | None
) -> tuple[Facts, list[Diagnostic]]:
    """The facts of a CSV file, and what is wrong with it."""
    facts, at = facts_of("text", source.known()), (*path, "csv")
    if not os.path.isfile(file):
        missing = (Missing(at, file, not_a_file(file)),)
        return replace(facts, missing=missing, present=False), []
    try:
        rows = _rows(source, file)
    except _Unreadable as error:
        return facts, [_unusable(f"`{file.name}` {error}", at)]
    names = classes or tuple(sorted({row.label for row in rows if row.part == "train"}))
    used = [row for row in rows if row.label in names or not classes]
    wrong = list(_apart(source, used, names)) if source.split_column else []
    if wrong:
        return facts, [_unusable(f"`{file.name}` {said}", at) for said in wrong[:1]]
    return _counted(facts, source, used, names, f"`{file.name}`"), []


def _apart(source: Text, rows: list["_Row"], names: tuple[str, ...]) -> Iterator[str]:
    """What keeps rows from being those of several parts."""
    for part in source.files:
        labels = {row.label for row in rows if row.part == part}
        if not labels & {*names}:
            yield f"has no rows with `{part}` in `{source.split_column}`"
        elif part != "train" and labels - {*names}:
            yield f"has labels in its {part} part alone: {listing(sorted(labels - {*names}), 5)}"


def _counted(
    facts: Facts, source: Text, rows: list["_Row"], names: tuple[str, ...], origin: str
) -> Facts:
    train = [row for row in rows if row.part == "train"]
    given = Counter(row.part for row in rows)
    balance = Counter(row.label for row in train)
    return replace(
        facts,
        given={part: given[part] for part in source.files},
        classes=len(names),
        class_names=names,
        balance=tuple(balance[name] for name in names),
        ordered=_ordered([row.label for row in train]),
        origins={**facts.origins, **dict.fromkeys(("class_names", "classes"), origin)},
        texts=counted([row.text for row in train]),
    )


class _Row(NamedTuple):
    text: str
    label: str
    part: str


def _rows(source: Text, file: FilePath) -> list[_Row]:
    """Text, label and part of each row; raises _Unreadable."""
    if file.stat().st_size > LARGEST:
        raise _Unreadable(f"has more than {LARGEST >> 20} MiB, which no memory is made for")
    with long_cells(LONGEST):
        return _rows_of(source, csv.DictReader(io.StringIO(_text(file))))


def _rows_of(source: Text, reader: "csv.DictReader[str]") -> list[_Row]:
    columns = list(reader.fieldnames or ())
    for option in ("text_column", "label_column", "split_column"):
        name = getattr(source, option)
        if name and name not in columns:
            raise _Unreadable(f"has no column `{name}`: it has {listing(columns)}")
    try:
        return [_row(source, row, reader.line_num) for row in reader]
    except csv.Error as error:
        raise _Unreadable(f"cannot be read after line {reader.line_num}: {error}") from error


def _row(source: Text, row: dict[str, str | None], line: int) -> _Row:
    text, label = (row[each or ""] for each in (source.text_column, source.label_column))
    if text is None or not label:
        raise _Unreadable(f"has no {'text' if text is None else 'label'} in line {line}")
    part = row[source.split_column] if source.split_column else "train"
    return _Row(text, label, part or "")


def _ordered(labels: list[str]) -> bool:
    """Whether the rows of each class stand together."""
    changes = sum(one != other for one, other in zip(labels, labels[1:], strict=False))
    return changes < len(set(labels))
