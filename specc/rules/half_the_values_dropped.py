"""A418: more dropout than usual."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "A418",
    "dropout of more than 0.5",
    "hint",
    source="UMLAUT, DL Contract; notes K1 §1.5 (0.5)",
    covers=("reg.dropout_too_high",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dropout: 0.6  # ! A418
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dropout: 0.4
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def half_the_values_dropped(subject: Subject) -> Iterator[Finding]:
    """Half is the most noise that dropout can add: beyond that less and less of the signal gets
    through. A network that needs more is better made smaller.
    """
    for node in subject.that(lambda kind: kind.drops):
        rate = node.rate
        if isinstance(rate, float | int) and 0.5 < rate < 0.7:
            message = f"dropout of {rate:g} is more than is usual"
            yield Finding(message, node.at("rate"), help="0.2 to 0.5 is usual")
