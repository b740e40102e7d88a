"""P322: a loss that compares classes, and targets that are numbers."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.soft_labels import soft_labels
from specc.rules.writing import both, last_activation, loss
from specc.subject import Subject


@rule(
    "P322",
    "classification loss on numbers",
    "error",
    source="notes K1 §2.2 (regression: no activation, mse); Theia, DeepDiagnosis",
    covers=("out.classification_loss_for_regression", "out.loss_domain"),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: diabetes}
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: {RMSprop: {learning_rate: 0.01}}
          loss: binary_crossentropy  # ! P322
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: diabetes}
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train:
          optimizer: {RMSprop: {learning_rate: 0.01}}
          loss: mse
        """,
)
def class_loss_on_numbers(subject: Subject) -> Iterator[Finding]:
    """A crossentropy takes targets for shares of classes. A price of 50 is no share, and the
    formula has no lower limit for it: the model predicts 1 for every row and the loss keeps
    falling. What is asked for is a distance, such as `mse`, and a last layer without limits.

    Shares of classes are left alone: from 0 to 1, a column for each unit.

    Measured: targets around 20 behind a sigmoid read loss -136 after twenty epochs.
    """
    pair = subject.pair
    if not pair or not pair.classes_for_numbers or (pair.one_unit and pair.exclusive_head):
        return
    if soft_labels(subject) and pair.encoding != "integer":
        return
    given, head = subject.facts.target_range, pair.head
    span = f" from {given[0]:g} to {given[1]:g}" if given else ""
    change = "" if head.linear else ", and remove the last activation"
    without = [] if head.linear else [last_activation(subject, pair, "linear")]
    yield Finding(
        f"`{pair.loss.called}` compares classes, and the targets are numbers{span}",
        pair.place,
        not pair.written,
        label="expected `mse` or another distance",
        help=f"write `loss: mse`{change}",
        notes=(pair.head_note(), subject.task_note()),
        fix=both(loss(pair, "mse"), *without),
    )
