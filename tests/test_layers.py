"""Every layer kind against the Keras class of its name; a new kind is tested without a change."""

import inspect
import os
import random
from importlib import import_module
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracle import evaluate, keras_builds, keras_masks, keras_runs, ours
from pydantic import ValidationError
from strategies import LAYERS, inputs, layers, wanted

from specc.kind import as_value
from specc.layers.base import Layer
from specc.registry import find, index
from specc.tensor import ShapeError, Tensor

KINDS = LAYERS
EXAMPLES = int(os.environ.get("SPECC_EXAMPLES", "60"))
FUZZ = settings(max_examples=EXAMPLES)
# Parameters that a Keras class passes to its base class itself.
FIXED = {"rank", "pool_dimensions", "pool_mode", "cell"}


def kind_of(name: str) -> type[Layer]:
    kind = find("layers", name)
    assert kind is not None and issubclass(kind, Layer)
    return kind


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_documented_and_found(name: str) -> None:
    kind = kind_of(name)
    assert kind.__doc__ and "\n\n" not in kind.__doc__.strip()
    assert index()["layers"][name].module == kind.__module__


@pytest.mark.keras
@pytest.mark.parametrize("name", KINDS)
def test_options_are_the_parameters_of_keras(name: str) -> None:
    kind, known = kind_of(name), parameters(kind_of(name))
    options = set(kind.model_fields)
    assert [n for n in known if n in kind.options()] == [
        n for n in kind.options() if n not in kind.at_call
    ]
    assert known.keys() - options - FIXED == kind.later.keys() & known.keys()
    for option in options - known.keys() - kind.at_call:
        assert faults(kind, {option: False}, option), option


@pytest.mark.keras
@pytest.mark.parametrize("name", KINDS)
def test_options_of_the_call_are_those_of_keras(name: str) -> None:
    kind = kind_of(name)
    known = inspect.signature(keras_class(kind).call).parameters if kind.at_call else {}
    for option in kind.at_call:
        assert kind.model_fields[option].default == known[option].default, option


@pytest.mark.keras
@pytest.mark.parametrize("name", KINDS)
def test_defaults_are_those_of_keras(name: str) -> None:
    kind, known = kind_of(name), parameters(kind_of(name))
    for option in kind.model_fields.keys() & known.keys():
        info, theirs = kind.model_fields[option], known[option].default
        if info.is_required() and theirs is None:
            with pytest.raises(ValueError, match=option):
                keras_class(kind)()
        elif info.is_required():
            assert theirs is inspect.Parameter.empty, option
        else:
            assert (info.default, type(info.default)) == (theirs, type(theirs)), option


@pytest.mark.keras
@pytest.mark.parametrize("name", KINDS)
def test_a_kind_infers_what_keras_builds(name: str) -> None:
    @FUZZ
    @given(st.data())
    def check(data: st.DataObject) -> None:
        layer = data.draw(layers(kind_of(name)))
        entries = data.draw(inputs(layer))
        named = data.draw(wanted(layer, entries))
        inferred, built = ours(layer, entries, named), keras_builds(layer, entries, named)
        if isinstance(inferred, ShapeError) and not isinstance(built, Exception):
            lets_through = inferred.code in layer.stricter
            runs = lets_through or keras_runs(layer, entries, built.outputs, named)
            assert lets_through or not runs, inferred
        elif not isinstance(inferred, ShapeError):
            assert inferred == built

    check()


