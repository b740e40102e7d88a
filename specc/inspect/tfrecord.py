"""Files of records: whether they are there, and whether they look like records."""

import os
from collections.abc import Iterator
from dataclasses import replace
from glob import glob, has_magic
from pathlib import Path as FilePath

from specc.data.tfrecord import REMOTE, TfRecord
from specc.diagnostics import Diagnostic, Severity
from specc.inspect.facts import Facts, Missing
from specc.inspect.known import facts_of
from specc.source import Path

AROUND = 16  # bytes of length and checksums around a record


def look(
    source: TfRecord, path: Path, root: FilePath, classes: tuple[str, ...] | None
) -> tuple[Facts, list[Diagnostic]]:
    """The facts that the source declares, and what is wrong with files that can be seen."""
    facts = facts_of("tfrecord", source.known())
    local = {part: p for part, p in source.patterns.items() if REMOTE not in p}
    files = {part: sorted(glob(str(root / pattern))) for part, pattern in local.items()}
    missing = tuple(
        Missing((*path, part), root / local[part], _absent(local[part]))
        for part, found in files.items()
        if not found
    )
    strange = list(_strange(source, path, files))
    shards = len(files["train"]) if files.get("train") else None
    return replace(facts, missing=missing, present=not missing, shards=shards), strange


def _absent(pattern: str) -> str:
    return "fits no file" if has_magic(pattern) else "does not exist"


def _strange(source: TfRecord, path: Path, files: dict[str, list[str]]) -> Iterator[Diagnostic]:
    """The first file of each part that holds no records."""
    for part, found in files.items():
        reasons = ((file, _reason(file, bool(source.compression))) for file in found)
        for file, reason in ((f, why) for f, why in reasons if why):
            message = f"`{os.path.basename(file)}` {reason}"
            yield Diagnostic("D527", Severity.ERROR, message, (*path, part))
            break


def _reason(file: str, compressed: bool) -> str:
    """What keeps a file from being one of records, as far as its first bytes tell."""
    if not os.path.isfile(file):
        return "is not a file"
    size = os.path.getsize(file)
    if size == 0:
        return "is empty"
    with open(file, "rb") as stream:
        head = stream.read(8)
    if compressed:
        return ""
    if head[:2] == b"\x1f\x8b":
        return "is compressed: add `compression: GZIP`"
    if size < AROUND or int.from_bytes(head, "little") + AROUND > size:
        return "holds no records"
    return ""
