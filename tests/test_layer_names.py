"""The names of layers and activations: those that Keras has, and those that it counts up."""

import inspect
from collections import Counter
from typing import get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracle import keras_names, ours
from strategies import inputs, layers
from test_layers import EXAMPLES, FUZZ, KINDS, keras_class, kind_of

from specc.layers.base import Function
from specc.layers.refused import REFUSED
from specc.naming import counted_as, layer_name
from specc.registry import find
from specc.tensor import ShapeError
from specc.unknown import unknown_kind

NO_WORDS = {"glu", "threshold"}  # one changes the shape, the other has no default arguments
# What Keras counts, but for inputs, which the tests make.
STEMS = frozenset(counted_as(kind_of(kind).model_construct()) for kind in KINDS) - {"input_layer"}


@pytest.mark.keras
@pytest.mark.parametrize(
    "name", [n for n in KINDS if n != "Input" and not kind_of(n).stands_inside]
)
def test_names_are_those_that_keras_counts(name: str) -> None:
    """Of a layer twice in a model, and of all that it makes for itself."""
    built = []

    @settings(FUZZ, max_examples=EXAMPLES // 6)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        layer = data.draw(layers(kind_of(name)))
        entries = data.draw(inputs(layer))
        assume(not isinstance(ours(layer, entries), ShapeError))
        made = keras_names(layer, entries, times=2)
        assume(made is not None)
        counts: Counter[str] = Counter()
        names = [layer_name(layer, counts) for _ in range(2)]
        counted = {stem: number for stem, number in made[1].items() if stem in STEMS}
        assert (made[0], counted) == (names, counts)
        built.append(names)

    check()
    assert built


@pytest.mark.keras
def test_every_activation_of_keras_is_known() -> None:
    import keras

    tools = {"deserialize", "get", "serialize"}
    known = {name for name in dir(keras.activations) if not name.startswith("_")}
    assert set(get_args(Function)) == known - tools - NO_WORDS


@pytest.mark.keras
def test_every_layer_of_keras_is_a_kind_or_refused_with_a_reason() -> None:
    import keras

    public = {name: value for name, value in vars(keras.layers).items() if inspect.isclass(value)}
    assert REFUSED.keys() <= public.keys()
    assert all(REFUSED.values())
    for name in sorted(public.keys() - REFUSED.keys()):
        target = keras_class(kind_of(meant(name)))
        assert public[name] in (target, keras.layers.InputLayer), name


def meant(name: str) -> str:
    """The kind of that name, or the one that the message about another name for it says."""
    if find("layers", name) is not None:
        return name
    (edit,) = unknown_kind("layers", name, ("model", 0), True).fix
    return edit.text
