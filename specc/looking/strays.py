"""What is named like an image in the folders of classes, and is no file that could be read."""

import os
import stat
from collections.abc import Iterator

from specc.inspect.facts import Folder
from specc.inspect.folders import is_hidden
from specc.inspect.images import SUFFIXES


def strays(folder: Folder, classes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Paths, each with what completes "it …"; sorted."""
    for name in classes:
        yield from sorted(_below(os.path.join(folder.place, name)))


def _below(place: str) -> Iterator[tuple[str, str]]:
    for path, folders, names in os.walk(place):
        folders[:] = [name for name in folders if not is_hidden(name)]
        for name in (*folders, *names):
            looks = os.path.splitext(name)[1].lower() in SUFFIXES and not is_hidden(name)
            reason = _reason(os.path.join(path, name)) if looks else ""
            if reason:
                yield os.path.join(path, name), reason


def _reason(path: str) -> str:
    if not path.isascii() and _undecodable(path):
        return "has a name that is not UTF-8"
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return "is a link that leads nowhere" if os.path.islink(path) else "cannot be read"
    kinds = ((stat.S_ISDIR, "is a folder"), (stat.S_ISFIFO, "is a pipe"))
    named = next((kind for holds, kind in kinds if holds(mode)), "is a device or a socket")
    return "" if stat.S_ISREG(mode) else named


def _undecodable(path: str) -> bool:
    """Whether a path has bytes that are no text, which Python keeps as lone surrogates."""
    return any("\udc80" <= character <= "\udcff" for character in path)
