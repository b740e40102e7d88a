"""What Keras' pretrained models are made of: files that `scripts/applications.py` writes.

A file opens with a line for each of:

- `windows`, from the input on: `7/2` is a window of 7 with stride 2, `~2` one that keeps the size
  but for its stride, `+3+3` adds three rows on either side, and `?5` adds as many rows as a
  window of 5 needs to halve an odd size or an even one alike;
- `features`, the number of channels that come out;
- `kernels`, after how many of the windows how many weights of kernels are applied, and `-` for
  those that are applied in one place;
- `top`, `avg` and `max`, the layers behind that: `fc1*4096` has so many units, `*` as many as
  there are classes.

The layers follow, in Keras' order: what the names of some neighbours begin with (`-` for
nothing), then the rest of each with its weights, `bn:128+128` being those that are trained and
those that are not. `576c64` grows with the number of channels: 576 for each, and 64.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from specc.tensor import Dim, Shape, Window

FOLDER = Path(__file__).parent / "names"


class Inner(NamedTuple):
    """A layer inside a model, with the numbers of weights that are trained and that are not.

    A kernel that is applied in one place only, as that of a dense layer, is known by its biases.
    """

    name: str
    trained: int = 0
    fixed: int = 0
    biases: int = 0

    @property
    def kernel(self) -> int:
        return self.trained - self.biases if self.biases else 0


class Table(NamedTuple):
    """A file, cut into words."""

    windows: tuple[str, ...]
    features: int
    kernels: tuple[tuple[str, str], ...] = ()
    top: tuple[str, ...] = ()
    avg: tuple[str, ...] = ()
    max: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


@cache
def table(name: str) -> Table:
    """The table of the model of this name."""
    head, _, body = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").partition("\n\n")
    facts = {key: tuple(words) for key, *words in map(str.split, head.splitlines())}
    features = int(facts["features"][0])
    rows = tuple(_rows(body))
    kernels = tuple(_pair(word) for word in facts.get("kernels", ()))
    top, avg, highest = (facts.get(key, ()) for key in ("top", "avg", "max"))
    return Table(facts["windows"], features, kernels, top, avg, highest, rows)


def _rows(body: str) -> Iterator[tuple[str, str]]:
    for line in body.splitlines():
        start, *words = line.split()
        for word in words:
            name, weights = _pair(word)
            yield f"{'' if start == '-' else start}{name}", weights


def _pair(word: str) -> tuple[str, str]:
    """`conv:64` as name and number, which is 0 where there is none."""
    name, _, number = word.partition(":")
    return name, number or "0"


def inner(rows: Sequence[tuple[str, str]], channels: int) -> Iterator[Inner]:
    """The layers of a model that reads pictures of so many channels."""
    for name, weights in rows:
        trained, _, fixed = weights.partition("+")
        yield Inner(name, _count(trained, channels), _count(fixed, channels))


def _count(text: str, channels: int) -> int:
    each, grows, rest = text.rpartition("c")
    return (int(each) * channels if grows else 0) + int(rest or 0)


def behind(words: Sequence[str], features: int, size: Dim, classes: int) -> Iterator[Inner]:
    """The layers of a classifier; `size` is that of what comes into it, once flattened."""
    width = features
    for word in words:
        name, dense, units = word.partition("*")
        if name == "flatten":
            width = size or features
        if dense:
            wide = int(units or classes)
            yield Inner(name, (width + 1) * wide, biases=wide)
            width = wide
        else:
            yield from inner([_pair(word)], 0)


def applied(table: Table, spatial: Sequence[int], channels: int) -> int:
    """Multiply-adds of the kernels in front of the top."""
    total = 0
    for stage, count in table.kernels:
        places = 1 if stage == "-" else _area(table.windows[: int(stage)], spatial)
        total += places * _count(count, channels)
    return total


def _area(words: Sequence[str], spatial: Sequence[int]) -> int:
    height, width = sizes(words, tuple(spatial))
    return (height or 0) * (width or 0)


def sizes(words: Sequence[str], spatial: Shape) -> Shape:
    """Height and width of what comes out; a size of zero or less does not fit."""
    known_first = spatial[0] is not None
    out = list(spatial)
    for word in words:
        if word[0] == "?":
            out = [_fitted(size, int(word[1:]), known_first) for size in out]
        elif word[0] == "+":
            before, after = map(int, word[1:].split("+"))
            out = [None if size is None else size + before + after for size in out]
        else:
            out = [_slid(size, word) for size in out]
    return tuple(out)


def _fitted(size: Dim, width: int, known_first: bool) -> Dim:
    """Keras adds one row less to an even size, and to any when the height is unknown."""
    if size is None:
        return None
    return size + 2 * (width // 2) - (1 - size % 2 if known_first else 1)


def _slid(size: Dim, word: str) -> Dim:
    if size is None or size <= 0:
        return size
    width, _, stride = word.partition("/")
    window = Window(size, int(width), int(stride)) if stride else None
    return (window or Window(size, 1, int(word[1:]), "same")).out
