"""Programs whose model is no list, written by hand: every kind of statement there is."""

from dataclasses import replace
from functools import cache

import programs

from specc.program import (
    Apply,
    Assign,
    Call,
    Define,
    Items,
    Loop,
    Model,
    Parameter,
    Program,
    Ref,
    Statement,
    Step,
    Text,
    Value,
)

X = Ref("x")
DIGITS = Assign(("inputs",), Call("keras.Input", ((8, 8, 1),)))


@cache
def variants() -> dict[str, Program]:
    base = programs.of_specs()["digits_cnn"]
    models = {
        "blocks": _blocks(),
        "states": _states(),
        "shared": _shared(),
        "deep_graph": _deep(),
    }
    made = {name: replace(base, model=model) for name, model in models.items()}
    data = (
        replace(base.data, inputs=(replace(base.data.input, preprocess=()),)) if base.data else None
    )
    steps = (Step("", DIGITS.value), *(Step("", _layer("ReLU")) for _ in range(500)))  # type: ignore[arg-type]
    ends = (Step("", _layer("Flatten")), Step("", _head().layer))  # type: ignore[arg-type]
    listed = replace(base.model, steps=(*steps, *ends))
    return made | {
        "graph_without_preprocessing": replace(made["blocks"], data=data),
        "deep_list": replace(base, model=listed),
    }


def _layer(kind: str, /, *args: Value, **options: Value) -> Call:
    return Call(f"keras.layers.{kind}", args, tuple(options.items()))


def _named(end: str) -> Text:
    return Text((Ref("name"), end))


def _step(layer: Call | Ref, *args: Value, to: str = "x") -> Assign:
    return Assign((to,), Apply(layer, args or (X,)), "8x8x4, 40 params")


def _head(source: str = "x") -> Apply:
    return Apply(_layer("Dense", 10, activation="softmax"), (Ref(source),))


def _model(
    *body: Statement,
    blocks: tuple[Define, ...] = (),
    inputs: Value = Ref("inputs"),  # noqa: B008
    outputs: Value = Ref("outputs"),  # noqa: B008
) -> Model:
    return Model("a_graph", (), blocks, body, inputs, outputs)


def _residual() -> Define:
    def convolution(size: Value, name: str, **options: Value) -> Call:
        return _layer(
            "Conv2D", Ref("filters"), size, padding="same", use_bias=False, name=_named(name)
        )

    body = (
        _step(convolution(Ref("window"), "_a"), to="a"),
        _step(_layer("BatchNormalization", name=_named("_b")), Ref("a"), to="b"),
        _step(convolution(1, "_shortcut"), to="shortcut"),
        Loop("i", Ref("depth"), (_step(_layer("ReLU", name=_joined()), Ref("b"), to="b"),)),
    )
    parameters = (
        Parameter("depth", (2,)),
        Parameter("filters", (), "int"),
        Parameter("window", ((3, 3),), "int | tuple[int, int]"),
        Parameter("rate", (0.5,)),
    )
    add = _layer("Add", name=_named("_add"))
    result = Apply(add, (Items((Ref("b"), Ref("shortcut"))),))
    dropped = Assign(("b",), Apply(_layer("Dropout", Ref("rate"), name=_named("_d")), (Ref("b"),)))
    return Define("residual", ("x",), parameters, (*body, dropped), result, 'Says "a block"')


def _joined() -> Text:
    return Text((Ref("name"), "_relu_", Ref("i")))


def _blocks() -> Model:
    """Blocks in loops in loops, and one block within another."""
    inner = Call("residual", (X,), (("filters", 2), ("name", _named("_inner"))))
    outer = Define(
        "stage", ("x", "other"), (), (Assign(("x",), inner),),
        Apply(_layer("Concatenate", name=_named("_both")), (Items((X, Ref("other"))),)),
        "A stage whose description is longer than a line of the script, and so has two of them.",
    )  # fmt: skip
    indexed = Text(("use_", Ref("i"), "_", Ref("j")))
    options: tuple[tuple[str, Value], ...] = (("filters", 4), ("depth", 1), ("name", indexed))
    return _model(
        DIGITS,
        Assign(("x",), Call("residual", (Ref("inputs"),), (("filters", 4),)), "8x8x4"),
        Loop("i", 2, (Loop("j", 2, (Assign(("x",), Call("residual", (X,), options)),)),)),
        Loop("_", 2, (_step(_layer("ReLU")),)),
        Assign(("x",), Call("stage", (X, Ref("inputs"))), "a note that does not fit into it" * 2),
        _step(_layer("Flatten")),
        Assign(("outputs",), _head()),
        blocks=(_residual(), outer),
    )


def _states() -> Model:
    """Several outputs of a layer, options of calls, and a table of outputs with one row."""
    cell = _layer("LSTM", 4, return_sequences=True, return_state=True)
    state = Items((Ref("hidden_state_of_it"), Ref("carried_state_of_it")))
    return _model(
        DIGITS,
        _step(_layer("Reshape", (8, 8)), Ref("inputs")),
        Assign(("x", "hidden_state_of_it", "carried_state_of_it"), Apply(cell, (X,))),
        Assign(("x",), Apply(_layer("LSTM", 4), (X,), (("initial_state", state),))),
        Assign(("outputs",), _head()),
    )


def _shared() -> Model:
    """A layer and a model that are called twice, and an attribute."""
    entry = Call("keras.Input", (), (("batch_shape", Ref("inputs.shape")),))
    return _model(
        Assign(("inputs",), Call("keras.Input", ((8, 8, 1),), (("name", "digits"),))),
        Assign(("code_input",), entry),
        _step(_layer("Conv2D", 2, 3), Ref("code_input"), to="code_output"),
        Assign(
            ("code",),
            Call("keras.Model", (Ref("code_input"), Ref("code_output")), (("name", "code"),)),
        ),
        Assign(("code.trainable",), False),
        Assign(("window",), _layer("Conv2D", 2, 3, padding="same")),
        _step(Ref("code"), Ref("inputs"), to="left"),
        _step(Ref("window"), Ref("left")),
        _step(Ref("window")),
        _step(_layer("Concatenate"), Items((Ref("left"), X))),
        _step(_layer("Flatten")),
        Assign(("outputs",), _head()),
    )


def _deep() -> Model:
    """More layers than Keras builds without a larger stack."""
    return _model(
        DIGITS,
        _step(_layer("Flatten"), Ref("inputs")),
        Loop("i", 1100, (_step(_layer("ReLU", name=Text(("relu_", Ref("i"))))),)),
        Assign(("outputs",), _head()),
    )
