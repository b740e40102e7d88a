"""Shapes without TensorFlow: tensors, broadcasting, and the arithmetic of sliding windows."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

Dim = int | None
Shape = tuple[Dim, ...]


@dataclass(frozen=True, slots=True)
class Tensor:
    """A batch of arrays of one shape, given without the batch axis; None is an unknown size."""

    shape: Shape
    dtype: str = "float32"

    @property
    def rank(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> int | None:
        """Number of elements of one sample, None when an axis is unknown."""
        return None if None in self.shape else prod(d for d in self.shape if d is not None)

    def __str__(self) -> str:
        return show_shape(self.shape)


class ShapeError(Exception):
    """A layer cannot take its input; `option` names the option to blame, if one is.

    `inputs` are the places of the two inputs that do not go together.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        option: str | None = None,
        label: str = "",
        help: str = "",
        inputs: tuple[int, int] | None = None,
    ):
        super().__init__(message)
        self.code, self.message, self.option = code, message, option
        self.label, self.help, self.inputs = label, help, inputs


def show_shape(shape: Shape) -> str:
    """`28x28x1`; `?` for an unknown axis, `scalar` for none."""
    return "x".join("?" if d is None else str(d) for d in shape) or "scalar"


@dataclass(frozen=True, slots=True)
class Window:
    """One axis of length `size` under a sliding window, as Keras counts it (notes K1 §3).

    `padding` is `valid`, `same` or `causal`; `width` is the written window, which `dilation`
    spreads to `(width - 1)·dilation + 1` cells.
    """

    size: Dim
    width: int
    stride: int
    padding: str = "valid"
    dilation: int = 1

    @property
    def reach(self) -> int:
        return (self.width - 1) * self.dilation + 1

    @property
    def out(self) -> Dim:
        """Number of places the window takes; zero or less means that it does not fit."""
        if self.size is None:
            return None
        if self.padding == "valid":
            return (self.size - self.reach) // self.stride + 1
        return -(-self.size // self.stride)

    @property
    def formula(self) -> str:
        """The output size with the numbers put in, e.g. `(28 - 3 + 2·0)/1 + 1 = 26`."""
        if self.padding != "valid":
            return f"⌈{_known(self.size)}/{self.stride}⌉ = {_known(self.out)}"
        spread = f"(({self.width} - 1)·{self.dilation} + 1)"
        reach = spread if self.dilation > 1 else str(self.width)
        steps = f"({_known(self.size)} - {reach} + 2·0)/{self.stride}"
        steps = f"⌊{steps}⌋" if self.leftover else steps
        return f"{steps} + 1 = {_known(self.out)}"

    @property
    def leftover(self) -> int:
        """Rows at the end that no place of the window covers."""
        if self.size is None or self.padding != "valid":
            return 0
        return (self.size - self.reach) % self.stride


def _known(size: Dim) -> str:
    return "?" if size is None else str(size)


def slide(windows: Sequence[Window], x: Tensor, *, option: str) -> Shape:
    """The sizes after the windows slide over the spatial axes of `x`; ShapeError S203."""
    small = [w for w in windows if w.out is not None and w.out <= 0]
    if small:
        width = tuple(w.width for w in windows)
        raise ShapeError(
            "S203",
            f"window {width if len(width) > 1 else width[0]} does not fit in {x}",
            option=option,
            label=f"output would be {small[0].formula}",
            help="use `padding: same`, a smaller window, or less pooling above",
        )
    return tuple(w.out for w in windows)


def agree(one: Shape, other: Shape) -> bool:
    """Whether two shapes can be the same once every size is known."""
    same = len(one) == len(other)
    return same and all(None in (a, b) or a == b for a, b in zip(one, other, strict=True))


def broadcast(left: Shape, right: Shape) -> Shape | None:
    """The shape of an element-wise operation, None when the shapes do not fit."""
    longest = max(len(left), len(right))
    pairs = zip(_padded(left, longest), _padded(right, longest), strict=True)
    out = [_merge(a, b) for a, b in pairs]
    return None if -1 in out else tuple(out)


def _padded(shape: Shape, rank: int) -> Shape:
    return (1,) * (rank - len(shape)) + shape


def _merge(a: Dim, b: Dim) -> Dim:
    if a == b or b == 1:
        return a
    if a == 1 or a is None:
        return b
    return a if b is None else -1
