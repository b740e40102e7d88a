"""What was found out about files before, which holds as long as size and time of a file do."""

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import Any

VERSION = 2


@dataclass(frozen=True, slots=True)
class Looked:
    """What one image file is like; `reason` says why it cannot be decoded."""

    size: int  # of the file, in bytes
    changed: int  # nanoseconds
    reason: str = ""
    height: int = 0  # as its header says; 0 where it does not
    width: int = 0
    content: str = ""  # hash of the bytes; of a mask, how many pixels have each value
    sight: int = 0  # hash of what there is to see; 0 where there is little
    wrong: str = ""  # why it is decoded into something else than what it shows


VALUES = attrgetter(*(field.name for field in fields(Looked)))
TYPES = (int, int, str, int, int, str, int, str)


def place(key: Iterable[str]) -> Path:
    """The file of the cache for a decoder and folders, which `key` names."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    root = Path(home) if os.path.isabs(home) else Path(os.path.expanduser("~/.cache"))
    name = blake2b("\0".join(key).encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
    return root / "specc" / f"images-{name}.json"


def load(file: Path) -> dict[str, Looked]:
    """What is known of files by their paths; nothing where the cache is damaged or absent."""
    try:
        data = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict) or data.get("version") != VERSION:
        return {}
    known = data.get("files")
    rows = known.items() if isinstance(known, dict) else ()
    return {name: Looked(*row) for name, row in rows if _sound(row)}


def _sound(row: Any) -> bool:
    whole = isinstance(row, list) and len(row) == len(TYPES)
    return whole and all(type(a) is b for a, b in zip(row, TYPES, strict=True))


def save(file: Path, known: Mapping[str, Looked]) -> None:
    """Keeps what is known; where nothing can be written, the next look takes longer."""
    files = {name: VALUES(looked) for name, looked in known.items()}
    text = json.dumps({"version": VERSION, "files": files})
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent) as folder:
            draft = Path(folder, file.name)
            draft.write_bytes(text.encode())
            draft.replace(file)
