"""F010: a key that nothing reads."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F010",
    "unknown key",
    "error",
    source="language §2 (unknown keys are errors at every depth)",
    by="schema",
    covers=("api.unknown_argument",),
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 3, activaton: softmax}  # ! F010
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
def unknown_key(subject: Subject) -> Iterator[Finding]:
    """An option that is misspelt is an option that is not set. Readers that pass over what they do
    not know train another model than the one you described, and report success.
    """
    return iter(())
