"""F003: a feature of YAML that specs do without."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F003",
    "feature of YAML that is not used here",
    "error",
    source="language: one document of plain data",
    by="reader",
    bad="""
        specc: 1
        model:
          - Input: !!python/tuple [4]  # ! F003
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
def forbidden_yaml(subject: Subject) -> Iterator[Finding]:
    """Tags, directives, merge keys and second documents make a text mean something other than what
    it shows, and tags can run code in careless readers. A spec is one document of plain data.
    """
    return iter(())
