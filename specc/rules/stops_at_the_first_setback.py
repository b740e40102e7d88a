"""T623: early stopping that does not wait."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.writing import option
from specc.subject import Subject


@rule(
    "T623",
    "stops at the first setback",
    "hint",
    source="Keras 3.15 (`patience` is 0 by default)",
    covers=("cb.earlystop_patience",),
    bad="""
        specc: 1
        model:
          - Input: [64]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: rmsprop
          loss: sparse_categorical_crossentropy
          epochs: 20
          callbacks:
            - EarlyStopping  # ! T623
        """,
    good="""
        specc: 1
        model:
          - Input: [64]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: rmsprop
          loss: sparse_categorical_crossentropy
          epochs: 20
          callbacks:
            - EarlyStopping: {patience: 3}
        """,
)
def stops_at_the_first_setback(subject: Subject) -> Iterator[Finding]:
    """The validation loss goes up and down by chance from one epoch to the next. Without
    patience, which is Keras' default, the first step up ends the training, often after two or
    three epochs.
    """
    for kind, path in subject.callbacks:
        if type(kind).__name__ == "EarlyStopping" and getattr(kind, "patience", None) == 0:
            yield Finding(
                "early stopping without patience ends at the first setback",
                subject.at(path, "patience"),
                help="write `EarlyStopping: {patience: 3}` or more",
                fix=option(subject, path, kind, "patience", "3"),
            )
