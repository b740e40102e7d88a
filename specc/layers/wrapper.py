"""Layers around a layer."""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, model_validator

from specc.kind import Of
from specc.layers.absent import AlwaysTrainable
from specc.layers.base import Layer, Weights, left_out
from specc.layers.normalization import expect_fractions
from specc.layers.states_base import Recurrence, References, expect_states
from specc.options import Positive, expected, mistake
from specc.tensor import ShapeError, Tensor


def _recurrent(value: Any) -> Any:
    if not isinstance(value, Recurrence):
        raise expected("a recurrent layer: `LSTM`, `GRU`, `SimpleRNN` or `RNN`")
    return value


def _recurrent_or_none(value: Any) -> Any:
    return None if value is None else _recurrent(value)


def _one_to_one(value: Any) -> Any:
    if not isinstance(value, Layer) or value.arity != (1, 1) or value.stands_inside:
        raise expected("a layer with one input")
    if value.whole_model:
        raise expected("a single layer: a whole model cannot stand in another layer")
    return value


_MATRICES = frozenset({"kernel_initializer", "embeddings_initializer", "depthwise_initializer"})


def _with_one_matrix(value: Any) -> Any:
    """A layer whose weights Keras calls `kernel` or `embeddings`."""
    options = set(type(value).model_fields) if isinstance(value, Layer) else set()
    several = "pointwise_initializer" in options or "recurrent_initializer" in options
    if not _MATRICES & options or several or value.arity != (1, 1) or value.stands_inside:
        raise expected("a layer with one kernel or `embeddings`, such as `Dense`")
    return value


class _Wrapper(Layer):
    layer: Annotated[Any, Of("layers")]
    trainable: AlwaysTrainable = True

    @model_validator(mode="after")
    def _called_alone(self) -> Self:
        """Nobody could give the inner layers their options of the call."""
        held = (getattr(self, option) for option in self.held())
        for inner in (layer for layer in held if isinstance(layer, Layer)):
            for option in sorted(inner.at_call):
                if getattr(inner, option) != type(inner).model_fields[option].default:
                    raise mistake("F017", f"cannot call the layer in it with `{option}`")
        return self

    def _infer_inner(self, x: Tensor) -> Tensor:
        """What the inner layer gives; an error blames the option that holds the layer."""
        try:
            inner: Tensor = self.layer.infer(x)
        except ShapeError as error:
            error.option, error.help = "layer", ""
            raise
        return inner


def _under(prefix: str, weights: Weights) -> dict[str, tuple[int, ...]]:
    return {f"{prefix}/{name}": shape for name, shape in weights.items()}


