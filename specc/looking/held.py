"""The rows that a part holds, in whatever form its source gives them: an array, lists of words
of different lengths, texts, or columns by their names."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from types import ModuleType
from typing import Any


def dense(part: Any) -> Any:
    """The inputs as one array of numbers; None where they are something else."""
    import numpy as np

    dtype = getattr(part.x, "dtype", None)
    if dtype is None or dtype == "string" or is_ragged(part):
        return None
    return np.asarray(part.x)[part.rows]


def is_ragged(part: Any) -> bool:
    return hasattr(part.x, "row_splits")


def columns(part: Any, script: ModuleType) -> dict[str, Any]:
    """Columns of measurements by name or number; nothing for pixels, steps and words."""
    if isinstance(part.x, Mapping):
        return dict(_named(part, script))
    x = dense(part)
    if x is None or x.ndim != 2:
        return {}
    return {str(i): x[:, i] for i in range(x.shape[1])}


def _named(part: Any, script: ModuleType) -> Iterator[tuple[str, Any]]:
    """The columns of inputs by name; one that has several names them in a constant."""
    import numpy as np

    for name, values in part.x.items():
        found = np.asarray(values)[part.rows]
        if found.ndim == 1:
            yield name, found
        elif found.ndim == 2:
            inner = getattr(script, name.upper(), range(found.shape[1]))
            yield from ((str(each), found[:, i]) for i, each in enumerate(inner))


def marks(part: Any, *, padded: bool) -> list[bytes]:
    """A hash of each row; `padded`: without the zeros in front of a text."""
    if isinstance(part.x, Mapping):
        return [_mark(*cells) for cells in zip(*_columns_of_bytes(part), strict=True)]
    if getattr(part.x, "dtype", None) == "string":
        texts = part.x.numpy()
        return [_mark(texts[row]) for row in part.rows]
    if is_ragged(part):
        words, ends = part.x.flat_values.numpy(), part.x.row_splits.numpy()
        return [_mark(words[ends[row] : ends[row + 1]]) for row in part.rows]
    x = dense(part)
    return [] if x is None else [_mark(_stripped(row) if padded else row) for row in x]


def _columns_of_bytes(part: Any) -> Iterator[list[bytes]]:
    import numpy as np

    for values in part.x.values():
        yield [np.asarray(cell).tobytes() if not isinstance(cell, bytes) else cell
               for cell in np.asarray(values)[part.rows]]  # fmt: skip


def _stripped(row: Any) -> Any:
    import numpy as np

    return np.trim_zeros(row, "f")


def _mark(*cells: Any) -> bytes:
    found = blake2b(digest_size=16)
    for cell in cells:
        content = cell if isinstance(cell, bytes) else cell.tobytes()
        found.update(len(content).to_bytes(8, "little") + content)
    return found.digest()


def width(part: Any) -> int:
    """How many values a row has; of texts, many."""
    if isinstance(part.x, Mapping):
        return len(part.x)
    x = dense(part)
    return 1 << 16 if x is None else int(x[:1].size)
