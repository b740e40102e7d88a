"""S232: whole numbers where fractions come out."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S232",
    "whole numbers for fractions",
    "error",
    source="Keras 3.15 (`GroupNormalization`, `RMSNormalization`, `SpectralNormalization`, as run)",
    by="graph",
    bad="""
        specc: 1
        model:
          - Input: {shape: [28, 28, 4], dtype: uint8}
          - GroupNormalization: {groups: 2}  # ! S232
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: {shape: [28, 28, 4], dtype: uint8}
          - Rescaling: 1/255
          - GroupNormalization: {groups: 2}
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def whole_numbers_for_fractions(subject: Subject) -> Iterator[Finding]:
    """These layers give what they compute the type of what came in. Of whole numbers the fractions
    are cut off, which leaves 0 nearly everywhere: the pictures or words are gone, and Keras says
    nothing. `UnitNormalization` fails at the first batch instead.
    """
    return iter(())
