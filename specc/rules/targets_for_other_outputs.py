"""D611: targets that are named after no output of the model, and outputs without a target."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.names import strangers
from specc.subject import Subject


@rule(
    "D611",
    "targets for other outputs than those of the model",
    "error",
    source="Keras 3.15 (`CompileLoss`: names of the targets), as run",
    bad="""
        specc: 1
        data:
          arrays: {path: people.npz, x: x, y: {sick: sick, costs: cost}}  # ! D611
        model:
          inputs: {person: [8]}
          layers:
            - Dense: {units: 16, activation: relu, name: seen}
            - Dense: {from: seen, units: 1, activation: sigmoid, name: sick}
            - Dense: {from: seen, units: 1, name: cost}
          outputs: [sick, cost]
        train:
          optimizer: rmsprop
          loss: {sick: binary_crossentropy, cost: mse}
          epochs: 20
        """,
    good="""
        specc: 1
        data:
          arrays: {path: people.npz, x: x, y: {sick: sick, cost: cost}}
        model:
          inputs: {person: [8]}
          layers:
            - Dense: {units: 16, activation: relu, name: seen}
            - Dense: {from: seen, units: 1, activation: sigmoid, name: sick}
            - Dense: {from: seen, units: 1, name: cost}
          outputs: [sick, cost]
        train:
          optimizer: rmsprop
          loss: {sick: binary_crossentropy, cost: mse}
          epochs: 20
        """,
)
def targets_for_other_outputs(subject: Subject) -> Iterator[Finding]:
    """A target is compared with the output of its name. Keras stops at the first batch for a name
    that it does not know, and for an output with a loss and no target.
    """
    graph, targets = subject.entire.graph, subject.facts.targets
    if not targets or not graph.outputs:
        return
    trained = [
        name
        for name in graph.output_names
        if name in targets or not _untrained(subject.entire, name)
    ]
    yield from strangers(subject, "y", [*targets], trained, "output")


def _untrained(subject: Subject, name: str) -> bool:
    """Whether the losses leave an output out."""
    return any(view.output == name and view.untrained for view in subject.views())
