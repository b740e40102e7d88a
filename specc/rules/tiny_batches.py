"""T624: batches of a few rows, for many rows."""

from collections.abc import Iterator

from specc.rules.amounts import train_rows
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.wording import counted

SMALL = 8
MANY = 1000


@rule(
    "T624",
    "tiny batches",
    "hint",
    source="Theia, DeepFD, Humbatova et al.",
    covers=("hp.batch_too_small",),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          batch_size: 2  # ! T624
          preprocess: [{Rescaling: 1/16}]
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          batch_size: 32
          preprocess: [{Rescaling: 1/16}]
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
)
def tiny_batches(subject: Subject) -> Iterator[Finding]:
    """The gradient of a few rows is mostly noise, and each step has its price whatever the size
    of the batch: an epoch takes many times longer. With a few hundred rows that may be wise;
    with thousands, batches of 32 to 256 are usual.
    """
    data, rows = subject.spec.data, train_rows(subject)
    if data is None or rows is None or rows <= MANY or data.batch_size >= SMALL:
        return
    if any(subject.of("BatchNormalization")) and data.batch_size == 1:
        return
    yield Finding(
        f"batches of {data.batch_size} are small for {counted(rows, 'row')}",
        ("data", "batch_size"),
        label="expected 32 to 256",
    )
