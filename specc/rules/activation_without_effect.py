"""A417: the same activation a second time, which changes nothing."""

from collections.abc import Iterator

from specc.rules.activation_twice import IDEMPOTENT
from specc.rules.base import Finding, rule
from specc.rules.chain import activates
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
    """
    for first, second in subject.pairs():
        own = subject.activation(second)
        same = own == subject.activation(first) and own != "linear"
        if same and own in IDEMPOTENT and activates(second):
            message = f"`{own}` of `{own}` changes nothing"
            yield Finding(message, second.at(), True, help="remove the line")
