"""Random options and inputs of layer kinds, drawn from what the kinds declare."""

from functools import cache
from math import inf
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import assume
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from specc.kind import Kind
from specc.layers.base import Layer
from specc.registry import find, names
from specc.tensor import ShapeError, Tensor

WHOLE = (1, 2, 3, 4, 6, -1, 0, 5)
BROKEN = (0.0, 0.5, 1.0, 0.25, 2.0, 1.5)
SIZES = (4, 1, 6, 3, 8, 2, 5, 1, 12)
TEXTS = ("[UNK]", "c", "a", "b", "")
TYPES = ("float32", "float32", "int32", "float16", "uint8", "int64", "bool", "string")


def _of_keras_layers(name: str) -> bool:
    kind = find("layers", name)
    return kind is not None and kind.module != "keras.applications"


# All but the pretrained models, which take long to build and have tests of their own.
LAYERS = tuple(name for name in names("layers") if _of_keras_layers(name))


@st.composite
def layers(draw: st.DrawFn, kind: type[Layer], depth: int = 1) -> Layer:
    """A layer with some of its options drawn; those that the kind refuses are drawn again."""
    given = {}
    often = draw(st.sampled_from((2, 5)))
    for name, info in kind.model_fields.items():
        if name in kind.tensors_at_call:
            given |= {name: draw(_references())} if depth == 1 else {}
        elif info.is_required() or (name != "name" and draw(st.integers(1, often)) == 1):
            given[name] = draw(_option(kind, name, info, depth))
    try:
        return kind(**given)
    except ValidationError:
        assume(False)
        raise


@st.composite
def inputs(draw: st.DrawFn, layer: Layer) -> tuple[Tensor, ...]:
    """As many tensors as the layer takes, most of them of a usual rank for it.

    Of several tensors, the others are mostly like the first, or differ in one size.
    """
    least, most = layer.arity
    number = draw(st.integers(least, least + 2 if most is None else most))
    first = [draw(_tensor(layer)) for _ in range(min(number, 1))]
    return (*first, *(draw(_alike(layer, first[0])) for _ in range(number - 1)))


@st.composite
def wanted(
    draw: st.DrawFn, layer: Layer, inputs: tuple[Tensor, ...]
) -> dict[str, tuple[Tensor, ...]]:
    """The tensors that the layer is called with by name, most of them like what it gives."""
    given = {option: getattr(layer, option) for option in layer.tensors_at_call}
    try:
        outputs = (layer.infer(*inputs), *layer.more(*inputs))
    except ShapeError:
        outputs = inputs
    steps = [Tensor(x.shape[cut:], x.dtype) for x in outputs for cut in (0, 1) if x.rank > cut]
    like = st.sampled_from(steps).filter(lambda x: x.dtype != "string")
    each = st.integers(0, 7).flatmap(lambda odd: like if odd else _tensor(layer))
    found = {option: names for option, names in given.items() if names is not None}
    return {option: tuple(draw(each) for _ in names) for option, names in found.items()}


def _references() -> st.SearchStrategy[tuple[str, ...] | None]:
    names = st.sampled_from((1, 2, 2, 3, 4)).map(lambda number: ("other",) * number)
    return st.none() | names


@st.composite
def _alike(draw: st.DrawFn, layer: Layer, first: Tensor) -> Tensor:
    """A tensor to go with another one into a layer."""
    if draw(st.integers(0, 7)) == 0:
        return draw(_tensor(layer))
    shape = list(first.shape)
    if shape and draw(st.booleans()):
        shape[draw(st.integers(0, len(shape) - 1))] = draw(st.sampled_from((1, 3, 4, None)))
    dtype = draw(st.sampled_from((first.dtype, first.dtype, first.dtype, "float32", "int32")))
    return Tensor(tuple(shape), dtype)


@st.composite
def _tensor(draw: st.DrawFn, layer: Layer) -> Tensor:
    usual = draw(st.integers(0, 5)) > 0
    rank = draw(st.sampled_from(layer.ranks if usual else (1, 2, 3, 4)))
    size = st.sampled_from((*SIZES, None) if draw(st.integers(0, 3)) == 0 else SIZES)
    shape = draw(st.tuples(*[size] * rank))
    return Tensor(shape, draw(st.sampled_from(TYPES)))


