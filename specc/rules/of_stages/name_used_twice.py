"""F019: two layers of one name."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F019",
    "layer name used twice",
    "error",
    source="Keras 3.15 (names of layers are unique)",
    by="graph",
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 8, activation: relu, name: answer}
          - Dense: {units: 3, activation: softmax, name: Answer}  # ! F019
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
def name_used_twice(subject: Subject) -> Iterator[Finding]:
    """The name is how a layer is found again: in weights, in phases, in pictures. Two names that
    differ only in case count as one, since files are named after them.
    """
    return iter(())
