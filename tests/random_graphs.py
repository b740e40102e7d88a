"""Random graph specs: branches, merges, shared layers, blocks, repetitions, several outputs."""

import json
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from random_blocks import (
    ATTENTION,
    BLOCKS,
    LAYERS,
    MERGES,
    USES,
    WORDS,
    Item,
    again,
    name_of,
    with_options,
)

from specc import graph
from specc.layers.base import Layer
from specc.node import reference
from specc.objects import Reader
from specc.place import Placed
from specc.read_spec import read_spec
from specc.source import read
from specc.tensor import ShapeError, Tensor

ENTRIES: tuple[Any, ...] = (
    [5], [6], [4, 3], [6, 4], [4, 3], [None, 4], [6, 6, 2], [8, 8, 3],
    {"shape": [7], "dtype": "int32"}, {"shape": [3], "dtype": "float16"},
)  # fmt: skip
POLICIES = (None, None, None, None, "mixed_float16", "mixed_bfloat16", "float16", "bfloat16")
MOST_TRIES = 4  # to find an item that fits


@dataclass
class _Drawn:
    """What was drawn so far. `tensors` has all that can be named; `groups` stay together."""

    inputs: dict[str, Any]
    policy: str | None
    groups: list[list[Item]] = field(default_factory=list)
    tensors: dict[str, Tensor] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    shared: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    broken: bool = False

    def text(self, groups: list[list[Item]], outputs: list[str] | None = None) -> str:
        layers = [item for group in groups for item in group]
        model = {"inputs": self.inputs, "layers": layers}
        train = {"optimizer": "sgd", "loss": "mse"}
        spec: dict[str, Any] = {
            "specc": 1,
            "name": "graph",
            "blocks": {name: BLOCKS[name] for name in BLOCKS if name in _used(layers)},
            "model": model if outputs is None else {**model, "outputs": outputs},
            "train": train | ({"dtype_policy": self.policy} if self.policy else {}),
        }
        return json.dumps({key: each for key, each in spec.items() if each}, indent=1)


def _used(layers: Any) -> set[str]:
    """The blocks that are used, in other blocks too."""
    text = json.dumps(layers)
    found = {name for name in BLOCKS if f'"{name}"' in text}
    more = {name for name in found for name in _used(BLOCKS[name]["layers"])}
    return found | more


@dataclass(frozen=True)
class _Growth:
    """Items to add: the last one gives the name, and `sources` are what they take."""

    items: list[Item]
    name: str
    sources: list[str]
    shared: bool = False


@st.composite
def graphs(draw: st.DrawFn) -> str:
    """The text of a spec; most are right."""
    entries = draw(st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=3))
    drawn = _Drawn(
        {f"in{i}": shape for i, shape in enumerate(entries)}, draw(st.sampled_from(POLICIES))
    )
    drawn.tensors = {name: _tensor(entry) for name, entry in drawn.inputs.items()}
    for number in range(draw(st.integers(1, 9))):
        for _ in range(MOST_TRIES):
            growth = _growth(draw, drawn, f"n{number}")
            if drawn.broken or (growth is not None and _grown(draw, drawn, growth)):
                break
    drawn.inputs = {name: e for name, e in drawn.inputs.items() if name in drawn.taken}
    if not drawn.groups:
        drawn.inputs = {"in0": [3]}
        drawn.groups = [[{"Dense": {"units": 2, "name": "n0"}}]]
        drawn.ends = ["n0"]
    outputs = _outputs(draw, drawn)
    groups = drawn.groups
    if draw(st.integers(0, 3)) == 0:
        groups = list(draw(st.permutations(groups)))
    return drawn.text(groups, outputs)


def _outputs(draw: st.DrawFn, drawn: _Drawn) -> list[str]:
    """What nobody takes, at times behind one layer more."""
    found = []
    for name in [name for name in drawn.ends if name not in drawn.taken]:
        if draw(st.booleans()) and name in drawn.tensors:
            drawn.groups.append([{"Dense": {"from": name, "units": 2, "name": f"{name}_out"}}])
            found.append(f"{name}_out")
        else:
            further = f"{name}.1" in drawn.tensors and draw(st.booleans())
            found += [name, f"{name}.1"] if further else [name]
    return found


