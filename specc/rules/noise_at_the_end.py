"""A419: dropout on the answers."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.rules.chain import activates, drops
from specc.subject import Subject


@rule(
    "A419",
    "noise after the last layer",
    "error",
    source="Stack Overflow 44755431; NeuraLint",
    covers=("out.noise_after_logits",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dense: 10
          - Dropout: 0.5  # ! A419
          - Softmax
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dropout: 0.5
          - Dense: 10
          - Softmax
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def noise_at_the_end(subject: Subject) -> Iterator[Finding]:
    """Dropout behind the last layer that learns sets answers to 0, the right ones as well, and the
    loss then says that the model was wrong. No weights can make up for it.

    Measured: after thirty epochs the accuracy is 0.55, and 0.68 with the same dropout in front of
    the last layer.
    """
    if not subject.graph.outputs or not subject.nodes:
        return
    node, noise = subject.graph.node(subject.graph.outputs[-1]), []
    while node.kind is not None and not node.kind.multiplies:
        if not _still(node) or len(node.inputs) != 1:
            return
        noise += [node] if _is_noise(node) else []
        node = subject.graph.node(node.inputs[0])
    for noisy in noise if node.kind is not None else ():
        yield Finding(
            f"`{noisy.kind_name}` behind the last layer that learns changes answers at random",
            noisy.at(),
            True,
            help=f"put it in front of `{node.kind_name}`",
            notes=(Note("the last layer that learns", node.at(), on_key=True),),
        )


def _is_noise(node: Node) -> bool:
    return drops(node) or (node.kind is not None and node.kind.disturbs)


def _still(node: Node) -> bool:
    """Whether the layer leaves each answer where it can be told from the others."""
    return _is_noise(node) or activates(node) or (node.kind is not None and node.kind.moves)
