"""U905: a comment on an error without which there is no program."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "U905",
    "suppression of an error that must be put right",
    "warning",
    source="one program, two readers: neither makes a decision",
    by="suppressions",
    bad="""
        specc: 1
        model:
          - Input: [20]
          # specc: ignore[F010] a key for later  # ! U905
          - Dense: {units: 10, activation: softmax}
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
def suppression_of_an_error_that_stands(subject: Subject) -> Iterator[Finding]:
    """What is misspelt, does not fit or cannot be read leaves nothing to build: every error of form
    and shape, and those that a stage of the compiler reports. They hold in spite of a suppression
    and of `ignore` and `severity` in `pyproject.toml`. Errors of the other families, warnings and
    hints can be suppressed.
    """
    return iter(())
