"""F014: a number that Keras cannot take."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F014",
    "value out of range",
    "error",
    source="Keras' own checks, made before Keras is loaded",
    by="schema",
    covers=("api.invalid_argument",),
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 0, activation: softmax}  # ! F014
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
def value_out_of_range(subject: Subject) -> Iterator[Finding]:
    """The value has the right type and no meaning: zero units, a dropout of 1.5. Keras refuses it
    too, when the model is built.
    """
    return iter(())
