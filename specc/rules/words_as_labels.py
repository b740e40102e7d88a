"""D590: labels that are words, for a loss that takes numbers."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D590",
    "words as labels",
    "error",
    source="Keras 3.15; Stack Overflow 61997645",
    covers=("out.label_encoding_vs_loss",),
    bad="""
        specc: 1
        data:
          arrays: {x: x.npy, y: names.npy}
          facts:
            shape: [20]
            labels: text  # ! D590
            classes: 2
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
    good="""
        specc: 1
        data:
          arrays: {x: x.npy, y: numbers.npy}
          facts: {shape: [20], labels: binary}
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
)
def words_as_labels(subject: Subject) -> Iterator[Finding]:
    """A loss computes with its targets. `"yes"` and `"no"` are no numbers, and `fit` stops at the
    first batch. Class numbers count from 0, in an order that has to be kept for the predictions.
    """
    if subject.facts.labels == "text":
        yield Finding(
            "the labels are words, and a loss takes numbers",
            ("data", "facts", "labels"),
            label="expected class numbers, or one-hot rows",
            help="number the classes from 0 before the arrays are saved",
        )
