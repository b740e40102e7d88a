"""Mask files, opened: their size, and how many pixels have each value."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from specc.looking.cache import Looked
from specc.looking.decoding import sorted_out, told_by_content
from specc.runs.said import plain

COLOURS = {2: "colours", 3: "a palette of colours", 6: "colours"}  # PNG, table 11.1
HEADER = 26  # bytes up to the type of colours


def masks_at(files: Iterable[str], known: Mapping[str, Looked]) -> dict[str, Looked]:
    """What each mask is like; only those are opened that `known` does not know as they are."""
    found, fresh = sorted_out(files, known)
    counted = _counted(fresh)
    for file in fresh:
        if file in counted:
            height, width, content = counted[file]
            found[file] = replace(found[file], height=height, width=width, content=content)
        else:
            found[file] = replace(found[file], reason=_refusal(file))
    return found


def values_of(looked: Looked) -> dict[int, int]:
    """How many pixels have each value."""
    pairs = (each.split(":") for each in looked.content.split())
    return {int(value): int(count) for value, count in pairs}


def _counted(files: Sequence[str]) -> dict[str, tuple[int, int, str]]:
    """Height, width and values of each mask that can be decoded."""
    import tensorflow as tf

    if not files:
        return {}
    names = [os.fsencode(file) for file in files]
    rows = tf.data.Dataset.from_tensor_slices((names, list(range(len(files)))))
    opened = rows.map(lambda file, row: (row, *_open(file)), num_parallel_calls=tf.data.AUTOTUNE)
    found = {}
    for row, shape, counts in opened.ignore_errors().as_numpy_iterator():
        known = ((value, int(count)) for value, count in enumerate(counts) if count)
        found[files[row]] = (
            int(shape[0]),
            int(shape[1]),
            " ".join(f"{value}:{count}" for value, count in known),
        )
    return found


def _open(file: Any) -> tuple[Any, Any]:
    """Shape and counts of a mask, decoded as the script decodes it, and not yet resized."""
    import tensorflow as tf

    mask = tf.io.decode_png(tf.io.read_file(file), channels=1)
    values = tf.cast(tf.reshape(mask, [-1]), tf.int32)
    return tf.shape(mask), tf.math.bincount(values, minlength=256, maxlength=256)


def _refusal(file: str) -> str:
    """Why a mask cannot be decoded."""
    try:
        _open(os.fsencode(file))
    except Exception as error:  # of many kinds, and all of them about this file
        return told_by_content(file, plain(error))
    return ""


def told_by_header(file: str) -> str:
    """What else than numbers of classes a PNG file holds, by its header; empty where it may."""
    try:
        with open(file, "rb") as stream:
            start = stream.read(HEADER)
    except OSError:
        return ""
    if len(start) < HEADER or start[:4] != b"\x89PNG":
        return ""
    depth, kind = start[24], start[25]
    if depth == 16:
        return "has 16 bits for a pixel, of which TensorFlow keeps 8"
    return f"has {COLOURS[kind]}, which TensorFlow turns to grey" if kind in COLOURS else ""
