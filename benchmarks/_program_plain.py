"""A Keras program in neutral JSON, with names and activations that any tool can read."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from _program import Json, kind_of, layers_of, listed, section

from specc.layers.base import Function
from specc.registry import find

REFERENCES = ("id", "shared", "initial_state")
ACTIVATIONS = {"".join(filter(str.isalnum, word)): word for word in get_args(Function)}


def plain(program: Json) -> Json:
    """The program with activations by Keras' words, and numbers for the names of its layers."""
    layers = [part for each in layers_of(program) for part in _activated(each)]
    named = [each.get("id") for each in layers]
    names = {str(name): f"n{i}" for i, name in enumerate(named) if name is not None}
    names |= {str(each["id"]): _fixed(each) for each in layers if "id" in each and _fixed(each)}
    compiled = section(program, "compile")
    by_output = {key: _in_order(compiled[key]) for key in ("loss", "metrics") if key in compiled}
    renamed = [_renamed(each, names) for each in layers]
    return {**program, "layers": renamed, "compile": {**compiled, **by_output}}


def _in_order(value: Any) -> Any:
    """What is said of each output by its name, as a list."""
    by_name = isinstance(value, Mapping) and "name" not in value
    return list(value.values()) if by_name else value


def _fixed(layer: Json) -> str:
    """The name that a base keeps in Keras, since it finds its parts by it; mostly none."""
    kind = find("layers", kind_of(layer))
    fixed = getattr(kind, "renames", "always") != "always"
    return str(kind.model_fields["name"].default) if kind is not None and fixed else ""


def _renamed(layer: Json, names: Mapping[str, str]) -> Json:
    given = {key: names.get(str(layer[key])) for key in REFERENCES if layer.get(key) is not None}
    sources = [names.get(str(each), str(each)) for each in listed(layer.get("in"))]
    return {**layer, **given, **({"in": sources} if "in" in layer else {})}


def _activated(layer: Json) -> Iterator[Json]:
    """The layer; one with an activation that Keras has not is followed by a function of its own."""
    given = layer.get("activation")
    word = _word(given)
    if given is None or word is not None:
        yield {**layer, **({} if word is None else {"activation": word})}
        return
    name = given.get("name") if isinstance(given, Mapping) else given
    own = {"type": "Lambda", "function": str(name)}
    if kind_of(layer) == "Activation":
        yield {**{key: layer[key] for key in ("id", "in") if key in layer}, **own}
        return
    rest = {key: value for key, value in layer.items() if key != "activation"}
    if "id" in layer:
        yield {**rest, "id": f"{layer['id']} alone"}
        yield {**own, "id": layer["id"], "in": [f"{layer['id']} alone"]}
    else:
        yield from (rest, own)


def _word(given: Any) -> str | None:
    """Keras' word for an activation: `tf.nn.relu` and `{name: LeakyReLU}` have one too."""
    name = given.get("name") if isinstance(given, Mapping) else given
    letters = "".join(filter(str.isalnum, str(name).rpartition(".")[2].lower()))
    return str(name) if name in get_args(Function) else ACTIVATIONS.get(letters)
