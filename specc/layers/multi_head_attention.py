"""Attention with weights: steps are projected, compared and mixed, in several ways at once."""

from collections.abc import Mapping
from math import prod
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import PlainValidator, model_validator

from specc.axes import expect_known
from specc.layers.absent import AlwaysTrainable
from specc.layers.base import Constraint, Initializer, Layer, Regularizer, Weights, left_out
from specc.options import Fraction, Positive, expected, mistake, out_of_range
from specc.tensor import Dim, Shape, ShapeError, Tensor


def _output(value: Any) -> int | tuple[int, ...] | None:
    if value is None:
        return None
    many = isinstance(value, list | tuple) and len(value) > 0
    sizes = tuple(value) if many else (value,)
    if any(type(size) is not int for size in sizes):
        raise expected("a positive integer or a list of them")
    if min(sizes) < 1:
        raise out_of_range("a positive integer or a list of them")
    return sizes if many else value


def _axes(value: Any) -> int | tuple[int, ...] | None:
    many = isinstance(value, list | tuple) and len(value) > 0
    axes = tuple(value) if many else (value,)
    if value is not None and (any(type(a) is not int for a in axes) or len({*axes}) < len(axes)):
        raise expected("the number of an axis or a list of different ones")
    return axes if many else value


class _Heads(Layer):
    """Attention with weights: query, value and key are projected onto heads, and back."""

    arity = (2, 3)
    ranks = (2,)
    separate = True
    learns = True
    finds_patterns = True
    at_call: ClassVar[frozenset[str]] = frozenset({"use_causal_mask", "return_attention_scores"})
    parts_inside = ("Softmax", "Dropout")
    # Keras finds out only when it runs that two inputs do not go together.
    stricter: ClassVar[frozenset[str]] = frozenset({"S208"})

    trainable: AlwaysTrainable = True

    def _sizes(self, x: Tensor, *others: Tensor) -> tuple[int, int, int]:
        """The features of query, value and key, which the weights depend on."""
        value, key = others[0], others[-1]
        name = type(self).__name__
        q, v, k = (
            expect_known(each.shape[-1] if each.shape else None, name, "number of features", each)
            for each in (x, value, key)
        )
        return q, v, k

    def _expect_same_steps(self, inputs: tuple[Tensor, ...]) -> None:
        value, key = inputs[1], inputs[-1]
        if value.shape[:-1] != key.shape[:-1]:
            message = f"the key is {key}, and its value {value}"
            help = "value and key have the same steps: there is a value for each key"
            raise ShapeError("S208", message, help=help, inputs=(len(inputs) - 1, 1))

    def _expect_ranks(self, inputs: tuple[Tensor, ...], least: int, axes: str) -> None:
        name = type(self).__name__
        for place, each in enumerate(inputs):
            if each.rank < least:
                message = f"`{name}` takes {axes}, got {each}"
                raise ShapeError("S201", message, inputs=(place, 0))
            if each.rank != inputs[0].rank:
                message = f"`{name}` cannot look from {inputs[0]} at {each}"
                raise ShapeError("S208", message, inputs=(0, place))

    def masked(self, *inputs: bool) -> bool:
        return inputs[0]


