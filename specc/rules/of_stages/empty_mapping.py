"""F016: a key with nothing below it."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F016",
    "empty where something is expected",
    "error",
    source="the accidental dedent: ArcticTraining#159",
    by="schema",
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Dense:  # ! F016
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
def empty_mapping(subject: Subject) -> Iterator[Finding]:
    """A colon with nothing behind it is mostly a block whose lines lost their indentation. YAML
    reads an empty value, and what was meant as options becomes something else.
    """
    return iter(())
