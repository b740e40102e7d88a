"""A417: the same activation a second time, which changes nothing."""

from collections.abc import Iterator

from specc.rules.activation_twice import IDEMPOTENT
from specc.rules.base import Finding, rule
from specc.rules.chain import activates, branches, drops, output_activation
from specc.rules.writing import dropped
from specc.subject import Subject


@rule(
    "A417",
    "activation without effect",
    "warning",
    source="NeuraLint (double activation), Theia",
    covers=("act.redundant",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - ReLU  # ! A417
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def activation_without_effect(subject: Subject) -> Iterator[Finding]:
    """ReLU of what ReLU gives is the same again. The line is left over from somewhere; it costs
    nothing and makes the reader wonder what it is for.

    Where other layers read the first one too, the second begins a block that is the same all over
    the network, and is left alone.
    """

    applied: dict[str, str] = {}
    for node in subject.nodes:
        before = next((applied[name] for name in node.inputs if name in applied), "linear")
        own = output_activation(subject, node)
        again = activates(node) and own == before != "linear" and own in IDEMPOTENT
        if again and not any(branches(subject, name) for name in node.sources):
            message = f"`{own}` of `{own}` changes nothing"
            fix = dropped(subject, node.path)
            yield Finding(message, node.at(), True, help="remove the line", fix=fix)
        if own != "linear" or drops(node):
            applied[node.name] = own if own != "linear" else before
