"""F030: a name in `from`, `outputs`, `call` or a block that stands for nothing."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F030",
    "name of nothing",
    "error",
    source="Keras 3.15 (functional models); the language, 3",
    by="graph",
    bad="""
        specc: 1
        model:
          inputs: {photo: [16], age: [1]}
          layers:
            - Dense: {from: photo, units: 8, activation: relu, name: seen}
            - Concatenate: {from: [sen, age]}  # ! F030
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
def name_of_nothing(subject: Subject) -> Iterator[Finding]:
    """A graph is wired by names. One that no layer and no input has, a layer inside of a block,
    `$input` outside of one, or an output that a layer does not have, leaves open where the data
    come from. Names of layers in a block are its own: give the use a name and take what it gives.
    """
    return iter(())
