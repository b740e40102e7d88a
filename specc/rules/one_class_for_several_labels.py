"""P321: exactly one class is right, says the model; several labels can be, says the task."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.writing import both, last_activation, loss
from specc.subject import Subject


@rule(
    "P321",
    "one class for several labels",
    "error",
    source="notes K1 §2.2 (multilabel: sigmoid and binary_crossentropy); Theia, Humbatova et al.",
    covers=("out.softmax_on_multilabel",),
    bad="""
        specc: 1
        task: multilabel
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 5, activation: softmax}  # ! P321
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        task: multilabel
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 5, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
)
def one_class_for_several_labels(subject: Subject) -> Iterator[Finding]:
    """The outputs of a softmax add up to 1. Where two labels hold, each can get a half at most,
    and where none does, the model must still name one. With several labels at once each is a
    question of its own: sigmoid units and `binary_crossentropy`.
    """
    pair = subject.pair
    if not pair or pair.task != "multilabel" or not pair.fits or not pair.exclusive_loss:
        return
    yield Finding(
        "the model says which one label holds, and several can hold at once",
        pair.head.path,
        pair.head.on_key,
        label="expected `sigmoid`",
        help="write `activation: sigmoid` and `loss: binary_crossentropy`",
        notes=(subject.task_note(), pair.loss_note()),
        fix=both(last_activation(subject, pair, "sigmoid"), loss(pair, "binary_crossentropy")),
    )
