"""What a layer kind has to say about itself, and the words it says it with."""

from collections.abc import Mapping
from math import prod
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field

from specc.kind import Kind, Of, expected
from specc.tensor import ShapeError, Tensor, Window

Weights = Mapping[str, tuple[int, ...]]

Activation = (
    Literal[
        "celu", "elu", "exponential", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu",
        "hard_swish", "hard_tanh", "leaky_relu", "linear", "log_sigmoid", "log_softmax", "mish",
        "relu", "relu6", "selu", "sigmoid", "silu", "soft_shrink", "softmax", "softplus",
        "softsign", "sparse_plus", "sparse_sigmoid", "sparsemax", "squareplus", "swish", "tanh",
        "tanh_shrink", "threshold",
    ]
    | None
)  # fmt: skip
Initializer = Annotated[Any, Of("initializers")]
Regularizer = Annotated[Any, Of("regularizers")]
Constraint = Annotated[Any, Of("constraints")]
DataFormat = Literal["channels_first", "channels_last"] | None
Dtype = Literal[
    "float16", "bfloat16", "float32", "float64", "uint8", "int8", "int16", "int32", "int64",
    "bool", "string",
]  # fmt: skip


def _keras_name(text: str) -> str:
    """A name that Keras takes in every place: spaces and non-ASCII letters fail only in `fit`."""
    first_good = text[:1].isascii() and text[:1].isalpha()
    if not first_good or len(text) > 64 or not set(text) <= _NAME_LETTERS:
        raise expected("a name of ASCII letters, digits, `_`, `-` or `.` that starts with a letter")
    return text


_NAME_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")
Name = Annotated[str, AfterValidator(_keras_name)]


class Layer(Kind):
    """Base of every layer kind. One subclass is the whole definition of one kind.

    Shapes leave the batch axis out, in inputs, outputs and options alike.
    """

    family: ClassVar[str] = "layers"
    module: ClassVar[str] = "keras.layers"
    common: ClassVar[frozenset[str]] = frozenset({"name", "trainable", "dtype"})
    arity: ClassVar[tuple[int, int | None]] = (1, 1)
    takes_integers: ClassVar[bool] = False
    frozen_weights: ClassVar[frozenset[str]] = frozenset()  # weights that `fit` never trains

    name: Name | None = None
    trainable: bool = True
    dtype: Dtype | None = None

    def infer(self, *inputs: Tensor) -> Tensor:
        """The output for these inputs; raises ShapeError exactly when Keras refuses them."""
        raise NotImplementedError(type(self).__name__)

    def weights(self, *inputs: Tensor) -> Weights:
        """Name and shape of every weight that Keras will create, in Keras' order."""
        return {}

    def params(self, *inputs: Tensor) -> int:
        """Number of weights, trained or not."""
        return sum(prod(shape) for shape in self.weights(*inputs).values())

    def trained(self, *inputs: Tensor) -> int:
        """Number of weights that `fit` trains."""
        if not self.trainable:
            return 0
        shapes = self.weights(*inputs).items()
        return sum(prod(s) for name, s in shapes if name.split("/")[-1] not in self.frozen_weights)

    def macs(self, *inputs: Tensor) -> int | None:
        """Multiply-adds for one sample; None when an axis is unknown. No weights, no products."""
        return 0

    def windows(self, *inputs: Tensor) -> tuple[Window, ...]:
        """The windows that slide over the spatial axes, one per axis; none for most kinds."""
        return ()

    @property
    def float_type(self) -> str:
        """The type that the layer computes in: its own or Keras' default."""
        return self.dtype or "float32"


class Weighted(Layer):
    """A layer with a kernel and a bias."""

    common: ClassVar[frozenset[str]] = Layer.common | {"activity_regularizer"}

    activity_regularizer: Regularizer = None


def expect_rank(x: Tensor, rank: int, layer: str, axes: str) -> None:
    """ShapeError S201 unless `x` has `rank` axes; `axes` names them: `height x width x channels`."""
    if x.rank == rank:
        return
    raise ShapeError(
        "S201", f"`{layer}` takes {axes}, got {x}", label=f"expects {rank} axes, gets {x.rank}"
    )


def expect_known(size: int | None, layer: str, axis: str, x: Tensor) -> int:
    """The size of an axis that weights depend on; ShapeError S215 when it is unknown."""
    if size is None:
        raise ShapeError("S215", f"`{layer}` needs a known {axis}, got {x}")
    return size


def channels_axis(data_format: str | None) -> int:
    """Position of the channels in a shape without the batch axis."""
    return 0 if data_format == "channels_first" else -1


def split_channels(x: Tensor, data_format: str | None) -> tuple[tuple[int | None, ...], int | None]:
    """The spatial axes and the number of channels."""
    if data_format == "channels_first":
        return x.shape[1:], x.shape[0]
    return x.shape[:-1], x.shape[-1]


def join_channels(
    spatial: tuple[int | None, ...], channels: int | None, data_format: str | None
) -> tuple[int | None, ...]:
    """The shape of these spatial axes and channels."""
    return (channels, *spatial) if data_format == "channels_first" else (*spatial, channels)


Size = Annotated[int, Field(gt=0)]
