"""Image files decoded as the script decodes them, many at once, and each error kept apart."""

import os
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from specc.inspect.image_size import size_of
from specc.looking.cache import Looked
from specc.looking.forms import misread
from specc.looking.reasons import reason
from specc.runs.said import plain

LARGE = 1 << 26  # pixels; images that declare more are decoded one by one, for their memory
BATCH = 256
MARGIN = 0.5  # of 255: what is no difference
UNREAD = "cannot be read"  # which may change without a trace in size and time of the file
Decode = Callable[[Any], Any]


def looked_at(
    decode: Decode, channels: int, files: Iterable[str], known: Mapping[str, Looked]
) -> dict[str, Looked]:
    """What each file is like; only those are opened that `known` does not know as they are."""
    found, fresh = sorted_out(files, known)
    found |= _decoded(fresh, found, decode, channels)
    return found


def sorted_out(
    files: Iterable[str], known: Mapping[str, Looked]
) -> tuple[dict[str, Looked], list[str]]:
    """What is known of files that are as they were, and those that have to be opened."""
    found = {file: _stated(file) for file in dict.fromkeys(files)}
    fresh = []
    for file, looked in found.items():
        before = known.get(file)
        if before and (before.size, before.changed) == (looked.size, looked.changed):
            found[file] = before
        elif not looked.reason:
            fresh.append(file)
    return found, fresh


def _stated(file: str) -> Looked:
    """Size and time of a file; what is no file is never opened, since a pipe would wait."""
    try:
        status = os.stat(file)
    except OSError as error:
        return Looked(-1, 0, f"{UNREAD}: {error.strerror}")
    kind = "" if stat.S_ISREG(status.st_mode) else "is not a file"
    return Looked(status.st_size, status.st_mtime_ns, kind)


def _decoded(
    files: Sequence[str], stated: Mapping[str, Looked], decode: Decode, channels: int
) -> dict[str, Looked]:
    heads = {file: _read(file, channels) for file in files}
    many = [file for file, head in heads.items() if head.height * head.width <= LARGE]
    sights = _sights(many, decode)
    found = {}
    for file, (height, width, content, wrong) in heads.items():
        sight = sights.get(file)
        why = "" if sight is not None else _refusal(file, height, width, decode)
        status = stated[file].size, stated[file].changed
        found[file] = Looked(*status, why, height, width, content, sight or 0, "" if why else wrong)
    return found


class Head(NamedTuple):
    """What the bytes of a file say, without decoding it."""

    height: int  # 0 where the header does not tell
    width: int
    content: str  # hash of all bytes
    wrong: str  # see `Looked`


def _read(file: str, channels: int) -> Head:
    """An error in reading shows later."""
    try:
        with open(file, "rb") as stream:
            content = stream.read()
    except OSError:
        return Head(0, 0, "", "")
    height, width = size_of(content) or (0, 0)
    hash = blake2b(content, digest_size=16).hexdigest()
    return Head(height, width, hash, misread(content, channels))


def _sights(files: Sequence[str], decode: Decode) -> dict[str, int]:
    """What there is to see in each file that can be decoded."""
    import tensorflow as tf

    if not files:
        return {}
    names = [os.fsencode(file) for file in files]
    rows = tf.data.Dataset.from_tensor_slices((names, list(range(len(files)))))
    seen = rows.map(
        lambda file, row: (row, sight_of(decode(file))), num_parallel_calls=tf.data.AUTOTUNE
    )
    batches = seen.ignore_errors().batch(BATCH).as_numpy_iterator()
    return {files[row]: int(value) for batch in batches for row, value in zip(*batch, strict=True)}


def sight_of(image: Any) -> Any:
    """64 bits: whether each of 8x8 areas is darker than the one to its right.

    After Krawetz' difference hash; of colours, the one in the middle.
    """
    import numpy as np
    import tensorflow as tf

    height, width, channels = image.shape
    rows, columns = _means(8, height), _means(9, width)
    shades = tf.cast(image[..., channels // 2], tf.float32)
    grey = tf.matmul(rows, tf.matmul(shades, columns, transpose_b=True))
    bits = tf.cast(grey[:, 1:] > grey[:, :-1] + MARGIN, tf.int64)
    return tf.reduce_sum(tf.bitwise.left_shift(tf.reshape(bits, [64]), np.arange(64)))


def _means(areas: int, length: int) -> Any:
    """A matrix that takes the means of equal areas of a line."""
    import numpy as np

    edges = np.linspace(0, length, areas + 1)
    cells = np.arange(length)
    low, high = edges[:-1, None], edges[1:, None]
    shares = np.clip(np.minimum(high, cells + 1) - np.maximum(low, cells), 0, None)
    return (shares / shares.sum(axis=1, keepdims=True)).astype("float32")


def _refusal(file: str, height: int, width: int, decode: Decode) -> str:
    """Why a file cannot be decoded; empty when it can, alone."""
    try:
        sight_of(decode(os.fsencode(file)))
    except Exception as error:  # of many kinds, and all of them about this file
        if height * width > LARGE:
            return f"declares {width:,} x {height:,} pixels: {plain(error)}"
        return told_by_content(file, plain(error))
    return ""


def told_by_content(file: str, said: str) -> str:
    """Why a file cannot be decoded, in the words of its bytes where they say more."""
    try:
        with open(file, "rb") as stream:
            return reason(stream.read(), said)
    except OSError as error:
        return f"{UNREAD}: {error.strerror}"
