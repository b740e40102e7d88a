"""F001: text that YAML cannot be made of."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F001",
    "text is not YAML",
    "error",
    source="YAML 1.2.2",
    by="reader",
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Dense:{units: 3, activation: softmax}  # ! F001
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
def unreadable_yaml(subject: Subject) -> Iterator[Finding]:
    """The text breaks a rule of YAML, so nothing after that place can be trusted. The usual slips
    are a tab in the indentation, a bracket that is not closed, a missing comma and a missing
    space behind a colon; the message names the one it looks like, at the place where it
    happened and not where the parser gave up.
    """
    return iter(())
