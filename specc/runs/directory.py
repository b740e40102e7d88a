"""The folder of one run, and how files get into it: whole or not at all."""

import os
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path


def create(output: Path, name: str, digest: str) -> Path:
    """`<output>/<name>/<time>-<digest>/`, made now; a second run in one second gets a number."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    stem = output / name / f"{stamp}-{digest[:8]}"
    attempt, folder = 1, stem
    while True:
        try:
            folder.mkdir(parents=True)
            return folder
        except FileExistsError:
            attempt += 1
            folder = stem.with_name(f"{stem.name}-{attempt}")


def write(target: Path, text: str) -> None:
    """A text file, replaced in one step."""
    replace(target, lambda draft: draft.write_text(text, encoding="utf-8", newline="\n"))


def replace(target: Path, make: Callable[[Path], object]) -> None:
    """Lets `make` write a file beside the target, of the same suffix, and renames it."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=target.suffix)
    os.close(handle)
    draft = Path(name)
    try:
        make(draft)
        draft.chmod(0o644)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
