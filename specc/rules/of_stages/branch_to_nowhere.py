"""F032: a layer whose result nothing takes."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F032",
    "branch that leads nowhere",
    "error",
    source="Keras 3.15 (layers that no output depends on are dropped)",
    by="graph",
    covers=("api.disconnected",),
    bad="""
        specc: 1
        model:
          inputs: {photo: [16], age: [1]}
          layers:
            - Dense: {from: photo, units: 8, activation: relu, name: seen}  # ! F032
            - Concatenate: {from: [photo, age]}
            - Dense: {units: 3, activation: softmax, name: kind}
          outputs: [kind]
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          inputs: {photo: [16], age: [1]}
          layers:
            - Dense: {from: photo, units: 8, activation: relu, name: seen}
            - Concatenate: {from: [seen, age]}
            - Dense: {units: 3, activation: softmax, name: kind}
          outputs: [kind]
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def branch_to_nowhere(subject: Subject) -> Iterator[Finding]:
    """Keras builds a model from its outputs back to its inputs, and drops all else without a
    word: a branch that was meant to be joined is neither trained nor saved. Join it with
    `Concatenate` or `Add`, make it an output, or remove it.
    """
    return iter(())
