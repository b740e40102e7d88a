"""F005: a character that text must not hold."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F005",
    "character that is not text",
    "error",
    source="YAML 1.2.2 §5.1; Boucher and Anderson, Trojan Source (2021)",
    by="reader",
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 3\u200b, activation: softmax}  # ! F005
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
def forbidden_character(subject: Subject) -> Iterator[Finding]:
    """Control characters, marks that reverse the direction of writing and spaces without a width
    make a line look different from what is read. They come in by copying from web pages, or on
    purpose.
    """
    return iter(())
