"""D511: more steps in an epoch than there are batches."""

from collections.abc import Iterator
from math import ceil

from specc.rules.amounts import train_rows
from specc.rules.base import Finding, rule
from specc.rules.writing import dropped
from specc.subject import Subject


@rule(
    "D511",
    "epoch beyond the data",
    "hint",
    source="notes J1 (2,000 samples / 20), K2",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          batch_size: 32
          preprocess: [{Rescaling: 1/16}]
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: rmsprop
          loss: sparse_categorical_crossentropy
          epochs: 20
          steps_per_epoch: 1437  # ! D511
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
        train:
          optimizer: rmsprop
          loss: sparse_categorical_crossentropy
          epochs: 20
        """,
)
def epoch_beyond_the_data(subject: Subject) -> Iterator[Finding]:
    """An epoch is one pass over the training rows: as many steps as there are batches. Beyond
    that an epoch goes through rows again before the model is scored, and callbacks that count
    epochs wait longer than it seems. Keras alone would stop with "your input ran out of data".
    Usually `steps_per_epoch` was given the number of rows instead of batches, or `batch_size`
    changed later.
    """
    train, rows = subject.spec.train, train_rows(subject)
    if train.steps_per_epoch is None or subject.spec.data is None or rows is None:
        return
    batches = ceil(rows / subject.spec.data.batch_size)
    if train.steps_per_epoch <= batches:
        return
    passes = -(-train.steps_per_epoch // batches)
    yield Finding(
        f"an epoch of {train.steps_per_epoch:,} steps takes {passes:,} passes over the data",
        ("train", "steps_per_epoch"),
        label=f"{rows:,} rows are {batches:,} batches",
        help="leave `steps_per_epoch` out",
        fix=dropped(subject, ("train", "steps_per_epoch")),
    )
