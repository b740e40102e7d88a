"""S208: inputs that cannot be merged."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S208",
    "shapes that do not merge",
    "error",
    source="Keras 3.15 (merging layers, as built)",
    by="graph",
    covers=("api.merge_shape_mismatch",),
    bad="""
        specc: 1
        model:
          inputs: {left: [16], right: [12]}
          layers:
            - Dense: {from: left, units: 8, activation: relu, name: a}
            - Add: {from: [a, right]}  # ! S208
            - Dense: {units: 1, activation: sigmoid, name: same}
          outputs: [same]
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
    good="""
        specc: 1
        model:
          inputs: {left: [16], right: [12]}
          layers:
            - Dense: {from: left, units: 8, activation: relu, name: a}
            - Dense: {from: right, units: 8, activation: relu, name: b}
            - Add: {from: [a, b]}
            - Dense: {units: 1, activation: sigmoid, name: same}
          outputs: [same]
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
)
def shapes_do_not_merge(subject: Subject) -> Iterator[Finding]:
    """Merging value by value wants one shape, or 1 where sizes differ, as numpy broadcasts; joining
    wants shapes that differ in the joined axis alone. The notes show where both shapes come from:
    a pooling or a stride on one way and not on the other is the usual reason. The same holds for a
    list of numbers over an axis, as in `Rescaling: {scale: [0.1, 0.2]}`.
    """
    return iter(())
