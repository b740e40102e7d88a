"""F033: an input, a block or a parameter that nothing uses."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F033",
    "input, block or parameter without use",
    "warning",
    source="Keras 3.15 (an input that no layer takes must still be fed)",
    by="graph",
    bad="""
        specc: 1
        model:
          inputs: {photo: [16], age: [1], place: [2]}  # ! F033
          layers:
            - Dense: {from: photo, units: 8, activation: relu, name: seen}
            - Concatenate: {from: [seen, age]}
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
def declared_for_nothing(subject: Subject) -> Iterator[Finding]:
    """What is declared and never used was meant for something. Keras asks for the data of an input
    that no layer looks at; a parameter without a `$name` changes nothing, whatever a use gives
    for it.
    """
    return iter(())
