"""Random graph specs: branches, merges, shared layers, blocks, repetitions, several outputs."""

import json
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from specc.layers.base import Layer
from specc.objects import Reader
from specc.tensor import ShapeError, Tensor

Item = dict[str, Any] | str
MERGES = ("Add", "Multiply", "Average", "Maximum", "Minimum", "Subtract", "Concatenate")
BLOCKS: dict[str, Any] = {
    "hidden": {
        "parameters": {"units": None, "rate": 0.2, "activation": "relu"},
        "layers": [
            {"Dense": {"units": "$units", "activation": "$activation", "name": "a"}},
            {"Dropout": "$rate"},
            "LayerNormalization",
        ],
    },
    "residual": {
        "parameters": {"units": 6},
        "layers": [
            {"hidden": {"units": "$units", "name": "way"}},
            {"Dense": {"units": "$units"}},
            {"Dense": {"from": "$input", "units": "$units", "name": "short"}},
            {"Add": {"from": ["way", "short"]}},
        ],
    },
    "tower": {
        "parameters": {"depth": 2, "width": 5, "bias": True},
        "layers": [
            {"Dense": {"units": "$width", "use_bias": "$bias"}},
            {"repeat": {"times": "$depth", "layers": [
                {"Dense": {"units": "$width", "kernel_regularizer": {"L2": 0.01}, "name": "h"}},
                {"Add": {"from": ["h", "$input"]}},
            ]}},
        ],
    },
    "meet": {
        "inputs": ["one", "other"],
        "parameters": {"units": [3]},
        "layers": [
            {"Dense": {"from": "one", "units": 4, "name": "a"}},
            {"Dense": {"from": "other", "units": 4, "name": "b"}},
            {"Concatenate": {"from": ["a", "b", "one"]}},
        ],
    },
    "scan": {
        "parameters": {"filters": None, "kernel": [3, 3], "padding": "same"},
        "layers": [
            {"Conv2D": {"filters": "$filters", "kernel_size": "$kernel", "padding": "$padding"}},
            "BatchNormalization",
            {"Activation": "relu"},
        ],
    },
}  # fmt: skip
BLOCKS["residual"]["layers"][1] = {"Dense": {"units": "$units", "name": "deep"}}
BLOCKS["residual"]["layers"][3] = {"Add": {"from": ["deep", "short"]}}
del BLOCKS["meet"]["parameters"]
BLOCKS["residual"]["layers"][0] = {"hidden": {"units": "$units", "name": "way"}}
LAYERS: dict[int, tuple[Item, ...]] = {
    1: (
        {"Dense": 4}, {"Dense": {"units": 6, "activation": "tanh", "use_bias": False}},
        "BatchNormalization", {"Dropout": 0.3}, {"Activation": "gelu"}, {"Reshape": [2, -1]},
        {"RepeatVector": 3}, {"Dense": {"units": 8, "kernel_initializer": {"HeNormal": {"seed": 1}}}},
    ),
    2: (
        {"LSTM": {"units": 3, "return_sequences": True}}, {"GRU": 4}, "GlobalAveragePooling1D",
        {"Conv1D": {"filters": 3, "kernel_size": 2}}, {"Dense": 4}, "Flatten",
        {"TimeDistributed": {"Dense": 3}}, {"Bidirectional": {"LSTM": 2}}, {"Permute": [2, 1]},
    ),
    3: (
        {"Conv2D": {"filters": 3, "kernel_size": 3}}, {"MaxPooling2D": 2}, "Flatten",
        {"Conv2DTranspose": {"filters": 2, "kernel_size": 2, "strides": 2}}, "BatchNormalization",
        {"SeparableConv2D": {"filters": 2, "kernel_size": 2}}, "GlobalAveragePooling2D",
        {"UpSampling2D": 2}, {"ZeroPadding2D": 1}, {"DepthwiseConv2D": 2},
    ),
}  # fmt: skip
USES: dict[int, tuple[tuple[str, dict[str, Any]], ...]] = {
    1: (
        ("hidden", {"units": 5}), ("hidden", {"units": 4, "rate": 0.5, "activation": "tanh"}),
        ("residual", {}), ("residual", {"units": 3}), ("tower", {"depth": 3, "bias": False}),
        ("tower", {}),
    ),
    2: (("hidden", {"units": 5}), ("residual", {}), ("tower", {"width": 3})),
    3: (("scan", {"filters": 2}), ("scan", {"filters": 3, "kernel": [1, 2], "padding": "valid"})),
}  # fmt: skip
ENTRIES = ([5], [6], [4, 3], [6, 4], [6, 6, 2], [8, 8, 3])


