"""F021: a version of the language that this specc does not read."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F021",
    "unsupported version of the language",
    "error",
    source="language §1",
    by="schema",
    bad="""
        specc: 2  # ! F021
        model:
          - Input: [4]
          - Dense: {units: 3, activation: softmax}
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
def unsupported_version(subject: Subject) -> Iterator[Finding]:
    """`specc: 1` says which rules the text follows, so that a later specc can read it the same
    way. Another number is another language.
    """
    return iter(())
