"""D536: a model of several outputs, and data that give the target of one."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.wording import listing


@rule(
    "D536",
    "one target for several outputs",
    "error",
    source="Keras 3.15 (`CompileLoss`: structure of the targets), as run",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          inputs: {image: [8, 8, 1]}
          layers:
            - Flatten
            - Dense: {units: 64, activation: relu, name: seen}
            - Dense: {from: seen, units: 10, activation: softmax, name: digit}
            - Dense: {from: seen, units: 1, activation: sigmoid, name: even}
          outputs: [digit, even]  # ! D536
        train:
          optimizer: rmsprop
          loss: {digit: sparse_categorical_crossentropy, even: binary_crossentropy}
          epochs: 20
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          inputs: {image: [8, 8, 1]}
          layers:
            - Flatten
            - Dense: {units: 64, activation: relu, name: seen}
            - Dense: {from: seen, units: 10, activation: softmax, name: digit}
          outputs: [digit]
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
)
def one_target_for_several_outputs(subject: Subject) -> Iterator[Finding]:
    """Each row of these data has one target, and an output is trained on a target of its own. Keras
    stops at the first batch: `y_true and y_pred have different structures`. `arrays` takes a target
    for each output. Without data such a graph can still be checked, shown and built.
    """
    graph, source = subject.entire.graph, subject.facts.source
    if not source or len({*graph.outputs}) < 2 or subject.facts.targets:
        return
    yield Finding(
        f"the model has {len(graph.outputs)} outputs, and the data give one target",
        ("model", "outputs"),
        on_key=True,
        label=f"expected one output, not {listing(graph.output_names, 4)}",
        help="name one output, or give `arrays` a target for each: `y: {a: …, b: …}`",
        notes=(Note("the data", ("data", source), on_key=True),),
    )
