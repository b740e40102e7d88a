"""R806: what Keras refuses when the model is built or trained, told in terms of the spec."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "R806",
    "refused by Keras in the run",
    "error",
    source="Keras' own checks, at the time of the run",
    by="runs",
    bad="""
        specc: 1
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
def refused_by_keras(subject: Subject) -> Iterator[Finding]:
    """The check found nothing and Keras refuses the model or the data all the same: the data are
    not what the spec says, memory runs out, or specc does not know a limit of Keras. The line of
    the spec that the failing layer comes from is shown in place of the traceback, which is kept
    in the run directory.
    """
    return iter(())
