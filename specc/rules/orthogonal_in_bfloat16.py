"""A431: orthogonal weights in a precision in which they cannot be made."""

from collections.abc import Iterator

from specc.layers.base import Layer
from specc.naming import inner_layers
from specc.registry import find
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "A431",
    "orthogonal weights in bfloat16",
    "error",
    source="Keras 3.15 with TensorFlow (`Orthogonal` calls `tf.linalg.qr`)",
    bad="""
        specc: 1
        model:
          - Input: [20, 8]
          - LSTM: 16
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy, dtype_policy: bfloat16}  # ! A431
        """,
    good="""
        specc: 1
        model:
          - Input: [20, 8]
          - LSTM: 16
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy, dtype_policy: mixed_bfloat16}
        """,
)
def orthogonal_in_bfloat16(subject: Subject) -> Iterator[Finding]:
    """TensorFlow decomposes no matrix of `bfloat16`, and so cannot draw orthogonal weights, with
    which recurrent layers start: Keras fails when it builds the layer. With `mixed_bfloat16` the
    weights are `float32`, and there is no such limit.
    """
    told = False  # of the policy, which is one mistake
    for node in subject.nodes:
        own = node.dtype is not None
        kind = subject.graph.typed(node)
        option = _orthogonal(kind) if kind is not None and not (told and not own) else None
        if option is not None:
            told = told or not own
            yield Finding(
                f"`{node.name}` cannot draw orthogonal weights of `bfloat16`",
                node.at("dtype") if own else ("train", "dtype_policy"),
                label=f"with `{option}: orthogonal`",
                help=f"write `mixed_bfloat16`, or another `{option}`",
            )


def _orthogonal(kind: Layer) -> str | None:
    """The option that asks for orthogonal weights of `bfloat16`, of the layer or one inside."""
    for option, mark in kind.held().items():
        if mark.family == "initializers" and kind.dtype == "bfloat16":
            chosen = getattr(kind, option)
            named = find("initializers", chosen) if isinstance(chosen, str) else type(chosen)
            if named is not None and named.__name__ == "Orthogonal":
                return option
    found = (_orthogonal(inner) for inner in inner_layers(kind))
    return next((option for option in found if option is not None), None)
