"""T626: thousands of epochs, and nothing that would end them."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject

MANY = 2000
MANY_FOR_FEW = 500
FEW_ROWS = 1000


@rule(
    "T626",
    "endless training",
    "hint",
    source="notes K1 §1.6 (overfitting); UMLAUT, SageMaker Debugger (overtraining)",
    covers=("hp.epochs_excessive",),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: rmsprop
          loss: binary_crossentropy
          epochs: 2000  # ! T626
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: rmsprop
          loss: binary_crossentropy
          epochs: 2000
          callbacks:
            - EarlyStopping: {patience: 20, restore_best_weights: true}
        """,
)
def endless_training(subject: Subject) -> Iterator[Finding]:
    """After some epochs a network begins to learn the training rows by heart, and its score on
    others falls. The notes' film reviews are at their best after four epochs of twenty. Early
    stopping ends the training there, and keeps the weights of the best epoch.
    """
    epochs, rows = subject.spec.train.epochs, subject.facts.given.get("train")
    if epochs is None or subject.spec.train.steps_per_epoch is not None:
        return
    if any(type(kind).__name__ == "EarlyStopping" for kind in subject.spec.train.callbacks):
        return
    if epochs > MANY or (epochs > MANY_FOR_FEW and rows is not None and rows < FEW_ROWS):
        yield Finding(
            f"{epochs:,} epochs, and nothing ends the training earlier",
            ("train", "epochs"),
            help="add `EarlyStopping: {patience: 20, restore_best_weights: true}` to `callbacks`",
        )
