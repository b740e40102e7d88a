"""Calls of layers, and what the nested model of a shared block takes in."""

from specc.kind import as_value
from specc.layers.base import Layer
from specc.lowering.texts import with_ending
from specc.program import Apply, Call, Items, Ref, Value


def apply(
    layer: Call | Ref,
    kind: Layer | None,
    args: tuple[Ref, ...],
    wanted: tuple[tuple[str, Value], ...] = (),
    *,
    held: bool = False,
) -> Apply:
    """A layer at work; several inputs are a list where the layer takes one.

    A model that is frozen, or `held` by phases of the training, always runs as it does in use.
    """
    if kind is None:
        inputs: tuple[Value, ...] = args if len(args) < 2 else (Items(args),)
        return Apply(layer, inputs)
    listed = not kind.separate and (kind.merges or len(args) > 1)
    frozen = (("training", False),) if kind.whole_model and (held or not kind.trainable) else ()
    options = tuple(
        (option, as_value(getattr(kind, option)))
        for option in sorted(kind.at_call - {*kind.tensors_at_call})
        if getattr(kind, option) != type(kind).model_fields[option].default
    )
    return Apply(layer, (Items(args),) if listed else args, (*wanted, *options, *frozen))


def entry_like(ref: Ref, name: Value, label: str) -> Call:
    """The input of a model of its own that takes what `ref` holds."""
    options: tuple[tuple[str, Value], ...] = (
        ("batch_shape", Ref(f"{ref.name}.shape")),
        ("dtype", Ref(f"{ref.name}.dtype")),
        ("name", with_ending(name, f"_{label}")),
    )
    return Call("keras.Input", (), options)