@pytest.mark.keras
@pytest.mark.parametrize(
    "name", [n for n in KINDS if n != "Input" and not kind_of(n).stands_inside]
)
def test_masks_go_as_far_as_in_keras(name: str) -> None:
    built = []

    @settings(FUZZ, max_examples=EXAMPLES // 2)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        layer = data.draw(layers(kind_of(name)))
        entries = data.draw(inputs(layer))
        assume(not isinstance(ours(layer, entries), ShapeError))
        some = tuple(x.rank > 0 and data.draw(st.integers(0, 3)) > 0 for x in entries)
        none = (False,) * len(entries)
        usual = layer.model_copy(update=at_defaults(layer))
        for flags in {some, none}:
            built.append(found := keras_masks(layer, entries, flags))
            supports = layer.supports_masking or usual.masked(*none)
            assert found in (None, (supports, layer.masked(*flags)))

    check()
    assert any(built)


def at_defaults(layer: Layer) -> dict[str, Any]:
    """The options of the call, of which what the class says of itself knows nothing."""
    fields = type(layer).model_fields
    return {option: fields[option].default for option in layer.at_call}


@pytest.mark.keras
@pytest.mark.filterwarnings("ignore:.*power of two:UserWarning")
@pytest.mark.parametrize("name", [name for name in KINDS if name != "Input"])
def test_no_option_is_lost_on_the_way_to_keras(name: str) -> None:
    """The call, which leaves out what is at its default, makes the same as one that says all."""
    target, known = keras_class(kind_of(name)), parameters(kind_of(name))
    common = kind_of(name).common

    @FUZZ
    @given(layers(kind_of(name)))
    def check(layer: Layer) -> None:
        given = {n: getattr(layer, n) for n in kind_of(name).model_fields}
        options = {n: as_value(v) for n, v in given.items() if v is not None or n not in common}
        drawn = random.getstate()  # from which Keras takes seeds that are not given
        try:
            full = target(**{n: evaluate(value) for n, value in options.items() if n in known})
        except ValueError:
            return
        random.setstate(drawn)
        short = evaluate(layer.call())
        assert without_names(short.get_config()) == without_names(full.get_config())

    check()


EDGES = (
    -1,
    0,
    1,
    2,
    7,
    -0.5,
    0.0,
    0.5,
    1.0,
    1.5,
    (),
    (0,),
    (-1,),
    (0, 0),
    (1, 1),
    ((0, -1), (0, 0)),
)
CLAMPED = {"dropout", "recurrent_dropout"}  # Keras takes any rate here and moves it into 0..1
# Images of no pixels are images to Keras, and an output of no size is one that is not given.
EMPTY = {"height", "width", "output_shape"}


@pytest.mark.keras
@pytest.mark.parametrize("name", [name for name in KINDS if name != "Input"])
def test_a_refused_number_is_refused_by_keras(name: str) -> None:
    kind = kind_of(name)
    needed = required(kind)
    for option in kind.options():
        for edge in EDGES:
            if out_of_range(kind, needed | {option: edge}):
                length = len(edge) if name == "Permute" and isinstance(edge, tuple) else 0
                entry = Tensor((4,) * (length or kind.ranks[0]))
                layer = kind.model_construct(**(needed | {option: edge}))
                assert option in CLAMPED | EMPTY or not works(layer, entry), f"{option}: {edge}"


def required(kind: type[Layer]) -> dict[str, Any]:
    """Some value for each required option, the first of these that it takes."""
    inner = [kind_of(name).model_validate({"units": 1}) for name in ("LSTM", "Dense", "GRUCell")]
    found: dict[str, Any] = {}
    for name, info in kind.model_fields.items():
        known = (*(info.examples or ()), 2, 0.5, "relu", (1, 2), *inner, inner)
        values = known if info.is_required() else ()
        found |= next(({name: v} for v in values if not faults(kind, found | {name: v}, name)), {})
    return found


def faults(kind: type[Layer], given: dict[str, Any], option: str) -> list[str]:
    """The types of pydantic's errors at an option."""
    try:
        kind.model_validate(given)
    except ValidationError as error:
        return [f["type"] for f in error.errors(include_url=False) if f["loc"][:1] == (option,)]
    return []


def out_of_range(kind: type[Layer], given: dict[str, Any]) -> bool:
    """Whether the last option has a value of the right form that the kind cannot take."""
    types = set(faults(kind, given, list(given)[-1]))
    return bool(types) and types <= {
        "range",
        "greater_than",
        "greater_than_equal",
        "less_than_equal",
    }


def works(layer: Layer, entry: Tensor) -> bool:
    entries = (entry,) * layer.arity[0]
    built = keras_builds(layer, entries)
    return not isinstance(built, Exception) and keras_runs(layer, entries, built.outputs)


def without_names(config: Any) -> Any:
    """A configuration without the names that Keras counts up."""
    match config:
        case dict():
            return {key: without_names(value) for key, value in config.items() if key != "name"}
        case list() | tuple():
            return [without_names(item) for item in config]
        case _:
            return config


def keras_class(kind: type[Layer]) -> Any:
    return getattr(import_module(kind.module), kind.__name__)


def parameters(kind: type[Layer]) -> dict[str, inspect.Parameter]:
    """Parameters of the Keras class, then those that it passes on to its base classes."""
    target = keras_class(kind)
    if not inspect.isclass(target):
        return dict(inspect.signature(target).parameters)
    found: dict[str, inspect.Parameter] = {}
    for base in target.__mro__:
        if "__init__" not in vars(base):
            continue
        known = dict(list(inspect.signature(vars(base)["__init__"]).parameters.items())[1:])
        rest = [p.name for p in known.values() if p.kind is p.VAR_KEYWORD]
        found = found | {n: p for n, p in known.items() if n not in rest and n not in found}
        if not rest or base.__name__ == "Layer":
            break
    return found
