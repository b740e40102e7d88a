"""The folder of one run, and how files get into it: whole or not at all."""

import os
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
            if not folder.is_dir():
                raise
            attempt += 1
            folder = stem.with_name(f"{stem.name}-{attempt}")


def write(target: Path, text: str) -> None:
    """A text file, replaced in one step."""
    replace(target, lambda draft: draft.write_bytes(text.encode("utf-8")))


def replace(target: Path, make: Callable[[Path], object]) -> None:
    """Lets `make` write a file beside the target, of the same suffix, and renames it."""
    draft = target.with_name(f".{target.stem}-{os.getpid()}{target.suffix}")
    try:
        make(draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
