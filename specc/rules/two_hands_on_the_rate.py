"""T608: a schedule for the learning rate, and a callback that sets it too."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.amounts import tuned
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.training.base import Callback


@rule(
    "T608",
    "two hands on the learning rate",
    "error",
    source="Keras 3.15 (measured)",
    bad="""
        specc: 1
        model:
          - Input: [64]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer:
            Adam:
              learning_rate: {CosineDecay: {initial_learning_rate: 0.001, decay_steps: 5000}}
          loss: sparse_categorical_crossentropy
          callbacks:
            - ReduceLROnPlateau: {factor: 0.5, patience: 2}  # ! T608
        """,
    good="""
        specc: 1
        model:
          - Input: [64]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: {Adam: {learning_rate: 0.001}}
          loss: sparse_categorical_crossentropy
          callbacks:
            - ReduceLROnPlateau: {factor: 0.5, patience: 2}
        """,
)
def two_hands_on_the_rate(subject: Subject) -> Iterator[Finding]:
    """A schedule computes the learning rate from the number of steps, so that nothing else can
    set it. When the callback tries to, at the first plateau, the run ends with `TypeError: This
    optimizer was created with a LearningRateSchedule object`, after hours perhaps.
    """
    found = tuned(subject)
    if found is None or found.kind.rate is None or found.rate is not None:
        return
    for kind, path in subject.callbacks:
        if isinstance(kind, Callback) and kind.changes_rate:
            name = type(kind).__name__
            yield Finding(
                f"`{name}` cannot change a learning rate that follows a schedule",
                subject.at(path),
                on_key=True,
                help="keep one of the two: a number as `learning_rate`, or no such callback",
                notes=(Note("the schedule", found.at_rate),),
            )
