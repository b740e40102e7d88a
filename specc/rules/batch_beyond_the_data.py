"""T605: batches larger than the training part, or so large that few are left."""

from collections.abc import Iterator
from math import ceil

from specc.rules.amounts import train_rows
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.wording import counted

LARGE = 512
FEW = 20  # steps in an epoch


@rule(
    "T605",
    "batch beyond the data",
    "hint",
    source="Theia, DeepFD",
    covers=("hp.batch_too_large",),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          batch_size: 2048  # ! T605
          preprocess: [{Rescaling: 1/16}]
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 300}
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
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 300}
        """,
)
def batch_beyond_the_data(subject: Subject) -> Iterator[Finding]:
    """The weights are changed once for each batch. Where one batch holds all rows, an epoch is a
    single step, and twenty epochs are twenty steps: measured on digits, an accuracy of 0.74
    where batches of 32 give 0.96.
    """
    data, rows = subject.spec.data, train_rows(subject)
    if data is None or rows is None:
        return
    steps = ceil(rows / data.batch_size)
    beyond = data.batch_size > rows
    if beyond or (data.batch_size > LARGE and steps < FEW):
        what = "is one step" if beyond else f"has {steps} steps"
        yield Finding(
            f"with batches of {data.batch_size:,} an epoch of {counted(rows, 'row')} {what}",
            ("data", "batch_size"),
            label="expected 16 to 256",
        )
