"""F004: text beyond what is read."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F004",
    "limit exceeded",
    "error",
    source="libyaml (50,000 nested brackets end the process); billion laughs",
    by="reader",
    bad=f"""
        specc: 1
        description: {"[" * 100}deep{"]" * 100}  # ! F004
        model:
          - Input: [4]
          - Dense: {{units: 3, activation: softmax}}
        train: {{optimizer: adam, loss: categorical_crossentropy}}
        """,
    good="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def limit_exceeded(subject: Subject) -> Iterator[Finding]:
    """A few bytes of YAML can stand for gigabytes of data, and deep nesting ends the parser
    itself. Size, depth, length and growth by aliases have limits, which are far from what a
    person writes.
    """
    return iter(())
