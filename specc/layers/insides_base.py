"""The layers inside a model that is one layer of another: their names, and which are frozen."""

from typing import Self

from pydantic import PrivateAttr

from specc.layers.application_table import Inner
from specc.layers.base import Layer
from specc.tensor import Tensor


class Insides(Layer):
    """Base of layers that are models, whose layers Keras keeps in a list."""

    _frozen: frozenset[int] = PrivateAttr(default=frozenset())
    _asked: frozenset[int] = PrivateAttr(default=frozenset())

    def inner(self, x: Tensor | None = None) -> tuple[Inner, ...]:
        """The layers inside in Keras' order, named as in the first build of a session."""
        raise NotImplementedError(type(self).__name__)

    def inner_layers(self) -> tuple[str, ...]:
        """The names of the layers inside."""
        return tuple(each.name for each in self.inner())

    def freezing(self, places: frozenset[int]) -> Self:
        """The same model, with the layers in these places of the list frozen.

        Its normalization is frozen as well, so that it keeps its statistics: Keras forgets that
        a model in a model was called with `training=False` when it trains the outer one.
        """
        twin = self.model_copy(update={"trainable": True})
        held = (place for place, each in enumerate(self.inner()) if each.fixed)
        twin._asked, twin._frozen = places, places | frozenset(held) if places else places
        return twin

    @property
    def frozen_inside(self) -> frozenset[int]:
        """The places in the list of layers that are frozen, where not all of them are."""
        return self._frozen

    @property
    def asked(self) -> frozenset[int]:
        """Those of them that are frozen whether they normalize or not."""
        return self._asked

    @property
    def wholly_trained(self) -> bool:
        return self.trainable and not self._frozen

    def trained(self, x: Tensor) -> int:
        """Number of weights that `fit` trains."""
        if not self.trainable:
            return 0
        places = enumerate(self.inner(x))
        return sum(each.trained for place, each in places if place not in self._frozen)
