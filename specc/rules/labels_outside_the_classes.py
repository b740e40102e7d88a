"""D544: integer labels that do not count from 0."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D544",
    "labels outside the classes",
    "error",
    source="Keras 3.15 (`sparse_categorical_crossentropy` counts classes from 0)",
    by="looking",
    bad="""
        specc: 1
        data:
          arrays: {path: wines.npz}
          preprocess: [Normalization]
        model:
          - Input: [12]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 50}
        """,
    good="""
        specc: 1
        data:
          arrays: {path: wines.npz}
          preprocess: [Normalization]
        model:
          - Input: [12]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 50}
        """,
)
def labels_outside_the_classes(subject: Subject) -> Iterator[Finding]:
    """Integer labels number the classes from 0. Labels from 1 to n leave the first unit without a
    row and have none for the last class: on a processor TensorFlow fails, on a GPU the loss becomes
    NaN. `specc data` compares the labels of every part with the classes.
    """
    return iter(())
