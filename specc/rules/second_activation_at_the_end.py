"""P313: the last activation is applied to what an activation has already been applied to."""

from collections.abc import Iterator

from specc.diagnostics import Edit, Note
from specc.graph import Node
from specc.pair import EXCLUSIVE, PROBABILITIES
from specc.rules.base import Finding, rule
from specc.rules.chain import activates, drops
from specc.subject import Subject


@rule(
    "P313",
    "second activation at the end",
    "error",
    source="Keras 3.15 (measured); NeuraLint, UMLAUT",
    covers=("out.double_activation_head",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 10, activation: softmax}
          - Softmax  # ! P313
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: 10
          - Softmax
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def second_activation_at_the_end(subject: Subject) -> Iterator[Finding]:
    """Softmax and sigmoid want numbers of any size. Behind a softmax they get numbers between 0
    and 1: of ten classes the most certain answer then has a probability of 0.23, and the loss
    cannot fall below 1.46. Behind ReLU no class can be ruled out, since nothing is below 0.

    Measured: Keras says nothing, and training is slow.
    """
    head = subject.head
    if not head or not activates(head.node):
        return
    if head.activation not in PROBABILITIES or (head.width == 1 and head.activation in EXCLUSIVE):
        return
    before = _activated(subject, head.node)
    if before is None:
        return
    path = before.at("activation")
    named = not isinstance(subject.get(path), str)
    twice = subject.activation(before)
    yield Finding(
        f"`{head.activation}` is applied to the output of `{twice}`",
        head.path,
        head.on_key,
        label="a second activation",
        help=f"remove the `{twice}`" if twice != head.activation else "remove one of them",
        notes=(Note("the first activation", path, f"`{twice}`", on_key=named),),
        fix=() if named else (Edit(path, "linear"),),
    )


def _activated(subject: Subject, node: Node) -> Node | None:
    """The layer upstream whose activation is what `node` gets."""
    while node.inputs and node.inputs[0] in subject.graph.by_name:
        node = subject.graph.node(node.inputs[0])
        if subject.activation(node) != "linear":
            return node
        averages = node.kind_name.startswith("GlobalAverage")
        if not (drops(node) or averages or (node.kind and node.kind.moves)):
            return None
    return None
