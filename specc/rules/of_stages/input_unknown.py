"""S218: a model whose input has no known shape."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S218",
    "shape of the input is not known",
    "error",
    source="language §3 (`Input` may be left out when `data:` determines the shape)",
    by="graph",
    bad="""
        specc: 1
        model:
          - Dense: {units: 3, activation: softmax}  # ! S218
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
def input_unknown(subject: Subject) -> Iterator[Finding]:
    """Every size in the model follows from that of its input. It comes from the data, or from an
    `Input` in front; here there is neither.
    """
    return iter(())