def _tensor(entry: Any) -> Tensor:
    if isinstance(entry, dict):
        return Tensor(tuple(entry["shape"]), entry["dtype"])
    return Tensor(tuple(entry))


def _grown(draw: st.DrawFn, drawn: _Drawn, growth: _Growth) -> bool:
    """Whether the items are added: they fit, or a graph that is wrong is wanted."""
    groups = [*drawn.groups, growth.items]
    tensors = _inferred(drawn.text(groups), growth.name)
    if not tensors and draw(st.integers(0, 4)):
        return False
    drawn.groups = groups
    drawn.tensors |= tensors
    drawn.taken |= {name.partition(".")[0] for name in growth.sources}
    drawn.ends.append(growth.name)
    drawn.shared += [growth.name] if growth.shared else []
    drawn.broken = not tensors
    return True


def _inferred(text: str, name: str) -> dict[str, Tensor]:
    """The outputs of an item by their names; empty where something is wrong."""
    spec = read_spec(read("graph.yaml", text.encode())).spec
    found = graph.build(spec, None)[0] if spec else None
    placed = found.placed.get(name) if found else None
    if found is None or not isinstance(placed, Placed) or placed.gives not in found.tensors:
        return {}
    refs = [reference(placed.gives, k) for k in range(5)]
    known = [found.tensors[ref] for ref in refs if ref in found.tensors]
    return {f"{name}.{k}" if k else name: tensor for k, tensor in enumerate(known)}


def _growth(draw: st.DrawFn, drawn: _Drawn, own: str) -> _Growth | None:
    """Something behind a tensor that most of the time is a loose end."""
    names = list(drawn.tensors)
    loose = [name for name in names if name not in drawn.taken]
    source = draw(st.sampled_from(loose if loose and draw(st.integers(0, 2)) else names))
    tensor = drawn.tensors[source]
    if "int" in tensor.dtype:
        return _chain(draw, drawn, own, source, draw(st.sampled_from(WORDS)))
    if tensor.rank not in LAYERS:
        return None
    grow = draw(st.sampled_from(GROWTHS))
    return grow(draw, drawn, own, source)


def _chain(
    draw: st.DrawFn, drawn: _Drawn, own: str, source: str, first: Item | None = None
) -> _Growth | None:
    """Up to three layers, of which Keras names all but the last one."""
    items: list[Item] = []
    tensor: Tensor | None = drawn.tensors[source]
    for _ in range(draw(st.sampled_from((1, 1, 1, 2, 3)))):
        if tensor is None or tensor.rank not in LAYERS:
            break
        item = first if first and not items else draw(st.sampled_from(LAYERS[tensor.rank]))
        items.append(item)
        tensor = inferred(item, [tensor])
    if not items:
        return None
    if len(items) > 1:
        items[0] = with_options(items[0], **{"from": source})
        items[-1] = with_options(items[-1], name=own)
        return _Growth(items, own, [source])
    return _Growth([with_options(items[0], **{"from": source, "name": own})], own, [source],
                   shared=draw(st.booleans()))  # fmt: skip


def inferred(item: Item, tensors: list[Tensor]) -> Tensor | None:
    kind = Reader().object("layers", item, ())
    if not isinstance(kind, Layer):
        return None
    try:
        return kind.infer(*tensors)
    except ShapeError:
        return None


def _merge(draw: st.DrawFn, drawn: _Drawn, own: str, source: str) -> _Growth | None:
    item = draw(st.sampled_from(MERGES))
    sources = [source]
    for _ in range(1 if name_of(item) in ("Subtract", "Dot") else draw(st.integers(1, 2))):
        sources.append(_beside(draw, drawn, item, sources))
    return _Growth([with_options(item, **{"from": sources, "name": own})], own, sources)


def _beside(draw: st.DrawFn, drawn: _Drawn, item: Item, sources: list[str]) -> str:
    """A further input of a layer, most of the time one that fits."""
    given = [drawn.tensors[name] for name in sources]
    fits = [n for n, t in drawn.tensors.items() if inferred(item, [*given, t]) is not None]
    different = [n for n in fits if drawn.tensors[n].shape != given[-1].shape]
    wanted = different if different and draw(st.booleans()) else fits
    return draw(st.sampled_from(wanted if wanted and draw(st.integers(0, 5)) else [*drawn.tensors]))


