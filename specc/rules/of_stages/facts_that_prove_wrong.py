"""D538: declared facts that the data contradict."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D538",
    "facts that prove wrong",
    "error",
    source="language §4 (`facts`)",
    by="inspect",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          facts:
            samples: 596  # ! D538
            labels: binary
          preprocess: [Normalization]
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy, epochs: 50}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          facts: {samples: 569, labels: binary}
          preprocess: [Normalization]
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy, epochs: 50}
        """,
)
def facts_that_prove_wrong(subject: Subject) -> Iterator[Finding]:
    """`facts` say what cannot be looked at where the spec is checked, and rules believe them.
    As soon as the data are there they are compared: data that have changed since are found by
    the number that someone once wrote down, and not by a model that has become worse.
    """
    return iter(())
