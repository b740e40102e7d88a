"""F050: a part of the language that this version cannot do."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F050",
    "not supported yet",
    "error",
    source="language (sections and keys of later versions)",
    by="schema",
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        distribute: mirrored  # ! F050
        """,
    good="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def not_supported_yet(subject: Subject) -> Iterator[Finding]:
    """The language has it and this version of specc does not. It is refused rather than left out:
    a program that ignores half of what you asked for looks like one that does it.
    """
    return iter(())
