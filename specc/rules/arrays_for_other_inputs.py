"""D610: arrays that are named after no input of the model, and inputs without an array."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.names import strangers
from specc.subject import Subject


@rule(
    "D610",
    "arrays for other inputs than those of the model",
    "error",
    source="Keras 3.15 (`Functional`: names of the inputs), as run",
    bad="""
        specc: 1
        data:
          arrays: {path: pairs.npz, x: {left: first, rihgt: second}, y: same}  # ! D610
        model:
          inputs: {left: [8], right: [8]}
          layers:
            - Concatenate: {from: [left, right]}
            - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          arrays: {path: pairs.npz, x: {left: first, right: second}, y: same}
        model:
          inputs: {left: [8], right: [8]}
          layers:
            - Concatenate: {from: [left, right]}
            - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 20}
        """,
)
def arrays_for_other_inputs(subject: Subject) -> Iterator[Finding]:
    """An array goes into the input of its name. Keras leaves out what no input is named after,
    with a warning at most, and stops at the first batch for an input that gets nothing.
    """
    if not subject.facts.inputs or ("model", "inputs") in subject.broken:
        return
    names, taken = subject.facts.inputs, {ref for node in subject.nodes for ref in node.sources}
    written = [str(each.path[-1]) for each in subject.spec.model.inputs]
    inputs = [name for name in written if name in names or name in taken]
    yield from strangers(subject, "x", [*names], inputs, "input")
