"""S224: an `Input` that is not the first layer."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S224",
    "`Input` in the middle",
    "error",
    source="Keras: `Sequential` refuses a second input",
    by="graph",
    bad="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - Flatten
          - Input: [784]  # ! S224
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def input_in_the_middle(subject: Subject) -> Iterator[Finding]:
    """Each layer takes what the one above gives, so its shape is known. `Input` says what the
    first of them takes; preprocessing takes what the data give.
    """
    return iter(())