def _attention(draw: st.DrawFn, drawn: _Drawn, own: str, source: str) -> _Growth | None:
    if drawn.tensors[source].rank != 2:
        return None
    item = draw(st.sampled_from(ATTENTION))
    sources = [source, _beside(draw, drawn, item, [source])]
    first = with_options(item, **{"from": sources, "name": own})
    if draw(st.booleans()):
        first = with_options(item, **{"from": sources})
        return _Growth([first, {"Dense": {"units": 3, "name": own}}], own, sources)
    return _Growth([first], own, sources)


def _states(draw: st.DrawFn, drawn: _Drawn, own: str, source: str) -> _Growth | None:
    """A layer that gives its states, or one that starts from those of another."""
    if drawn.tensors[source].rank != 2:
        return None
    kind, count = draw(st.sampled_from((("LSTM", 2), ("GRU", 1))))
    given = [name for name in drawn.tensors if f"{name}.{count}" in drawn.tensors
             and f"{name}.{count + 1}" not in drawn.tensors]  # fmt: skip
    options: dict[str, Any] = {"from": source, "units": 3, "name": own}
    sources = [source]
    if given and draw(st.booleans()):
        states = [f"{draw(st.sampled_from(given))}.{k}" for k in range(1, count + 1)]
        options["initial_state"] = states
        sources += states
    options |= {"return_state": True} if draw(st.booleans()) else {}
    options |= {"return_sequences": True} if draw(st.booleans()) else {}
    return _Growth([{kind: options}], own, sources)


def _use(draw: st.DrawFn, drawn: _Drawn, own: str, source: str) -> _Growth | None:
    uses = USES.get(drawn.tensors[source].rank)
    if not uses:
        return None
    block, arguments = draw(st.sampled_from(uses))
    item: Item = {block: {**arguments, "from": source, "name": own}}
    return _Growth([item], own, [source], shared=draw(st.booleans()))


def _meet(draw: st.DrawFn, drawn: _Drawn, own: str, source: str) -> _Growth | None:
    shape = drawn.tensors[source].shape
    block = draw(st.sampled_from(("meet", "twin")))
    alike = [
        name
        for name, each in drawn.tensors.items()
        if (each.shape == shape if block == "twin" else each.shape[:-1] == shape[:-1])
    ]
    sources = [source, draw(st.sampled_from(alike))]
    item: Item = {block: {"from": sources, "name": own}}
    return _Growth([item], own, sources, shared=draw(st.integers(0, 3)) == 0)


def _repeat(draw: st.DrawFn, drawn: _Drawn, own: str, source: str) -> _Growth | None:
    layers: list[Item] = [{"Dense": {"units": 4, "activation": "relu"}}]
    if draw(st.booleans()):
        layers = [{"Dense": {"units": 4, "name": f"{own}_r"}}, {"Dropout": 0.1}]
    if draw(st.booleans()):
        layers.append(again(draw(st.integers(1, 2)), "LayerNormalization", {"Dense": 4}))
    if draw(st.booleans()):
        layers.append(draw(st.sampled_from(({"hidden": {"units": 4}}, "town"))))
    if draw(st.booleans()) and drawn.tensors[source].shape[-1] == 4:
        layers += [{"Dense": {"units": 4, "name": f"{own}_s"}},
                   {"Add": {"from": ["$input", f"{own}_s"]}}]  # fmt: skip
    item = again(draw(st.integers(1, 3)), *layers, **{"from": source, "name": own})
    return _Growth([item], own, [source])


def _call(draw: st.DrawFn, drawn: _Drawn, own: str, source: str) -> _Growth | None:
    if not drawn.shared:
        return None
    call: Item = {"call": {"layer": draw(st.sampled_from(drawn.shared)), "from": source,
                           "name": own}}  # fmt: skip
    return _Growth([call], own, [source])


GROWTHS = (_chain, _chain, _chain, _merge, _merge, _attention, _states, _use, _use, _meet, _repeat,
           _call, _call)  # fmt: skip
