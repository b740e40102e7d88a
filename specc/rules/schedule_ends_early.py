"""T628: a schedule that reaches its end long before the training does."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.amounts import steps_per_epoch, tuned, updates
from specc.rules.base import Finding, rule
from specc.subject import Subject

NOTHING = 0.01  # share of the first rate at which next to nothing is learned


@rule(
    "T628",
    "schedule that ends early",
    "warning",
    source="Keras 3.15 (measured)",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer:
            Adam:
              learning_rate:
                CosineDecay: {initial_learning_rate: 0.001, decay_steps: 20}  # ! T628
          loss: sparse_categorical_crossentropy
          epochs: 20
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer:
            Adam:
              learning_rate:
                CosineDecay: {initial_learning_rate: 0.001, decay_steps: 900}
          loss: sparse_categorical_crossentropy
          epochs: 20
        """,
)
def schedule_ends_early(subject: Subject) -> Iterator[Finding]:
    """Schedules count steps, which are batches, not epochs. A cosine that comes down to 0 stays
    there, and the rest of the training changes nothing.

    Measured on digits with the end after one epoch of twenty: the validation accuracy stays
    at 0.394 from the first epoch to the last.
    """
    found, steps = tuned(subject), updates(subject)
    schedule = found.kind.rate if found and found.rate is None else None
    length = _length(schedule)
    if found is None or steps is None or length is None or 2 * length > steps:
        return
    path = subject.at(found.at_rate, "decay_steps")
    yield Finding(
        f"the learning rate is down to nothing after {length:,} of {steps:,} steps",
        path,
        label=f"expected about {steps}",
        help=f"an epoch is {steps_per_epoch(subject):,} steps",
        notes=(Note("the training", ("train", "epochs")),),
    )


def _length(schedule: object) -> int | None:
    """The steps until next to nothing is left of the rate; None where some is left."""
    match type(schedule).__name__:
        case "CosineDecay":
            left = getattr(schedule, "alpha", 0)
            warm_up = getattr(schedule, "warmup_steps", 0)
        case "PolynomialDecay" if not getattr(schedule, "cycle", False):
            first = getattr(schedule, "initial_learning_rate", 0) or 1
            left, warm_up = getattr(schedule, "end_learning_rate", 0) / first, 0
        case _:
            return None
    steps = getattr(schedule, "decay_steps", 0) + warm_up
    return int(steps) if left <= NOTHING else None