class MultiHeadAttention(_Heads):
    """Each step of the query looks at all steps of the value, in several ways at once."""

    num_heads: Positive
    key_dim: Positive
    value_dim: Positive | None = None
    dropout: Fraction = 0.0
    use_bias: bool = True
    output_shape: Annotated[int | tuple[int, ...] | None, PlainValidator(_output)] = None
    attention_axes: Annotated[int | tuple[int, ...] | None, PlainValidator(_axes)] = None
    sliding_window: Positive | None = None
    flash_attention: Literal[False] | None = None  # true: not with TensorFlow
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None
    use_gate: bool = False
    seed: int | None = None
    use_causal_mask: bool = False
    return_attention_scores: bool = False

    @property
    def _out(self) -> tuple[int, ...] | None:
        out = self.output_shape
        return (out,) if isinstance(out, int) else out

    def infer(self, *inputs: Tensor) -> Tensor:
        self._expect_ranks(inputs, 2, "steps x features")
        self._expect_same_steps(inputs)
        self._sizes(*inputs)
        self._expect_axes(inputs)
        query = inputs[0]
        return Tensor((*query.shape[:-1], *(self._out or query.shape[-1:])), self.float_type)

    def _expect_axes(self, inputs: tuple[Tensor, ...]) -> None:
        """Axes that are not attended over have the same sizes in all inputs."""
        query, value = inputs[0], inputs[1]
        last = query.rank
        if self.attention_axes is None:
            return
        given = self.attention_axes
        axes = (given,) if isinstance(given, int) else given
        places = {axis if axis >= 0 else last + 1 + axis for axis in axes}
        if not all(0 < place < last for place in places):
            message = f"`attention_axes` of {show(axes)} are no steps of {query}"
            label = f"steps are the axes 1 to {last - 1}; 0 is the batch"
            raise ShapeError("S201", message, option="attention_axes", label=label)
        rest = [place - 1 for place in range(1, last) if place not in places]
        if any(apart(query.shape[place], value.shape[place]) for place in rest):
            message = f"`MultiHeadAttention` cannot look from {query} at {value}"
            help = "the axes that are not in `attention_axes` have the same sizes"
            raise ShapeError("S208", message, option="attention_axes", help=help, inputs=(0, 1))

    def more(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        if not self.return_attention_scores:
            return ()
        steps = inputs[0].shape[0]  # Keras promises this for the steps of the value, too
        return (Tensor((self.num_heads, steps, steps), self.float_type),)

    def weights(self, *inputs: Tensor) -> Weights:
        query, value, key = self._sizes(*inputs)
        depth = self.value_dim or self.key_dim
        out = self._out or (query,)
        shapes = {
            "query": ((query, self.num_heads, self.key_dim), 1),
            "key": ((key, self.num_heads, self.key_dim), 1),
            **({"gate": ((query, self.num_heads, depth), 1)} if self.use_gate else {}),
            "value": ((value, self.num_heads, depth), 1),
            "attention_output": ((self.num_heads, depth, *out), 2),
        }
        return projections(shapes, self.use_bias)

    def macs(self, *inputs: Tensor) -> int | None:
        kernels = self.weights(*inputs)
        depth = self.num_heads * (self.key_dim + (self.value_dim or self.key_dim))
        return attended(inputs, kernels, depth)


class GroupQueryAttention(_Heads):
    """Attention in which several heads of the query share a head of key and value."""

    class_name = "GroupedQueryAttention"
    later = left_out()

    head_dim: Positive
    num_query_heads: Positive
    num_key_value_heads: Positive
    dropout: Fraction = 0.0
    use_bias: bool = True
    sliding_window: Positive | None = None
    flash_attention: Literal[False] | None = None  # true: not with TensorFlow
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None
    use_gate: bool = False
    seed: int | None = None
    use_causal_mask: bool = False
    return_attention_scores: bool = False

    @model_validator(mode="after")
    def _shared_out(self) -> Self:
        if self.num_query_heads % self.num_key_value_heads:
            said = f"cannot share {self.num_query_heads} heads of the query among "
            said += f"{self.num_key_value_heads} of key and value"
            raise mistake("S214", said, "let `num_key_value_heads` divide `num_query_heads`")
        return self

    def infer(self, *inputs: Tensor) -> Tensor:
        for place, each in enumerate(inputs):
            if each.rank != 2:
                message = f"`GroupQueryAttention` takes steps x features, got {each}"
                raise ShapeError("S201", message, inputs=(place, 0))
        query, value = inputs[0], inputs[1]
        if query.shape[-1] != value.shape[-1]:
            message = f"the query has {query.shape[-1]} features, and the value {value.shape[-1]}"
            raise ShapeError("S208", message, inputs=(0, 1))
        self._expect_same_steps(inputs)
        self._sizes(*inputs)
        return Tensor(query.shape, self.float_type)

    def more(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        if not self.return_attention_scores:
            return ()
        steps = (inputs[0].shape[0], inputs[-1].shape[0])
        return (Tensor((self.num_query_heads, *steps), self.float_type),)

    def weights(self, *inputs: Tensor) -> Weights:
        query, value, key = self._sizes(*inputs)
        mine, theirs, depth = self.num_query_heads, self.num_key_value_heads, self.head_dim
        shapes = {
            "query": ((query, mine, depth), 1),
            "key": ((key, theirs, depth), 1),
            **({"gate": ((query, mine, depth), 1)} if self.use_gate else {}),
            "value": ((value, theirs, depth), 1),
            "attention_output": ((mine, depth, query), 2),
        }
        return projections(shapes, self.use_bias)

    def macs(self, *inputs: Tensor) -> int | None:
        return attended(inputs, self.weights(*inputs), 2 * self.num_query_heads * self.head_dim)


def projections(kernels: Mapping[str, tuple[tuple[int, ...], int]], use_bias: bool) -> Weights:
    """Kernels, each with the number of axes that it sums over, and their biases."""
    found: dict[str, tuple[int, ...]] = {}
    for name, (shape, summed) in kernels.items():
        found[f"{name}/kernel"] = shape
        found |= {f"{name}/bias": shape[summed:]} if use_bias else {}
    return found


def attended(inputs: tuple[Tensor, ...], weights: Weights, depth: int) -> int | None:
    """Multiply-adds of the projections, and of every step with every other."""
    query, value = _steps(inputs[0].shape), _steps(inputs[1].shape)
    if query is None or value is None:
        return None
    times = {"key": value, "value": value}
    kernels = (item for item in weights.items() if item[0].endswith("kernel"))
    projected = sum(prod(s) * times.get(n.partition("/")[0], query) for n, s in kernels)
    return projected + query * value * depth


def _steps(shape: Shape) -> int | None:
    sizes = [size for size in shape[:-1] if size is not None]
    return prod(sizes) if len(sizes) == len(shape) - 1 else None


def apart(a: Dim, b: Dim) -> bool:
    return a is not None and b is not None and a != b


def show(axes: tuple[int, ...]) -> str:
    """`1` or `[1, 2]`."""
    return str(axes[0]) if len(axes) == 1 else str(list(axes))
