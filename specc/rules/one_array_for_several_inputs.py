"""D535: a model of several inputs, and data that give one."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.wording import listing


@rule(
    "D535",
    "one array for several inputs",
    "error",
    source="Keras 3.15 (`Functional`: structure of the inputs), as run",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          inputs: {size: [10], shape: [20]}  # ! D535
          layers:
            - Concatenate: {from: [size, shape]}
            - Dense: {units: 16, activation: relu}
            - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          inputs: {cells: [30]}
          layers:
            - Dense: {units: 16, activation: relu}
            - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 20}
        """,
)
def one_array_for_several_inputs(subject: Subject) -> Iterator[Finding]:
    """Each row of these data is one array, and nothing says which part of it goes into which input.
    Keras stops at the first batch: `expects 2 named input(s) … but it received 1 input tensors`.
    `arrays` takes an array for each input. Without data a graph of several inputs can still be
    checked, shown and built.
    """
    inputs, source = subject.spec.model.inputs, subject.facts.source
    if not source or len(inputs) < 2 or subject.facts.inputs:
        return
    names = [str(each.path[-1]) for each in inputs]
    yield Finding(
        f"the model takes {len(names)} inputs, and the data give one",
        ("model", "inputs"),
        on_key=True,
        label=f"expected one input, not {listing(names, 4)}",
        help="join them into one input, or give `arrays` an array for each: `x: {a: …, b: …}`",
        notes=(Note("the data", ("data", source), on_key=True),),
    )
