"""D591: class numbers that were scaled like inputs."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D591",
    "class numbers that were scaled",
    "error",
    source="DeepLocalize and Theia (Stack Overflow 59325381); TheDeepChecker, Humbatova D9",
    covers=("data.labels_corrupted",),
    bad="""
        specc: 1
        data:
          arrays: {x: x.npy, y: y_over_255.npy}
          facts: {shape: [784], range: [0, 1], classes: 10, labels: real}  # ! D591
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
    good="""
        specc: 1
        data:
          arrays: {x: x.npy, y: y.npy}
          facts: {shape: [784], range: [0, 1], classes: 10, labels: integer}
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
)
def class_numbers_scaled(subject: Subject) -> Iterator[Finding]:
    """A class number says which unit should answer. Divided by 255 like the pixels, the numbers 0
    to 9 are all cut down to 0 where a loss needs whole ones: every row is of the first class, the
    loss falls to nearly 0, and the model tells nothing apart.
    """
    facts = subject.facts
    if facts.labels != "real" or facts.classes is None:
        return
    declared = subject.get(("data", "facts", "labels")) is not None
    yield Finding(
        f"there are {facts.classes} classes, and the labels are no class numbers",
        ("data", "facts", "labels") if declared else ("data", facts.source),
        on_key=not declared,
        label=f"expected whole numbers from 0 to {facts.classes - 1}",
        help="scale the inputs alone; `preprocess` never touches the targets",
    )
