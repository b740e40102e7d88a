"""F015: a word that is none of the choices."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F015",
    "unknown value",
    "error",
    source="Keras' own words for activations, paddings and so on",
    by="schema",
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 3, activation: sofmax}  # ! F015
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
def unknown_value(subject: Subject) -> Iterator[Finding]:
    """The option takes one of a few words, and this is none of them. The nearest one is named."""
    return iter(())
