"""A402: an activation of an activation."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.pair import PROBABILITIES
from specc.rules.base import Finding, rule
from specc.rules.chain import activates, drops, merged, output_activation
from specc.subject import Subject

IDEMPOTENT = frozenset({"relu", "relu6", "linear"})


@rule(
    "A402",
    "activation applied twice",
    "warning",
    source="NeuraLint (double activation), Theia",
    covers=("act.redundant",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Activation: tanh  # ! A402
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: 64
          - Activation: tanh
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def activation_twice(subject: Subject) -> Iterator[Finding]:
    """What one activation has cut off, the next cannot bring back: tanh behind ReLU only gives
    values from 0 to 1 and has lost the half in which it is steep. Mostly the option was
    written into the layer and the old `Activation` line left in place.

    Softmax and sigmoid that weigh something else are left alone: attention squeezes its scores
    with tanh first.
    """
    applied: dict[str, tuple[str, Note]] = {}
    for node in subject.nodes:
        own = output_activation(subject, node)
        before = next((applied[name] for name in node.inputs if name in applied), None)
        if own != "linear":
            path = node.at("activation")
            written = isinstance(subject.get(path), str)
            weighs = own in PROBABILITIES and merged(subject, node)
            if before and activates(node) and not (weighs or _other(subject, own, before)):
                first, note = before
                yield Finding(
                    f"`{own}` is applied to the output of `{first}`",
                    path,
                    not written,
                    label="a second activation",
                    help="remove one of the two",
                    notes=(note,),
                )
            note = Note("the first activation", path, f"`{own}`", not written)
            applied[node.name] = own, note
        elif before and (drops(node) or (node.kind and node.kind.moves)):
            applied[node.name] = before


def _other(subject: Subject, own: str, before: tuple[str, Note]) -> bool:
    """Whether it is another rule's business: at the end of the model, or without effect."""
    at_end = own in PROBABILITIES and subject.head is not None and own == subject.head.activation
    return at_end or (own == before[0] and own in IDEMPOTENT)
