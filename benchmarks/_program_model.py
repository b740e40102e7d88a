"""The layers of a Keras program in neutral JSON, as the `model` of a spec."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from _program import Json, adapted, counts, is_graph, kind_of, layers_of, listed, section
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from specc.kind import Kind
from specc.registry import find

Layer = dict[str, Any]

# What a layer says of its inputs, and what holds a graph together.
BESIDES = {
    "input_shape", "input_dim", "input_length", "batch_input_shape", "batch_size", "type", "id",
    "in", "shared", "function", "output_shape", "initial_state",
}  # fmt: skip
# Defaults of Keras 2 that Keras 3 does not have.
DEFAULTS = {f"AveragePooling{n}D": {"pool_size": 2} for n in (1, 2, 3)}
INITIALIZERS = {
    "uniform": "random_uniform",
    "normal": "random_normal",
    "one": "ones",
    "zero": "zeros",
}
OBJECTS = {
    "maxnorm": "max_norm", "nonneg": "non_neg", "unitnorm": "unit_norm", "l1_l2": "L1L2",
    "l1l2": "L1L2",
}  # fmt: skip
ADAPTED = ("TextVectorization", "StringLookup", "IntegerLookup", "Discretization")
FRACTION = re.compile(r"\d+\.?/\d+\.?")  # as Python 2 needed it: `1./255`
FAMILIES = ("initializer", "regularizer", "constraint")
INNER = ("layer", "forward_layer", "backward_layer")


def model_of(program: Json, unknown: Any = "same") -> Any:
    """A list of layers, or the inputs, layers and outputs of a graph.

    `unknown` is the shape that layers put out of which nothing says what they do.
    """
    layers, left_out = layers_of(program), adapted(program)
    if is_graph(program):
        return _graph(layers, left_out, unknown)
    first = _input(program, layers)
    inner = [each for each in layers if kind_of(each) != "Input" and each not in left_out]
    return first + [_layer(each, unknown) for each in inner]


def outputs_of(program: Json) -> list[str]:
    """The names of the outputs of a graph: of the layers that nothing takes from."""
    layers = layers_of(program)
    taken = {name for each in layers for name in _sources(each)}
    return [_id(each) for each in layers if _id(each) not in taken and kind_of(each) != "Input"]


def guessed(program: Json) -> bool:
    """Whether the shape of an output is not known, since a layer is none of Keras'."""
    return any(_unknown(each) for each in layers_of(program))


def _unknown(layer: Json) -> bool:
    strange = find("layers", kind_of(layer)) is None
    return strange and kind_of(layer) != "SharedBranch" and not layer.get("output_shape")


def _input(program: Json, layers: Sequence[Json]) -> list[Layer]:
    """The input of a sequential model, where its shape is known."""
    shape = (_shape(layers[0]) if layers else None) or program.get("input_shape")
    if not isinstance(shape, list) or not all(e is None or counts(e) for e in shape):
        return []
    users = [each for each in layers if kind_of(each) != "Input"][:1]
    given = {"shape": shape, **_dtype(users), **_batch(program, [*layers[:1], *users])}
    return [{"Input": given if len(given) > 1 else shape}]


def _dtype(users: Sequence[Json]) -> Layer:
    """Embeddings look whole numbers up."""
    whole = bool(users) and all(kind_of(each) == "Embedding" for each in users)
    return {"dtype": "int32"} if whole else {}


def _batch(program: Json, layers: Sequence[Json]) -> Layer:
    """The rows of a batch, where the program fixes them, and says with how many it trains."""
    given = [(e.get("batch_size"), *listed(e.get("batch_input_shape"))[:1]) for e in layers]
    rows = next((each for several in given for each in several if counts(each)), None)
    return (
        {"batch_size": rows} if rows and counts(section(program, "fit").get("batch_size")) else {}
    )


def _shape(layer: Json) -> list[int | None] | None:
    """The shape of one row, as a layer says it."""
    for key, skipped in (("shape", 0), ("input_shape", 0), ("batch_input_shape", 1)):
        if isinstance(given := layer.get(key), list):
            return given[skipped:]
    return None


def _layer(layer: Json, unknown: Any) -> Any:
    name, options = kind_of(layer), _options(layer)
    if find("layers", name) is None or _learned_elsewhere(layer) or _unsaid(name, options):
        output = layer.get("output_shape") or _vectors(layer) or _patches(layer) or unknown
        function = "".join(c if c.isalnum() else "_" for c in str(layer.get("function") or name))
        frozen = {"trainable": False} if layer.get("trainable") is False else {}
        return {"custom": {"class": Quoted(f"program:L_{function}"), "output": output, **frozen}}
    return {name: options} if options else name


def _unsaid(name: str, options: Layer) -> bool:
    """Whether a layer that prepares or augments comes without the options that Keras needs, or
    without the words that it has learned."""
    if name in ADAPTED:
        return True
    kind = find("layers", name)
    fields = {} if kind is None or kind.learns else kind.model_fields
    return any(each.is_required() and option not in options for option, each in fields.items())


def _learned_elsewhere(layer: Json) -> bool:
    """Whether it is an embedding with vectors of the program's own: nobody freezes others."""
    given = layer.get("weights") is not None or layer.get("trainable") is False
    return kind_of(layer) == "Embedding" and given


def _vectors(layer: Json) -> list[Any] | None:
    size = layer.get("output_dim")
    return [layer.get("input_length"), size] if _learned_elsewhere(layer) else None


def _patches(layer: Json) -> list[int] | None:
    """What a layer puts out that cuts images into patches, where that is said."""
    count, size = layer.get("num_patches"), layer.get("patch_dim") or layer.get("projection_dim")
    return [count, size] if isinstance(count, int) and isinstance(size, int) else None


