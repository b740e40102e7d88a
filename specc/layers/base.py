"""What a layer kind has to say about itself, and the words it says it with."""

from collections.abc import Mapping
from math import prod
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, PlainValidator

from specc.kind import Kind, Of
from specc.options import Name, expected, out_of_range
from specc.tensor import Tensor, Window
from specc.values import Call

Weights = Mapping[str, tuple[int, ...]]

Function = Literal[
    "celu", "elu", "exponential", "gelu", "hard_shrink", "hard_sigmoid", "hard_silu",
    "hard_swish", "hard_tanh", "leaky_relu", "linear", "log_sigmoid", "log_softmax", "mish",
    "relu", "relu6", "selu", "sigmoid", "silu", "soft_shrink", "softmax", "softplus", "softsign",
    "sparse_plus", "sparse_sigmoid", "sparsemax", "squareplus", "swish", "tanh", "tanh_shrink",
]  # fmt: skip
Activation = Function | None
Regularizer = Annotated[Any, Of("regularizers")]
Constraint = Annotated[Any, Of("constraints")]
DataFormat = Literal["channels_first", "channels_last"] | None
Padding = Literal["valid", "same"]
FloatType = Literal[
    "float16", "bfloat16", "float32", "float64", "mixed_float16", "mixed_bfloat16"
]  # fmt: skip
Dtype = Literal[
    "float16", "bfloat16", "float32", "float64", "uint8", "int8", "int16", "int32", "int64",
    "bool", "string",
]  # fmt: skip


def _initializer(value: Any) -> Any:
    """Keras takes None for some weights, as `glorot_uniform`, and fails at it for others."""
    if value is None:
        raise expected("an initializer")
    return value


Initializer = Annotated[Any, Of("initializers"), AfterValidator(_initializer)]

_LORA = "LoRA adapts a layer that has been trained before"
_QUANTIZED = "quantization is for a model that has been trained before"
_REASONS = {
    "autocast": "an inner switch of mixed precision; `dtype` chooses the precision",
    "batch_shape": "`shape` and `batch_size` say the same",
    "bounding_box_format": "boxes are no data of a spec",
    "factor": "Keras' class takes it for its base class and refuses every value",
    "input_shape": "it is the shape of what comes in",
    "input_tensor": "a tensor is no data of a spec",
    "gptq_unpacked_column_size": _QUANTIZED,
    "lora_alpha": _LORA,
    "lora_rank": _LORA,
    "oov_method": "strings have one such method alone",
    "quantization_config": _QUANTIZED,
    "ragged": "rows of different lengths are nothing that another layer takes",
    "return_state": "the layer would have several outputs",
    "score_mode": "its scores are sums; `Attention` has the choice",
    "stateful": "states would pass from batch to batch, in whatever order these come",
    "tensor": "a tensor is no data of a spec",
    "vocabulary_dtype": "the class says so itself",
    "weights": "arrays are no data of a spec",
}


def left_out(*names: str) -> Mapping[str, str]:
    """Parameters of a Keras class that are no options of its kind, with the reason."""
    return {name: _REASONS[name] for name in ("autocast", *names)}


def _axes(value: Any) -> Any:
    if type(value) is int:
        return value
    what = "the number of an axis or a list of different ones"
    many = isinstance(value, list | tuple) and len(value) > 0
    if not many or any(type(axis) is not int for axis in value):
        raise expected(what)
    if len(set(value)) < len(value):
        raise out_of_range(what)
    return tuple(value)


Axes = Annotated[int | tuple[int, ...], PlainValidator(_axes)]


