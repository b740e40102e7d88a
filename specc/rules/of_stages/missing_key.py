"""F012: a key that has to be there."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F012",
    "missing key",
    "error",
    source="language §2, §3",
    by="schema",
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {activation: softmax}  # ! F012
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def missing_key(subject: Subject) -> Iterator[Finding]:
    """What has no default must be written. Nothing is guessed: a number of units that specc made
    up would be an opinion about your data.
    """
    return iter(())
