"""What layers ask of the axes of their inputs: how many there are, how large, which are spatial."""

from specc.tensor import Dim, Shape, ShapeError, Tensor, Window

Sizes = int | tuple[int, ...]  # one for all axes, or one for each
SPATIAL = {1: "steps", 2: "height x width", 3: "depth x height x width"}


def spread(value: Sizes, rank: int) -> tuple[int, ...]:
    """`2` as `(2, 2)`, what Keras does with the sizes of windows and strides."""
    return (value,) * rank if isinstance(value, int) else value


def expect_rank(x: Tensor, rank: int, layer: str, axes: str, help: str = "") -> None:
    """ShapeError S201 unless `x` has `rank` axes, which `axes` names: `steps x channels`."""
    if x.rank == rank:
        return
    raise ShapeError(
        "S201",
        f"`{layer}` takes {axes}, got {x}",
        label=f"expects {count(rank, 'axis', 'axes')}, gets {x.rank}",
        help=help or _one_more_axis(x, rank),
    )


def _one_more_axis(x: Tensor, rank: int) -> str:
    if x.rank != rank - 1 or x.rank < 2 or None in x.shape:
        return ""
    return f"`Reshape: {[*x.shape, 1]}` above adds an axis of channels"


def count(number: int, one: str, many: str) -> str:
    """`1 axis`, `2 axes`."""
    return f"{number} {one if number == 1 else many}"


def expect_known(size: Dim, layer: str, axis: str, x: Tensor, option: str | None = None) -> int:
    """The size of an axis that weights depend on; ShapeError S215 when it is unknown."""
    if size is None:
        raise ShapeError("S215", f"`{layer}` needs a known {axis}, got {x}", option=option)
    return size


def dims_at(axes: tuple[int, ...], x: Tensor, layer: str) -> Shape:
    """The sizes of the axes with these numbers, as Keras counts them: axis 0 is the batch.

    ShapeError S201 where there is no such axis.
    """
    shape = (None, *x.shape)
    for axis in axes:
        if not -len(shape) <= axis < len(shape):
            message = f"`{layer}` has no axis {axis} in {x}"
            label = f"axes count from the batch, 0, to {x.rank}"
            raise ShapeError("S201", message, option="axis", label=label)
    return tuple(shape[axis] for axis in axes)


def sizes_at(axes: tuple[int, ...], x: Tensor, layer: str) -> tuple[int, ...]:
    """As `dims_at`, for weights: ShapeError S215 where a size is unknown."""
    dims = dims_at(axes, x, layer)
    nouns = ["size of the batch" if axis in (0, -x.rank - 1) else f"axis {axis}" for axis in axes]
    return tuple(
        expect_known(size, layer, noun, x, "axis") for size, noun in zip(dims, nouns, strict=True)
    )


def split_channels(x: Tensor, data_format: str | None) -> tuple[Shape, Dim]:
    """The spatial axes and the number of channels."""
    if data_format == "channels_first":
        return x.shape[1:], x.shape[0]
    return x.shape[:-1], x.shape[-1]


def join_channels(spatial: Shape, channels: Dim, data_format: str | None) -> Shape:
    """The shape of these spatial axes and channels."""
    return (channels, *spatial) if data_format == "channels_first" else (*spatial, channels)


def windows_over(
    spatial: Shape, widths: Sizes, strides: Sizes, padding: str, dilation: Sizes = 1
) -> tuple[Window, ...]:
    """One window for each spatial axis."""
    rank = len(spatial)
    each = zip(spatial, *(spread(v, rank) for v in (widths, strides, dilation)), strict=True)
    return tuple(Window(size, width, step, padding, gap) for size, width, step, gap in each)


def axes_of(rank: int, data_format: str | None) -> str:
    """`height x width x channels`: the axes that a layer over `rank` spatial axes takes."""
    if data_format == "channels_first":
        return f"channels x {SPATIAL[rank]}"
    return f"{SPATIAL[rank]} x channels"
