"""F031: a cycle."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F031",
    "layers that wait for each other",
    "error",
    source="Keras 3.15 (models are acyclic)",
    by="graph",
    bad="""
        specc: 1
        model:
          inputs: {photo: [16], age: [1]}
          layers:
            - Dense: {from: kind, units: 8, activation: relu, name: seen}  # ! F031
            - Concatenate: {from: [seen, photo, age]}
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
def cycle_of_layers(subject: Subject) -> Iterator[Finding]:
    """Data flow one way through a model: what a layer takes must exist before it. Layers may stand
    in any order, so that a name further down is no mistake in itself, but a ring of them can
    never begin. Loops over time are recurrent layers.
    """
    return iter(())
