"""A406: dropout that leaves less than a third."""

from collections.abc import Iterator

from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "A406",
    "dropout of more than 0.7",
    "warning",
    source="UMLAUT, DL Contract; notes K1 §1.5 (0.5)",
    covers=("reg.dropout_too_high",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dropout: 0.8  # ! A406
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dropout: 0.5
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def most_values_dropped(subject: Subject) -> Iterator[Finding]:
    """The rate is the share that is set to 0, not the share that is kept: `Dropout: 0.8` leaves
    one value in five, five times as large. TensorFlow 1 asked for the
    share to keep (`keep_prob`), and numbers from that time mean the opposite.
    """
    for node, option in _rates(subject):
        rate = getattr(node.kind, option)
        if isinstance(rate, float | int) and rate >= 0.7:
            yield Finding(
                f"dropout of {rate:g} keeps {1 - rate:.2g} of the values",
                node.at(option),
                label="expected 0.2 to 0.5",
                help="the rate is the share that is dropped",
            )


def _rates(subject: Subject) -> Iterator[tuple[Node, str]]:
    """Layers that drop values, and recurrent ones that do so at each step."""
    for node in subject.that(lambda kind: kind.drops):
        yield node, "rate"
    for node in subject.of("LSTM", "GRU", "SimpleRNN"):
        yield node, "dropout"
        yield node, "recurrent_dropout"
