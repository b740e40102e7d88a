"""Files of arrays to rows that a saved model takes."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from specc.data.arrays import Arrays
from specc.wording import listing

SUFFIXES = (".npy", ".npz")


class CannotRead(ValueError):
    """A file that holds nothing for the model; the message completes "`file` …"."""


def rows_of(file: Path, source: Any, inputs: Sequence[Any]) -> Any:
    """The rows of one input, or of each by its name; a single row may come without its axis.

    Arrays of an `.npz` file go by the names that the spec gives them, or by that of their input.
    """
    if file.suffix.lower() not in SUFFIXES:
        raise CannotRead("is no array; the model takes `.npy` and `.npz` files")
    keys = _keys(source)
    if len(inputs) == 1:
        return _fitted(_loaded(file, keys.get(None, [])), inputs[0], "")
    found = {
        taken.name: _fitted(_one(file, taken.name, keys), taken, f"for `{taken.name}` ")
        for taken in inputs
    }
    counts = {name: len(rows) for name, rows in found.items()}
    if len({*counts.values()}) > 1:
        told = ", ".join(f"{count} for `{name}`" for name, count in counts.items())
        raise CannotRead(f"has different numbers of rows: {told}")
    return found


def _keys(source: Any) -> Mapping[str | None, list[str]]:
    """What the spec calls the arrays of x, by the inputs that they are for."""
    keys: dict[str | None, list[str]] = {}
    for x, _ in source.pairs().values() if isinstance(source, Arrays) else ():
        for name, key in x.items() if isinstance(x, dict) else ((None, x),):
            keys.setdefault(name, []).append(key)
    names = [key for listed in keys.values() for key in listed] if len(keys) == 1 else []
    return {**keys, None: [*dict.fromkeys(names), "x"]}


def _one(file: Path, name: str, keys: Mapping[str | None, list[str]]) -> Any:
    """The array for one of several inputs."""
    if file.suffix.lower() != ".npz":
        raise CannotRead("is one array; the model takes an `.npz` file with one for each input")
    wanted = [*keys.get(name, ()), name]
    return _loaded(file, wanted, exactly=True)


def _fitted(rows: Any, taken: Any, called: str) -> Any:
    """The rows in the shape and type of an input."""
    shape = taken.shape[1:]
    if _fits(rows.shape, shape):
        rows = rows[None]
    if not _fits(rows.shape[1:], shape):
        found, expected = tuple(rows.shape[1:]), tuple(shape)
        raise CannotRead(f"has rows {called}of shape {found}, expected {expected}")
    if rows.dtype.kind not in "biuf":
        raise CannotRead(f"holds `{rows.dtype}`, expected numbers")
    return rows.astype(taken.dtype)


def _loaded(file: Path, keys: Sequence[str], *, exactly: bool = False) -> Any:
    """The array of one of these keys, else the first one, unless it must be one of them."""
    import numpy as np

    try:
        read = np.load(file, allow_pickle=False)
        if not hasattr(read, "files"):
            return read
        with read:
            key = next(_there(keys, read.files, exactly=exactly), None)
            if key is None:
                named = f"no array {listing([*dict.fromkeys(keys)][:1])}" if exactly else "no array"
                raise CannotRead(f"holds {named}")
            return read[key]
    except CannotRead:
        raise
    except Exception as error:  # zipfile, zlib and NumPy raise many kinds
        pickled = "pickle" in str(error)
        said = "is not an array of numbers" if pickled else f"cannot be read: {reason(error)}"
        raise CannotRead(said) from error


def _there(keys: Sequence[str], files: Sequence[str], *, exactly: bool) -> Iterator[str]:
    """The keys that the file has, best first."""
    yield from (key for key in keys if key in files)
    yield from () if exactly else files[:1]


def _fits(found: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    return len(found) == len(wanted) and all(
        size in (None, there) for there, size in zip(found, wanted, strict=True)
    )


def reason(error: Exception) -> str:
    """Why a file could not be read, in one line."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).partition("\n")[0] or type(error).__name__
