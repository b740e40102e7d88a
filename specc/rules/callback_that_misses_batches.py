"""T632: a callback that works per batch, where several batches go by at once."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.rules.writing import dropped
from specc.subject import Subject
from specc.training.base import Callback


@rule(
    "T632",
    "callback that misses batches",
    "warning",
    source="Keras 3.15",
    bad="""
        specc: 1
        data: {dataset: {sklearn: digits}, preprocess: [{Rescaling: 1/16}]}
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: rmsprop
          loss: sparse_categorical_crossentropy
          epochs: 20
          steps_per_execution: 9
          callbacks:
            - TerminateOnNaN  # ! T632
        """,
    good="""
        specc: 1
        data: {dataset: {sklearn: digits}, preprocess: [{Rescaling: 1/16}]}
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: rmsprop
          loss: sparse_categorical_crossentropy
          epochs: 20
          callbacks:
            - TerminateOnNaN
        """,
)
def callback_that_misses_batches(subject: Subject) -> Iterator[Finding]:
    """With `steps_per_execution: 9` Keras tells callbacks of every ninth batch, and what that one
    logged. What should happen after so many batches, or at the first loss that is no number,
    happens later.
    """
    steps = subject.spec.train.steps_per_execution
    if steps is None or steps == 1:
        return
    for callback, path in subject.callbacks:
        if isinstance(callback, Callback) and callback.per_batch:
            yield Finding(
                f"`{type(callback).__name__}` works per batch, and hears of every {steps}th",
                path,
                help="leave `steps_per_execution` out",
                notes=(Note("batches at once", ("train", "steps_per_execution")),),
                fix=dropped(subject, ("train", "steps_per_execution")),
            )
