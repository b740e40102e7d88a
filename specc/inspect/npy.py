"""NumPy's files without NumPy: headers, and small arrays of numbers."""

import ast
import struct
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from math import prod
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

MAGIC = b"\x93NUMPY"
LONGEST_HEADER = 1 << 16
KINDS = {"i": "int", "u": "uint", "f": "float", "b": "bool", "U": "string", "S": "string"}
CODES = {
    "int8": "b", "uint8": "B", "int16": "h", "uint16": "H", "int32": "i", "uint32": "I",
    "int64": "q", "uint64": "Q", "float32": "f", "float64": "d", "bool": "B",
}  # fmt: skip


CORRUPT = (  # what `zipfile` raises for broken archives
    zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, struct.error,
    zlib.error,
)  # fmt: skip


class Unreadable(Exception):
    """Not an array of numbers; the text completes "it …"."""


class Header(NamedTuple):
    """What the header of an array says; `dtype` is `object` for pickled Python objects."""

    shape: tuple[int, ...]
    dtype: str
    big_endian: bool = False
    columns_first: bool = False


@contextmanager
def opened(file: Path, key: str | None) -> Iterator[BinaryIO]:
    """A `.npy` file, or an array of an `.npz` file, from its first byte."""
    try:
        if key is None:
            with file.open("rb") as stream:
                yield stream
        else:
            with zipfile.ZipFile(file) as archive, archive.open(f"{key}.npy") as member:
                yield cast(BinaryIO, member)
    except KeyError as error:
        raise Unreadable(f"has no array `{key}`") from error
    except CORRUPT as error:
        raise Unreadable("cannot be unpacked") from error
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error


def keys(file: Path) -> list[str]:
    """The names of the arrays in an `.npz` file."""
    try:
        with zipfile.ZipFile(file) as archive:
            return sorted(name[:-4] for name in archive.namelist() if name.endswith(".npy"))
    except (*CORRUPT, OSError) as error:
        raise Unreadable("is not an `.npz` file that can be read") from error


def rows(file: Path, key: str) -> int:
    """The length of the first axis of an array in an `.npz` file."""
    with opened(file, key) as stream:
        shape = header(stream).shape
    if not shape:
        raise Unreadable(f"has a single number for `{key}`")
    return shape[0]


def header(stream: BinaryIO) -> Header:
    """Reads the header and leaves the stream at the first value."""
    start = stream.read(8)
    if start[:6] != MAGIC or start[6:7] not in (b"\1", b"\2", b"\3"):
        raise Unreadable("is not an array in NumPy's format")
    size = int.from_bytes(stream.read(2 if start[6] == 1 else 4), "little")
    if size > LONGEST_HEADER:
        raise Unreadable("has too long a header")
    return _parsed(stream.read(size))


def _parsed(text: bytes) -> Header:
    try:
        said = ast.literal_eval(text.decode("utf-8").strip())
        kind, shape = said["descr"], said["shape"]
        order = bool(said["fortran_order"])
    except (ValueError, SyntaxError, KeyError, TypeError, RecursionError, MemoryError) as error:
        raise Unreadable("has a header that is not NumPy's") from error
    sizes = isinstance(shape, tuple) and all(type(n) is int and n >= 0 for n in shape)
    if not isinstance(kind, str) or not sizes:
        raise Unreadable("holds records instead of numbers")
    return Header(shape, _dtype(kind), kind.startswith(">"), order)


def _dtype(kind: str) -> str:
    """`float32` for `<f4`."""
    plain = kind.lstrip("<>|=")
    if plain[:1] == "O":
        return "object"
    name = KINDS.get(plain[:1])
    if name is None or not plain[1:].isdigit():
        raise Unreadable(f"holds values of NumPy's type `{kind}`, which are no numbers")
    return name if name in ("bool", "string") else f"{name}{int(plain[1:]) * 8}"


def numbers(stream: BinaryIO, of: Header, most: int) -> array | None:  # type: ignore[type-arg]
    """The numbers that follow a header, None for other types; at most `most` bytes of them."""
    if of.dtype not in CODES:
        return None
    found = array(CODES[of.dtype])
    wanted = prod(of.shape) * found.itemsize
    content = stream.read(min(wanted, most) // found.itemsize * found.itemsize)
    found.frombytes(content[: len(content) // found.itemsize * found.itemsize])
    if of.big_endian:
        found.byteswap()
    return found