@dataclass
class _Drawn:
    """What was drawn so far: every name with its tensor, as far as that is known."""

    tensors: dict[str, Tensor | None] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    layers: list[Item] = field(default_factory=list)
    shared: list[tuple[str, Item, Tensor | None]] = field(default_factory=list)
    blocks: set[str] = field(default_factory=set)

    def name(self) -> str:
        return f"n{len(self.tensors)}"


@st.composite
def graphs(draw: st.DrawFn) -> str:
    """The text of a spec; most are right."""
    drawn = _Drawn()
    shapes = draw(st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=3))
    inputs = {f"in{i}": shape for i, shape in enumerate(shapes)}
    drawn.tensors |= {name: Tensor(tuple(shape)) for name, shape in inputs.items()}
    for _ in range(draw(st.integers(1, 9))):
        _grow(draw, drawn)
    outputs = [name for name in drawn.tensors if name not in drawn.taken and name not in inputs]
    for name in inputs.keys() - drawn.taken:
        del inputs[name]
    layers = draw(st.permutations(drawn.layers)) if draw(st.integers(0, 3)) == 0 else drawn.layers
    loss: Any = "mse" if len(outputs) == 1 else dict.fromkeys(outputs, "mse")
    spec: dict[str, Any] = {
        "specc": 1,
        "name": "graph",
        "model": {"inputs": inputs, "layers": layers, "outputs": outputs},
        "train": {"optimizer": "sgd", "loss": loss},
    }
    if drawn.blocks:
        spec["blocks"] = {name: BLOCKS[name] for name in BLOCKS if name in drawn.blocks}
    return json.dumps(spec, indent=1)


def _grow(draw: st.DrawFn, drawn: _Drawn) -> None:
    """Adds one item, behind a tensor that most of the time is the last one or a loose end."""
    names = list(drawn.tensors)
    loose = [name for name in names if name not in drawn.taken]
    source = draw(st.sampled_from(loose if loose and draw(st.integers(0, 2)) else names))
    tensor = drawn.tensors[source]
    if tensor is None or tensor.rank not in LAYERS:
        return
    match draw(st.sampled_from(("layer", "layer", "layer", "merge", "use", "repeat", "call", "meet"))):
        case "merge":
            _merge(draw, drawn, source, tensor)
        case "use":
            _use(draw, drawn, source, tensor)
        case "repeat":
            _repeat(draw, drawn, source, tensor)
        case "call":
            _call(draw, drawn, source, tensor)
        case "meet" if tensor.rank == 1:
            _meet(draw, drawn, source)
        case _:
            item = draw(st.sampled_from(LAYERS[tensor.rank]))
            _add(drawn, item, [source], [tensor], share=draw(st.integers(0, 3)) == 0)


def _add(
    drawn: _Drawn, item: Item, sources: list[str], tensors: list[Tensor], *, share: bool = False
) -> None:
    name, options = (item, {}) if isinstance(item, str) else next(iter(item.items()))
    given = dict(options) if isinstance(options, dict) and not _nested(options) else None
    own = drawn.name()
    if given is None:
        return
    out = inferred(item, tensors)
    given |= {"from": sources if len(sources) > 1 else sources[0], "name": own}
    drawn.layers.append({str(name): given})
    drawn.tensors[own] = out
    drawn.taken |= set(sources)
    if share:
        drawn.shared.append((own, item, tensors[0]))


