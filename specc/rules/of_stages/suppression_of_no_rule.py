"""U904: a comment that names no code of a rule."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "U904",
    "suppression that names no rule",
    "warning",
    source="the syntax of suppressions",
    by="suppressions",
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 10, activation: softmax}  # specc: ignore[p304] scores  # ! U904
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
def suppression_of_no_rule(subject: Subject) -> Iterator[Finding]:
    """A suppression is `# specc: ignore[CODE, CODE] reason`, at the end of the line of the finding
    or alone in the line above. A code that no rule has suppresses nothing, and so does a comment
    without brackets.
    """
    return iter(())