class Layer(Kind):
    """Base of every layer kind. One subclass is the whole definition of one kind.

    Shapes leave the batch axis out, in inputs, outputs and options alike; numbers of axes are
    Keras' own and count it. The methods take as many tensors as the layer has inputs: one, for
    most.
    """

    family: ClassVar[str] = "layers"
    module: ClassVar[str] = "keras.layers"
    common: ClassVar[frozenset[str]] = frozenset(
        {"name", "trainable", "dtype", "activity_regularizer"}
    )
    later: ClassVar[Mapping[str, str]] = left_out()
    arity: ClassVar[tuple[int, int | None]] = (1, 1)
    ranks: ClassVar[tuple[int, ...]] = (1, 2, 3, 4)  # usual numbers of axes of the input
    stricter: ClassVar[frozenset[str]] = frozenset()  # errors here that Keras lets through
    takes_integers: ClassVar[bool] = False
    takes_text: ClassVar[bool] = False  # strings, of which a model computes on the CPU
    keeps_range: ClassVar[bool] = False  # outputs lie where inputs do: activations still hold
    frozen_weights: ClassVar[frozenset[str]] = frozenset()  # weights that `fit` never trains
    learns: ClassVar[bool] = False  # what comes out is made of weights, not of the input alone
    multiplies: ClassVar[bool] = False  # by a kernel: linear but for its activation
    activates: ClassVar[bool] = False  # applies an activation function and does nothing else
    drops: ClassVar[bool] = False  # sets values to zero at random, in training only
    disturbs: ClassVar[bool] = False  # changes values at random, in training only
    augments: ClassVar[bool] = False  # changes images at random, in training only
    in_data_only: ClassVar[str] = ""  # why it can work on data and not as a layer of the model
    normalizes: ClassVar[bool] = False  # brings values to one scale
    moves: ClassVar[bool] = False  # puts the same values in other places: Reshape, Permute
    merges: ClassVar[bool] = False  # makes one tensor of several
    scatters: ClassVar[bool] = False  # adds up gradients row by row, in the order threads come by
    looks_up: ClassVar[bool] = False  # takes its input as keys, not as quantities
    supports_masking: ClassVar[bool] = True  # Keras' own flag; without it a mask is destroyed
    separate: ClassVar[bool] = False  # called as `layer(a, b)` and not as `layer([a, b])`
    stands_inside: ClassVar[bool] = False  # stands in another layer only: the cell of an RNN
    at_call: ClassVar[frozenset[str]] = frozenset()  # options of the call, not of the class
    tensors_at_call: ClassVar[tuple[str, ...]] = ()  # those of them that name other layers
    convolves: ClassVar[bool] = False  # multiplies window by window
    class_name: ClassVar[str] = ""  # the one that Keras counts by, where it is not the public one
    parts_inside: ClassVar[tuple[str, ...]] = ()  # classes of layers inside that Keras counts, too
    whole_model: ClassVar[bool] = False  # a model of its own, which is made before it is used
    recurrent: ClassVar[bool] = False  # reads step by step; its activation is inside
    finds_patterns: ClassVar[bool] = False  # in pictures or sequences, which takes many rows

    name: Name | None = None
    trainable: bool = True
    dtype: FloatType | None = None
    activity_regularizer: Regularizer = None

    def infer(self, *inputs: Any, **_: Any) -> Tensor:
        """The output for these inputs; raises ShapeError exactly when Keras refuses them."""
        raise NotImplementedError(type(self).__name__)

    def more(self, *inputs: Any, **_: Any) -> tuple[Tensor, ...]:
        """The outputs behind the first one, which `infer` gives: states, attention scores."""
        return ()

    def masked(self, *inputs: bool) -> bool:
        """Whether the first output carries a mask, given which of the inputs do."""
        return self.supports_masking and any(inputs)

    def weights(self, *inputs: Any, **_: Any) -> Weights:
        """Name and shape of every weight that Keras will create, in Keras' order."""
        return {}

    def params(self, *inputs: Any, **_: Any) -> int:
        """Number of weights, trained or not."""
        return sum(prod(shape) for shape in self.weights(*inputs).values())

    def trained(self, *inputs: Any, **_: Any) -> int:
        """Number of weights that `fit` trains."""
        if not self.trainable:
            return 0
        shapes = self.weights(*inputs).items()
        return sum(prod(shape) for name, shape in shapes if name not in self.frozen_weights)

    def macs(self, *inputs: Any, **_: Any) -> int | None:
        """Multiply-adds of weights and inputs for one sample; None when an axis is unknown."""
        return 0

    def windows(self, *inputs: Any, **_: Any) -> tuple[Window, ...]:
        """The windows that slide over the spatial axes, one per axis; none for most kinds."""
        return ()

    def named_inside(self) -> tuple[str, ...]:
        """Classes of what Keras makes, and counts, besides the layer."""
        return self.parts_inside

    def used_up(self) -> frozenset[str]:
        """What the names start with that Keras gives to layers of a whole model."""
        return frozenset()

    @property
    def unlearned(self) -> bool:
        """Whether `adapt` has to teach it from the data before it can work."""
        return False

    def constructor(self, *inputs: Tensor) -> Call:
        """The call that makes the layer for these inputs."""
        return self.call()

    def preprocessing(self) -> str | None:
        """The function that a whole model has for its input; None where there is none."""
        return None

    @property
    def float_type(self) -> str:
        """The type that the layer computes in: its own or Keras' default."""
        return (self.dtype or "float32").removeprefix("mixed_")

    def moved(self, x: Tensor) -> str:
        """The type of a layer that only moves values: integers and strings stay what they are."""
        return self.float_type if "float" in x.dtype else x.dtype


class Elementwise(Layer):
    """A layer that leaves the shape as it is."""

    def infer(self, x: Tensor) -> Tensor:
        return Tensor(x.shape, self.float_type)
