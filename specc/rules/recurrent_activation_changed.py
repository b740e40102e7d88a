"""A413: another activation inside a recurrent layer."""

from collections.abc import Iterator
from typing import Any

from specc.diagnostics import Edit
from specc.rules.base import Finding, rule
from specc.subject import Subject

KINDS = ("LSTM", "GRU")
GATES = frozenset({"sigmoid", "hard_sigmoid"})


@rule(
    "A413",
    "another activation inside LSTM or GRU",
    "warning",
    source="Keras (conditions of the fused kernel); Stack Overflow 57516678, 68938619",
    covers=("act.nonstandard_recurrent",),
    bad="""
        specc: 1
        model:
          - Input: [100, 8]
          - LSTM: {units: 32, activation: relu}  # ! A413
          - Dense: 1
        train: {optimizer: adam, loss: mse}
        """,
    good="""
        specc: 1
        model:
          - Input: [100, 8]
          - LSTM: 32
          - Dense: 1
        train: {optimizer: adam, loss: mse}
        """,
)
def recurrent_activation_changed(subject: Subject) -> Iterator[Finding]:
    """The state of an LSTM is fed back at every step. tanh keeps it between -1 and 1; ReLU lets it
    grow from step to step, and long sequences can overflow. A gate must lie between 0 and 1,
    which only the sigmoids do. On a GPU any other choice also loses the fused kernel, and with it
    most of the speed.

    ReLU in a GRU with `recurrent_dropout` is left alone: that is how Chollet's book regularises
    the one that it trains on the weather in Jena.
    """
    for node in subject.of("LSTM", "GRU", "Bidirectional"):
        layer: Any = getattr(node.kind, "layer", node.kind)
        if type(layer).__name__ not in KINDS:
            continue
        tamed = type(layer).__name__ == "GRU" and layer.recurrent_dropout > 0
        inner = frozenset({"tanh", "relu"} if tamed else {"tanh"})
        for option, good in (("activation", inner), ("recurrent_activation", GATES)):
            given = getattr(layer, option)
            if given in good:
                continue
            wanted = "tanh" if option == "activation" else "sigmoid"
            path = node.at(option) if layer is node.kind else node.at()
            written = subject.get(path) == given
            yield Finding(
                f"`{option}` of `{type(layer).__name__}` is `{given or 'linear'}`",
                path,
                path == node.at(),
                label=f"expected `{wanted}`",
                help="leave the option out",
                fix=(Edit(path, wanted),) if written else (),
            )
