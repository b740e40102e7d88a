"""U901: a comment that answers no finding."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "U901",
    "suppression that suppresses nothing",
    "warning",
    source="rule catalogue, U901",
    by="suppressions",
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 10, activation: softmax}  # specc: ignore[P304] scores  # ! U901
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
def suppression_without_effect(subject: Subject) -> Iterator[Finding]:
    """What was suppressed is not found there any more: it was put right, or the line has moved away
    from its comment. Left where it is, the comment would hide the next finding of that code. It is
    said only where the check could look: not beside errors of form or shape, not without the data,
    and not of what `specc data` or `specc run` alone can find.
    """
    return iter(())
