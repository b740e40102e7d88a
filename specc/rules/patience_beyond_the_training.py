"""T604: a callback whose patience never ends in time."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.wording import counted


@rule(
    "T604",
    "patience beyond the training",
    "hint",
    source="Keras 3.15",
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
            - EarlyStopping: {monitor: val_loss, patience: 20}  # ! T604
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
            - EarlyStopping: {monitor: val_loss, patience: 4}
        """,
)
def patience_beyond_the_training(subject: Subject) -> Iterator[Finding]:
    """The callback acts after `patience` epochs without a better value. With as many epochs as
    there are in all it cannot act before the end. (To go on to the end and take the best
    weights then, `restore_best_weights: true` is enough of a reason.)
    """
    epochs = subject.spec.train.epochs
    for kind, path in subject.callbacks if epochs else ():
        patience = getattr(kind, "patience", None)
        restores = getattr(kind, "restore_best_weights", False)
        if patience is not None and epochs is not None and patience >= epochs and not restores:
            yield Finding(
                f"a patience of {counted(patience, 'epoch')} never ends in a training of {epochs}",
                subject.at(path, "patience"),
                label=f"expected less than {epochs}",
                notes=(Note("the training", ("train", "epochs")),),
            )
