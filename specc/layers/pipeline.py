"""Several layers in a row that count as one."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator

from specc.axes import expect_known
from specc.kind import Of
from specc.layers.absent import NoDtype, NoRegularizer, NoTrainable
from specc.layers.augmentation import Augmentation
from specc.layers.base import Layer, Weights
from specc.layers.preprocessing import Rescaling
from specc.layers.resizing import CenterCrop, Resizing
from specc.options import expected, out_of_range
from specc.tensor import ShapeError, Tensor


def _layers(value: Any) -> Any:
    known = isinstance(value, list | tuple) and len(value) > 0
    if not known or not all(map(_prepares, value)):
        raise expected("a list of layers that change images, such as `RandomFlip`")
    if any(layer.activity_regularizer is not None for layer in value):
        raise out_of_range("layers without a penalty: they train nothing")
    if any(layer.dtype is not None for layer in value):  # Keras runs not all of them in each type
        raise out_of_range("layers without a `dtype` of their own")
    if any(len(set(getattr(layer, "value_range", (0, 1)))) == 1 for layer in value):
        raise out_of_range("layers whose `value_range` is not empty: Keras divides by it")
    return tuple(value)


def _prepares(value: Any) -> bool:
    return isinstance(value, Augmentation | Resizing | CenterCrop | Rescaling)


class Pipeline(Layer):
    """Applies layers one after the other; they change images and train nothing."""

    ranks = (3,)
    supports_masking = False
    stricter = frozenset({"S201", "S203", "S208", "S215", "S229"})  # as the layers inside

    layers: Annotated[Any, Of("layers", many=True), AfterValidator(_layers)]
    trainable: NoTrainable = True
    dtype: NoDtype = None
    activity_regularizer: NoRegularizer = None

    def infer(self, x: Tensor) -> Tensor:
        for size in x.shape:
            expect_known(size, "Pipeline", "size of every axis", x)
        *_, (_, out) = self._steps(x)
        return out

    def _steps(self, x: Tensor) -> Iterator[tuple[Weights, Tensor]]:
        """The weights and the output of each layer; an error blames the list of them."""
        for layer in self.layers:
            try:
                weights, out = layer.weights(x), layer.infer(x)
            except ShapeError as error:
                error.option, error.help = "layers", ""
                raise
            x = Tensor(out.shape, layer.float_type)  # Keras looks what it makes, not promises
            yield weights, x

    def weights(self, x: Tensor) -> Weights:
        every = [weights.items() for weights, _ in self._steps(x)]
        return {f"{i}/{name}": shape for i, each in enumerate(every) for name, shape in each}

    def trained(self, x: Tensor) -> int:
        return 0
