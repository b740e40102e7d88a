"""What random graphs are made of: layers by the rank of what they take, and blocks."""

from typing import Any

from specc.registry import find

Item = dict[str, Any] | str


def block(*layers: Item, inputs: tuple[str, ...] = (), **parameters: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"layers": list(layers)}
    found |= {"parameters": parameters} if parameters else {}
    return found | ({"inputs": list(inputs)} if inputs else {})


def again(times: Any, *layers: Item, **options: Any) -> dict[str, Any]:
    return {"repeat": {"times": times, "layers": list(layers), **options}}


BLOCKS: dict[str, Any] = {
    "hidden": block(
        {"Dense": {"units": "$units", "activation": "$activation", "name": "a"}},
        {"Dropout": "$rate"},
        "LayerNormalization",
        units=None, rate=0.2, activation="relu",
    ),
    "residual": block(
        {"hidden": {"units": "$units", "name": "way"}},
        {"Dense": {"units": "$units", "name": "deep"}},
        {"Dense": {"from": "$input", "units": "$units", "name": "short"}},
        {"Add": {"from": ["deep", "short"]}},
        units=6,
    ),
    "tower": block(
        {"Dense": {"units": "$width", "use_bias": "$bias"}},
        again(
            "$depth",
            {"Dense": {"units": "$width", "kernel_regularizer": {"L2": 0.01}, "name": "h"}},
            {"Add": {"from": ["h", "$input"]}},
        ),
        depth=2, width=5, bias=True,
    ),
    "town": block(
        {"tower": {"width": "$width"}},
        again(2, {"residual": {"units": "$width"}}, again(2, "BatchNormalization", {"Dense": 3})),
        {"Dense": {"name": "end", "units": "$width"}},
        {"Add": {"from": ["tower", "end"]}},
        width=4,
    ),
    "meet": block(
        {"Dense": {"from": "one", "units": 4, "name": "a"}},
        {"Dense": {"from": "other", "units": 4, "name": "b"}},
        {"Concatenate": {"from": ["a", "b", "one"]}},
        inputs=("one", "other"),
    ),
    "twin": block(
        {"hidden": {"from": "one", "units": 4, "name": "a"}},
        {"Dense": {"units": 3, "name": "b"}},
        {"call": {"layer": "a", "from": "other", "name": "c"}},
        {"call": {"layer": "b", "from": "c"}},
        {"Subtract": {"from": ["b", "b_1"]}},
        inputs=("one", "other"),
    ),
    "reader": block(
        {"LSTM": {"units": "$units", "return_state": True, "return_sequences": True, "name": "l"}},
        {"GRU": {"from": "l", "units": "$units", "initial_state": ["l.1"]}},
        {"Concatenate": {"from": ["gru", "l.2"]}},
        units=3,
    ),
    "scan": block(
        {"Conv2D": {"filters": "$filters", "kernel_size": "$kernel", "padding": "$padding"}},
        "BatchNormalization",
        {"Activation": "relu"},
        filters=None, kernel=[3, 3], padding="same",
    ),
}  # fmt: skip
DENSE_USES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("hidden", {"units": 5}), ("hidden", {"units": 4, "rate": 0.5, "activation": "tanh"}),
    ("residual", {}), ("residual", {"units": 3}), ("tower", {"depth": 3, "bias": False}),
    ("tower", {"width": 3}), ("town", {}), ("town", {"width": 3}),
)  # fmt: skip
USES: dict[int, tuple[tuple[str, dict[str, Any]], ...]] = {
    1: DENSE_USES,
    2: (*DENSE_USES, ("reader", {}), ("reader", {"units": 4})),
    3: (("scan", {"filters": 2}), ("scan", {"filters": 3, "kernel": [1, 2], "padding": "valid"})),
}
WORDS: tuple[Item, ...] = (
    {"Embedding": {"input_dim": 10, "output_dim": 4}},
    {"Embedding": {"input_dim": 12, "output_dim": 3, "mask_zero": True}},
)  # for integers
LAYERS: dict[int, tuple[Item, ...]] = {
    1: (
        {"Dense": 4}, {"Dense": {"units": 6, "activation": "tanh", "use_bias": False}},
        "BatchNormalization", {"Dropout": 0.3}, {"Activation": "gelu"}, {"Reshape": [2, -1]},
        {"Dense": {"units": 8, "kernel_initializer": {"HeNormal": {"seed": 1}}}}, "PReLU",
        "LayerNormalization", {"GaussianNoise": 0.1}, {"Dense": {"units": 1}}, "RMSNormalization",
        {"Dense": {"units": 5, "dtype": "float32"}}, {"RepeatVector": 3}, {"LeakyReLU": 0.2},
        "UnitNormalization",
        {"Dense": {"units": 4, "dtype": "mixed_float16", "activation": "elu"}},
        {"SpectralNormalization": {"Dense": 3}},
    ),
    2: (
        {"LSTM": {"units": 3, "return_sequences": True}}, {"GRU": 4}, "GlobalAveragePooling1D",
        {"Conv1D": {"filters": 3, "kernel_size": 2}}, {"Dense": 4}, "Flatten", {"SimpleRNN": 3},
        {"TimeDistributed": {"Dense": 3}}, {"Bidirectional": {"LSTM": 2}}, {"Permute": [2, 1]},
        {"Bidirectional": {"layer": {"GRU": {"units": 2, "return_sequences": True}},
                           "merge_mode": "sum"}},
        {"Masking": 0.0}, {"LSTM": {"units": 3, "go_backwards": True}}, "LayerNormalization",
        {"RNN": {"cell": {"GRUCell": 3}, "return_sequences": True}}, {"SpatialDropout1D": 0.2},
        {"EinsumDense": {"equation": "abc,cd->abd", "output_shape": [None, 5], "bias_axes": "d"}},
    ),
    3: (
        {"Conv2D": {"filters": 3, "kernel_size": 3}}, {"MaxPooling2D": 2}, "Flatten",
        {"Conv2DTranspose": {"filters": 2, "kernel_size": 2, "strides": 2}}, "BatchNormalization",
        {"SeparableConv2D": {"filters": 2, "kernel_size": 2}}, "GlobalAveragePooling2D",
        {"UpSampling2D": 2}, {"ZeroPadding2D": 1}, {"DepthwiseConv2D": 2}, {"Dense": 3},
        {"GroupNormalization": 1}, {"Conv2D": {"filters": 2, "kernel_size": 1, "strides": 2}},
        {"TimeDistributed": {"Bidirectional": {"GRU": 2}}}, {"Reshape": [-1, 2]},
    ),
}  # fmt: skip
LAYERS[4] = ({"TimeDistributed": {"Conv2D": {"filters": 2, "kernel_size": 2}}}, "Flatten")
MERGES: tuple[Item, ...] = (
    "Add", "Multiply", "Average", "Maximum", "Minimum", "Subtract", "Concatenate",
    {"Concatenate": {"axis": 1}}, {"Dot": {"axes": -1}}, {"Dot": {"axes": 2}},
    {"Dot": {"axes": [1, 1], "normalize": True}}, {"Dot": {"axes": [2, 1]}},
)  # fmt: skip
ATTENTION: tuple[Item, ...] = (
    "Attention", {"Attention": {"use_scale": True, "use_causal_mask": True, "dropout": 0.1}},
    "AdditiveAttention", {"MultiHeadAttention": {"num_heads": 2, "key_dim": 3}},
    {"MultiHeadAttention": {"num_heads": 1, "key_dim": 2, "dropout": 0.1, "use_bias": False}},
    {"GroupQueryAttention": {"head_dim": 3, "num_query_heads": 4, "num_key_value_heads": 2}},
)  # fmt: skip


def name_of(item: Item) -> str:
    return item if isinstance(item, str) else next(iter(item))


def declared(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Those of which there is a kind."""
    return tuple(item for item in items if find("layers", name_of(item)))


LAYERS = {rank: declared(items) for rank, items in LAYERS.items()}
ATTENTION = declared(ATTENTION)


def with_options(item: Item, **more: Any) -> dict[str, Any]:
    """The item with further options; one value alone gets its name, a layer inside as well."""
    name = name_of(item)
    kind = find("layers", name)
    given = {} if isinstance(item, str) else item[name]
    if kind is not None and (not isinstance(given, dict) or next(iter(given), "")[:1].isupper()):
        given = {next(iter(kind.options())): given}
    return {name: {**given, **more}}
