"""D544: integer labels that do not count from 0."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D544",
    "labels outside the classes",
    "error",
    source="Keras 3.15 (`sparse_categorical_crossentropy` counts classes from 0)",
    covers=("out.labels_out_of_loss_domain",),
    bad="""
        specc: 1
        data:
          arrays: {x: x.npy, y: y.npy}
          facts:
            shape: [12]
            labels: integer
            classes: 3
            target_range: [1, 3]  # ! D544
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 50}
        """,
    good="""
        specc: 1
        data:
          arrays: {x: x.npy, y: y.npy}
          facts: {shape: [12], labels: integer, classes: 3, target_range: [0, 2]}
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 50}
        """,
)
def labels_outside_the_classes(subject: Subject) -> Iterator[Finding]:
    """Integer labels number the classes from 0. Labels from 1 to n leave the first unit without a
    row and have none for the last class: on a processor TensorFlow fails, on a GPU the loss becomes
    NaN. This compares what is declared; `specc data` compares the labels of every part.
    """
    pair, facts = subject.pair, subject.facts
    span, path = facts.target_range, ("data", "facts", "target_range")
    if pair is None or span is None or facts.labels != "integer" or facts.classes is None:
        return
    inside = span[0] >= 0 and span[1] <= facts.classes - 1
    if inside or not pair.loss.probabilistic or subject.get(path) is None:
        return
    yield Finding(
        f"labels go from {span[0]:g} to {span[1]:g}, and {facts.classes} classes count from 0",
        path,
        label=f"expected 0 to {facts.classes - 1}",
        help="subtract the smallest label from all of them",
        notes=(pair.loss_note(),),
    )
