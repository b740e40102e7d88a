"""Which files made a training fail: TensorFlow says what is wrong with one, but not with which."""

import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from specc.runs.said import plain

MOST = 10  # files that are named
SECONDS = 60.0  # after which the search is given up


@dataclass(frozen=True)
class Unreadable:
    file: str
    reason: str


def unreadable(error: BaseException, script: Any) -> tuple[Unreadable, ...]:
    """The files that the script was reading when it failed, and that it cannot decode."""
    decode = getattr(script, "decode", None)
    if decode is None:
        return ()
    end = time.monotonic() + SECONDS
    files = dict.fromkeys(_files(error, script.__file__))
    return tuple(islice(_refused(files, decode, end), MOST))


def _refused(
    files: dict[str, None], decode: Callable[[str], Any], end: float
) -> Iterator[Unreadable]:
    for file in files:
        if time.monotonic() > end:
            return
        try:
            decode(file)
        except Exception as error:  # of many kinds, and all of them about this file
            yield Unreadable(file, plain(error))


def _files(error: BaseException, script: str) -> Iterator[str]:
    """What the functions of the script had in hand, of all that has file names as inputs."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == script:
            for value in list(frame.f_locals.values()):
                yield from _names(value)


def _names(value: Any) -> Iterator[str]:
    """The file names in a part of the data, or in all its parts."""
    if getattr(getattr(value, "x", None), "dtype", None) == "string":
        yield from (name.decode() for name in value.x.numpy())
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        for part in value:
            yield from _names(part)