class Bidirectional(_Wrapper):
    """Reads a sequence forwards and backwards and merges what the two layers say."""

    later = left_out("weights")
    ranks = (2,)
    stricter = frozenset({"S208", "S231"})  # as in the layers inside
    learns = True
    recurrent = True
    at_call = frozenset({"initial_state"})
    tensors_at_call = ("initial_state",)

    layer: Annotated[Any, Of("layers"), AfterValidator(_recurrent)]
    merge_mode: Literal["concat", "sum", "mul", "ave"] | None = "concat"
    backward_layer: Annotated[Any, Of("layers"), AfterValidator(_recurrent_or_none)] = None
    initial_state: References = None

    @model_validator(mode="after")
    def _mirrored(self) -> Self:
        forward, backward = self.layer, self.backward_layer
        if forward.go_backwards == (backward is None or backward.go_backwards):
            raise mistake("F017", "needs `go_backwards` in its backward layer alone")
        for option in ("return_sequences", "return_state") if backward else ():
            if getattr(forward, option) != getattr(backward, option):
                raise mistake("F017", f"needs the same `{option}` in both of its layers")
        return self

    @property
    def _both(self) -> tuple[Recurrence, Recurrence]:
        return self.layer, self.backward_layer or self.layer

    def infer(self, x: Tensor, initial_state: tuple[Tensor, ...] = ()) -> Tensor:
        one = self._infer_inner(x)
        self._expect_alike(x)
        self._expect_states(x, initial_state)
        width = one.shape[-1]
        if self.merge_mode == "concat" and width is not None:
            width *= 2
        return Tensor((*one.shape[:-1], width), self.float_type)

    def more(self, x: Tensor, **_: Any) -> tuple[Tensor, ...]:
        again = (self.infer(x),) if self.merge_mode is None else ()
        states = self.layer.more(x)
        return (*again, *(Tensor(state.shape, self.float_type) for state in (*states, *states)))

    def _expect_alike(self, x: Tensor) -> None:
        """ShapeError S208 unless what the two layers give can be merged."""
        forward, backward = (layer.one_step(x) for layer in self._both)
        whole = slice(None) if self.layer.return_state else slice(1)
        if forward[whole] != backward[whole]:
            message = "`Bidirectional` needs the same shapes from both of its layers"
            raise ShapeError("S208", message, option="backward_layer")

    def _expect_states(self, x: Tensor, given: tuple[Tensor, ...]) -> None:
        """The first half of the states is for the forward layer, the others for the other one."""
        forward, backward = (layer.one_step(x)[1] for layer in self._both)
        expect_states("Bidirectional", (*forward, *backward), given)

    def masked(self, *inputs: bool) -> bool:
        masked: bool = self.layer.masked(*inputs)
        return masked

    def weights(self, x: Tensor) -> Weights:
        forward, backward = self._both
        return _under("forward", forward.weights(x)) | _under("backward", backward.weights(x))

    def trained(self, x: Tensor) -> int:
        return sum(layer.trained(x) for layer in self._both)

    def macs(self, x: Tensor) -> int | None:
        forward, backward = (layer.macs(x) for layer in self._both)
        return None if forward is None or backward is None else forward + backward


class TimeDistributed(_Wrapper):
    """Applies one layer to each step of a sequence."""

    ranks = (2, 3, 4)
    stricter = frozenset({"S201"})  # Keras skips the check of what goes into the inner layer
    learns = True

    layer: Annotated[Any, Of("layers"), AfterValidator(_one_to_one)]

    def infer(self, x: Tensor) -> Tensor:
        if x.rank < 2:
            message = f"`TimeDistributed` takes steps and at least one axis, got {x}"
            raise ShapeError("S201", message)
        inner = self._infer_inner(self._step(x))
        if self.layer.more(self._step(x)):
            message = "`TimeDistributed` needs a layer with one output"
            raise ShapeError("S231", message, option="layer")
        return Tensor((x.shape[0], *inner.shape), self.float_type)

    def _step(self, x: Tensor) -> Tensor:
        return Tensor(x.shape[1:], x.dtype)

    def weights(self, x: Tensor) -> Weights:
        return _under("layer", self.layer.weights(self._step(x)))

    def trained(self, x: Tensor) -> int:
        trained: int = self.layer.trained(self._step(x))
        return trained

    def macs(self, x: Tensor) -> int | None:
        steps, each = x.shape[0], self.layer.macs(self._step(x))
        return None if steps is None or each is None else steps * each


class SpectralNormalization(_Wrapper):
    """Keeps the spectral norm of a layer's kernel at 1 while the network trains."""

    stricter = frozenset({"S201", "S232"})  # what goes in is not looked at until the first batch
    learns = True
    supports_masking = False
    frozen_weights = frozenset({"vector_u"})

    layer: Annotated[Any, Of("layers"), AfterValidator(_with_one_matrix)]
    power_iterations: Positive = 1

    def infer(self, x: Tensor) -> Tensor:
        expect_fractions(x, "SpectralNormalization")
        return Tensor(self._infer_inner(x).shape, self.float_type)

    def weights(self, x: Tensor) -> Weights:
        inner = self.layer.weights(x)
        matrix = "kernel" if "kernel" in inner else "embeddings"
        own = {f"layer/{matrix}": inner[matrix], "vector_u": (1, inner[matrix][-1])}
        return own | _under("layer", inner)

    def trained(self, x: Tensor) -> int:
        trained: int = self.layer.trained(x)
        return trained

    def macs(self, x: Tensor) -> int | None:
        macs: int | None = self.layer.macs(x)
        return macs
