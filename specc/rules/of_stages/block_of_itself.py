"""F034: a block that uses itself, at once or over others."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F034",
    "block that uses itself",
    "error",
    source="the language, 3: blocks are written out when they are read",
    by="schema",
    bad="""
        specc: 1
        blocks:
          hidden:  # ! F034
            parameters: {units: null}
            layers:
              - Dense: {units: $units, activation: relu}
              - deep
          deep:
            layers:
              - hidden: {units: 32}
              - hidden: {units: 16}
        model:
          - Input: [8]
          - deep
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        blocks:
          hidden:
            parameters: {units: null}
            layers:
              - Dense: {units: $units, activation: relu}
              - Dropout: 0.2
          deep:
            layers:
              - hidden: {units: 32}
              - hidden: {units: 16}
        model:
          - Input: [8]
          - deep
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def block_of_itself(subject: Subject) -> Iterator[Finding]:
    """A block is written out where it is used. One that uses itself would have no end: `repeat`
    writes layers a number of times, and another block holds what two have in common.
    """
    return iter(())