def _nested(options: dict[str, Any]) -> bool:
    return len(options) == 1 and next(iter(options))[:1].isupper()


def inferred(item: Item, tensors: list[Tensor]) -> Tensor | None:
    kind = Reader().object("layers", item, ())
    if not isinstance(kind, Layer):
        return None
    try:
        return kind.infer(*tensors)
    except ShapeError:
        return None


def _merge(draw: st.DrawFn, drawn: _Drawn, source: str, tensor: Tensor) -> None:
    alike = [n for n, t in drawn.tensors.items() if t is not None and t.shape == tensor.shape]
    ranked = [n for n, t in drawn.tensors.items() if t is not None and t.rank == tensor.rank]
    others = alike if len(alike) > 1 and draw(st.integers(0, 5)) else ranked
    other = draw(st.sampled_from(others))
    kind = draw(st.sampled_from(MERGES))
    tensors = [tensor, drawn.tensors[other] or tensor]
    _add(drawn, kind, [source, other], tensors)


def _use(draw: st.DrawFn, drawn: _Drawn, source: str, tensor: Tensor) -> None:
    block, arguments = draw(st.sampled_from(USES[tensor.rank]))
    drawn.blocks |= {block, "hidden"} if block == "residual" else {block}
    own = drawn.name()
    drawn.layers.append({block: {**arguments, "from": source, "name": own}})
    width = {"hidden": "units", "residual": "units", "tower": "width"}.get(block)
    out = None
    if width is not None:
        size = arguments.get(width, BLOCKS[block]["parameters"][width])
        out = Tensor((*tensor.shape[:-1], size))
    elif block == "scan" and "padding" not in arguments:
        out = Tensor((*tensor.shape[:-1], arguments["filters"]))
    drawn.tensors[own] = out
    drawn.taken.add(source)
    if draw(st.booleans()):
        drawn.shared.append((own, "block", tensor))


def _repeat(draw: st.DrawFn, drawn: _Drawn, source: str, tensor: Tensor) -> None:
    times = draw(st.integers(1, 3))
    layers: list[Item] = [{"Dense": {"units": 4, "activation": "relu"}}]
    if draw(st.booleans()):
        layers = [{"Dense": {"units": 4, "name": f"r{len(drawn.layers)}"}}, {"Dropout": 0.1}]
    if draw(st.booleans()):
        layers.append({"hidden": {"units": 4}})
        drawn.blocks.add("hidden")
    own = drawn.name()
    repeat = {"times": times, "layers": layers, "from": source, "name": own}
    drawn.layers.append({"repeat": repeat})
    drawn.tensors[own] = Tensor((*tensor.shape[:-1], 4))
    drawn.taken.add(source)


def _call(draw: st.DrawFn, drawn: _Drawn, source: str, tensor: Tensor) -> None:
    fitting = [each for each in drawn.shared if each[2] is not None and each[2].shape == tensor.shape]
    known = fitting if fitting and draw(st.integers(0, 6)) else drawn.shared
    if not known:
        return
    layer, item, _ = draw(st.sampled_from(known))
    own = drawn.name()
    drawn.layers.append({"call": {"layer": layer, "from": source, "name": own}})
    drawn.tensors[own] = inferred(item, [tensor]) if item != "block" else None
    drawn.taken.add(source)


def _meet(draw: st.DrawFn, drawn: _Drawn, source: str) -> None:
    flat = [n for n, t in drawn.tensors.items() if t is not None and t.rank == 1]
    other = draw(st.sampled_from(flat))
    own = drawn.name()
    drawn.layers.append({"meet": {"from": [source, other], "name": own}})
    size = drawn.tensors[source]
    drawn.tensors[own] = Tensor((8 + (size.shape[0] or 0),)) if size else None
    drawn.taken |= {source, other}
    drawn.blocks.add("meet")
