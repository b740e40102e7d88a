"""F002: a key that stands twice in one mapping."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F002",
    "key written twice",
    "error",
    source="YAML 1.2.2 §3.2.1.1 (keys are unique)",
    by="reader",
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 3, activation: softmax, units: 5}  # ! F002
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
def key_written_twice(subject: Subject) -> Iterator[Finding]:
    """A mapping has one value for each key. Most readers of YAML keep the last one without a word,
    so that the first `units` is the one you read and the second the one that counts.
    """
    return iter(())
