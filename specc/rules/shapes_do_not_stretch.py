"""S208: numbers that do not fit the axis they are for."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S208",
    "shapes do not stretch over each other",
    "error",
    source="NumPy's rule of broadcasting, as in Keras",
    by="graph",
    covers=("api.merge_shape_mismatch",),
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Rescaling: {scale: [0.1, 0.2, 0.5]}  # ! S208
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [4]
          - Rescaling: {scale: [0.1, 0.2, 0.5, 1.0]}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def shapes_do_not_stretch(subject: Subject) -> Iterator[Finding]:
    """Two shapes go together where each axis is equal or 1. A list of three factors has no meaning
    for four columns.
    """
    return iter(())
