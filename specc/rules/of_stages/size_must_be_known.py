"""S215: weights for an axis whose size is open."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S215",
    "unknown size where a known one is needed",
    "error",
    source='Keras 3.15 ("the last dimension … should be defined")',
    by="graph",
    bad="""
        specc: 1
        model:
          - Input: [null, 8]
          - Flatten
          - Dense: {units: 3, activation: softmax}  # ! S215
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [null, 8]
          - GlobalAveragePooling1D
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def size_must_be_known(subject: Subject) -> Iterator[Finding]:
    """An axis may be left open, `null`, where the layer slides over it or averages it. A kernel
    needs a row for each value, so it must know how many there are.
    """
    return iter(())