def _option(kind: type[Layer], name: str, info: FieldInfo, depth: int) -> st.SearchStrategy[Any]:
    held = kind.held().get(name)
    if held is not None:
        inner = held.family == "layers"
        found = _inner(kind, name, depth) if inner else _object(held.family)
        many = st.lists(found, min_size=1, max_size=3).map(tuple)
        found = many if held.many else found | many if held.or_many else found
        return found if info.is_required() else st.none() | found
    if info.examples:  # of what no random text would hit
        return st.sampled_from(info.examples)
    return _value(info.annotation, tuple(info.metadata))


def _value(kind: Any, marks: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    """Values of a type as pydantic fields write it; too wide where a validator says more."""
    arms = get_args(kind)
    match get_origin(kind):
        case _ if kind is bool:
            return st.booleans()
        case _ if kind is str:
            return st.sampled_from(TEXTS)
        case _ if kind in (int, float):
            return _number(WHOLE if kind is int else BROKEN, marks)
        case _ if kind is NoneType:
            return st.none()
        case _ if get_origin(kind) is Annotated:
            return _value(arms[0], arms[1:])
        case _ if get_origin(kind) is Literal:
            return st.sampled_from(arms)
        case _ if get_origin(kind) in (Union, UnionType):
            return st.one_of([_value(arm, marks) for arm in arms])
        case _ if get_origin(kind) is dict:
            return st.dictionaries(_value(arms[0]), _value(arms[1]), max_size=3)
        case _ if arms[-1] is Ellipsis:
            return _list(_value(arms[0]))
        case _:
            return st.tuples(*[_value(arm) for arm in arms])


def _number(candidates: tuple[Any, ...], marks: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    low = max([getattr(mark, "ge", -inf) for mark in marks] + [-inf])
    above = max([getattr(mark, "gt", -inf) for mark in marks] + [-inf])
    high = min([getattr(mark, "le", inf) for mark in marks] + [inf])
    return st.sampled_from([n for n in candidates if low <= n <= high and n > above])


def _list(item: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Any list, the numbers of axes in some order, or sizes with one to be worked out."""
    items = st.lists(item, min_size=1, max_size=3)
    axes = st.integers(1, 3).flatmap(lambda last: st.permutations(range(1, last + 1)))
    rest = st.lists(st.integers(2, 7), max_size=2).map(lambda sizes: [*sizes, -1])
    return st.one_of(items, axes, rest).map(tuple)


@st.composite
def _object(draw: st.DrawFn, family: str) -> Kind:
    """An object of another family; of initializers, those that take weights of any shape."""
    known = [name for name in names(family) if name not in ("Identity", "Orthogonal", "STFT")]
    kind = find(family, draw(st.sampled_from(known)))
    assert kind is not None
    required = {n: i for n, i in kind.model_fields.items() if i.is_required()}
    return kind(**{n: draw(_value(i.annotation, tuple(i.metadata))) for n, i in required.items()})


@st.composite
def _inner(draw: st.DrawFn, kind: type[Layer], option: str, depth: int) -> Layer:
    chosen = find("layers", draw(st.sampled_from(_accepted(kind, option, depth))))
    assert chosen is not None and issubclass(chosen, Layer)
    return draw(layers(chosen, depth - 1))


@cache
def _accepted(kind: type[Layer], option: str, depth: int) -> tuple[str, ...]:
    """The layers that an option takes; no wrapper in a wrapper in a wrapper."""
    found = []
    for name in LAYERS:
        inner = find("layers", name)
        assert inner is not None
        wraps = any(held.family == "layers" for held in inner.held().values())
        if not (wraps and depth < 1) and _takes(kind, option, inner.model_construct()):
            found.append(name)
    return tuple(found)


def _takes(kind: type[Layer], option: str, inner: Kind) -> bool:
    try:
        kind.model_validate({option: [inner] if kind.held()[option].many else inner})
    except ValidationError as error:
        return all(fault["loc"] != (option,) for fault in error.errors(include_url=False))
    return True
