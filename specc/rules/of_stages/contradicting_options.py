"""F017: options that exclude each other, or need each other."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F017",
    "options that do not go together",
    "error",
    source="language §4 (exactly one source key)",
    by="schema",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          arrays: {x: x.npy, y: y.npy}  # ! F017
        model:
          - Input: [4]
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
def contradicting_options(subject: Subject) -> Iterator[Finding]:
    """Each value is right by itself, and together they leave open what is meant: two data sources,
    a single folder and folders for the parts, means without variances.
    """
    return iter(())
