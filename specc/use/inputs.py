"""Files to rows that a saved model takes, one reader for each kind of source."""

import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from specc.compiler import Compiled

Rows = Any  # an array, or a mapping of the model's inputs to arrays
Reader = Callable[[Path], Rows]
SUFFIXES = (".npy", ".npz")


class CannotRead(ValueError):
    """A file that holds nothing for the model; the message completes "`file` …"."""


def reader(compiled: Compiled, script: ModuleType, model: Any) -> Reader:
    """What turns one file into rows for the model; the reader raises CannotRead."""
    read = _reader(compiled, script, model)

    def regular(file: Path) -> Rows:
        if not os.path.isfile(file):  # a pipe would be waited for
            raise CannotRead("is not a file" if os.path.exists(file) else "does not exist")
        return read(file)

    return regular


def _reader(compiled: Compiled, script: ModuleType, model: Any) -> Reader:
    decode = getattr(script, "decode", None)
    if decode is not None:
        return lambda file: _image(file, decode)
    if getattr(model.inputs[0], "dtype", "") == "string":
        return _text
    source = compiled.spec.data.source if compiled.spec.data else None
    pairs = source.pairs() if source is not None and hasattr(source, "pairs") else {}
    keys = [*dict.fromkeys(x for x, _ in pairs.values()), "x"]
    return lambda file: _array(file, keys, model.input_shape[1:])


def _image(file: Path, decode: Callable[[str], Any]) -> Rows:
    """One picture as the script decodes it."""
    try:
        return decode(str(file)).numpy()[None]
    except Exception as error:  # of many kinds, and all of them about this file
        said = str(getattr(error, "message", error)).strip().splitlines()
        text = said[-1].partition(" [Op:")[0].rpartition("}} ")[2] if said else ""
        raise CannotRead(f"cannot be decoded: {text or type(error).__name__}") from error


def _text(file: Path) -> Rows:
    """One text, which is a file."""
    import tensorflow as tf

    try:
        return tf.constant([file.read_text(encoding="utf-8")])
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRead(f"cannot be read: {_reason(error)}") from error


def _array(file: Path, keys: list[str], shape: tuple[int | None, ...]) -> Rows:
    """The rows of an array; a single row may come without its axis."""
    if file.suffix.lower() not in SUFFIXES:
        raise CannotRead("is no array; the model takes `.npy` and `.npz` files")
    rows = _loaded(file, keys)
    if _fits(rows.shape, shape):
        rows = rows[None]
    if not _fits(rows.shape[1:], shape):
        found, expected = tuple(rows.shape[1:]), tuple(shape)
        raise CannotRead(f"has rows of shape {found}, expected {expected}")
    if rows.dtype.kind not in "biuf":
        raise CannotRead(f"holds `{rows.dtype}`, expected numbers")
    return rows


def _loaded(file: Path, keys: list[str]) -> Any:
    import numpy as np

    try:
        read = np.load(file, allow_pickle=False)
        if not hasattr(read, "files"):
            return read
        with read:
            key = next((key for key in [*keys, *read.files[:1]] if key in read.files), None)
            if key is None:
                raise CannotRead("holds no array")
            return read[key]
    except CannotRead:
        raise
    except Exception as error:  # zipfile, zlib and NumPy raise many kinds
        pickled = "pickle" in str(error)
        said = "is not an array of numbers" if pickled else f"cannot be read: {_reason(error)}"
        raise CannotRead(said) from error


def _fits(found: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    return len(found) == len(wanted) and all(
        size in (None, there) for there, size in zip(found, wanted, strict=True)
    )


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).partition("\n")[0] or type(error).__name__
