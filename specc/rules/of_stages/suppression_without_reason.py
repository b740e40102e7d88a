"""U902: a comment that does not say why."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "U902",
    "suppression without a reason",
    "warning",
    source="rule catalogue, U902",
    by="suppressions",
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 10, activation: sigmoid}  # specc: ignore[P304]  # ! U902
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          # specc: ignore[P304] the labels are scores, and one of them is nearly 1
          - Dense: {units: 10, activation: sigmoid}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def suppression_without_reason(subject: Subject) -> Iterator[Finding]:
    """The finding is known to whoever wrote the comment, and why it does not hold here is known to
    nobody else. The reason stands behind the bracket, and goes into the output of `--format sarif`.
    """
    return iter(())