def _options(layer: Json) -> Layer:
    """The options that the kind has, in the words of Keras 3."""
    name = kind_of(layer)
    kind = find("layers", name)
    given = DEFAULTS.get(name, {}) | {k: v for k, v in layer.items() if k not in BESIDES}
    if name == "Embedding":
        given["input_dim"] = layer.get("input_dim")
    known = kind.model_fields if kind is not None else {}
    if name == "Normalization" and layer.get("mean") is None:
        given = {**given, "mean": 0.0, "variance": 1.0}  # what it has learned is not said
    base = "preprocess" in known  # programs do without, or have a layer of their own
    own = {"preprocess": "none"} if base else {}
    if base and "weights" in layer and layer["weights"] is None:
        own["weights"] = None
    found = {k: _value(k, v) for k, v in given.items() if k in known and v is not None}
    if base and not isinstance(layer.get("trainable", True), bool):  # in part
        found.pop("trainable", None)
    return {**found, **own}


def _value(key: str, value: Any) -> Any:
    if key in INNER and isinstance(value, dict):
        return _layer(value, "same")
    if isinstance(value, str) and FRACTION.fullmatch(value):
        return value.replace(".", "")
    family = key.rpartition("_")[2]
    return _object(f"{family}s", value) if family in FAMILIES else value


def _object(family: str, value: Any) -> Any:
    """An initializer, a regularizer or a constraint: a word, or a name with its options."""
    named = value if isinstance(value, dict) else {"name": value}
    name = str(named.get("name", ""))
    word = INITIALIZERS.get(name.lower(), name) if family == "initializers" else name
    word = OBJECTS.get(word.lower(), word)
    kind = _found(family, word)
    known = kind.model_fields if kind is not None else {}
    options = {k: v for k, v in named.items() if k in known and k != "name"}
    return {kind.__name__: options} if kind is not None and options else word


def _found(family: str, word: str) -> type[Kind] | None:
    """The kind of that name: one of the other families when a program has mixed them up."""
    families = (family, *(f"{each}s" for each in FAMILIES))
    return next((kind for each in families if (kind := find(each, word))), None)


# graphs


def _graph(layers: Sequence[Json], left_out: Sequence[Json], unknown: Any) -> Layer:
    """Inputs, layers and outputs, by the names of the program."""
    inputs = {_id(each): _declared(each, layers) for each in layers if kind_of(each) == "Input"}
    inner = [each for each in layers if kind_of(each) != "Input" and each not in left_out]
    skipped = {_id(each): _sources(each)[0] for each in left_out}
    items = [item for each in inner for item in _items(each, layers, unknown)]
    for item in items:
        options = next(iter(item.values()))
        names = [skipped.get(name, name) for name in listed(options["from"])]
        options["from"] = names[0] if len(names) == 1 else names
    taken = {name for each in layers for name in _sources(each)}
    return {
        "inputs": inputs,
        "layers": items,
        "outputs": [_id(each) for each in inner if _id(each) not in taken],
    }


def _id(layer: Json) -> str:
    return str(layer.get("id"))


def _sources(layer: Json) -> list[str]:
    return [str(each) for each in listed(layer.get("in"))]


def _declared(layer: Json, layers: Sequence[Json]) -> Any:
    shape = _shape(layer) or []
    dtype = _dtype([each for each in layers if _id(layer) in _sources(each)])
    return {"shape": shape, **dtype} if dtype else shape


def _items(layer: Json, layers: Sequence[Json], unknown: Any) -> Iterator[Layer]:
    if kind_of(layer) == "SharedBranch":
        yield from _again(layer, layers)
        return
    written = _layer(layer, unknown)
    name, options = (written, {}) if isinstance(written, str) else next(iter(written.items()))
    states = _states(layer, layers)
    of = layer.get("initial_state") if states else None
    sources = [each for each in _sources(layer) if each != of]
    if name == "MultiHeadAttention" and len(sources) == 1:
        sources *= 2  # query and value
    yield {name: {"from": sources, **options, **states, "name": _id(layer)}}


def _states(layer: Json, layers: Sequence[Json]) -> Layer:
    """The states that a recurrent layer starts from: the further outputs of another one."""
    of = layer.get("initial_state")
    found = [each for each in layers if of is not None and each.get("id") == of]
    if not found:
        return {}
    if not found[0].get("return_state"):
        return {"initial_state": [of]} if kind_of(layer) != "LSTM" else {}
    count = 2 if kind_of(found[0]) == "LSTM" else 1
    return {"initial_state": [f"{of}.{i + 1}" for i in range(count)]}


def _again(layer: Json, layers: Sequence[Json]) -> Iterator[Layer]:
    """A part of the graph on other inputs: each of its layers is called once more."""
    end = str(layer.get("shared"))
    branch = upstream(end, layers)
    renamed = {_id(each): f"{_id(layer)}_{_id(each)}" for each in branch} | {end: _id(layer)}
    begins = [_id(each) for each in layers if kind_of(each) == "Input"]
    used = [name for name in begins if any(name in _sources(each) for each in branch)]
    names = renamed | dict(zip(used, _sources(layer), strict=False))
    for each in branch:
        sources = [names.get(name, name) for name in _sources(each)]
        yield {"call": {"layer": _id(each), "from": sources, "name": renamed[_id(each)]}}


def upstream(end: str, layers: Sequence[Json]) -> list[Json]:
    """The layers that lead to one, and itself, but for the inputs, in their order."""
    wanted = {end}
    for each in reversed(layers):
        if _id(each) in wanted:
            wanted.update(_sources(each))
    return [each for each in layers if _id(each) in wanted and kind_of(each) != "Input"]
