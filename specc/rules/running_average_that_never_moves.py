"""T615: a share of the past of 1 or more."""

from collections.abc import Iterator

from specc.rules.amounts import tuned
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "T615",
    "running average that never moves",
    "error",
    source="Keras 3.15 (measured)",
    covers=("opt.eps_decay_momentum",),
    bad="""
        specc: 1
        model:
          - Input: [64]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: {Adam: {beta_1: 1.0}}  # ! T615
          loss: sparse_categorical_crossentropy
        """,
    good="""
        specc: 1
        model:
          - Input: [64]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: {Adam: {beta_1: 0.9}}
          loss: sparse_categorical_crossentropy
        """,
)
def running_average_that_never_moves(subject: Subject) -> Iterator[Finding]:
    """The optimizer averages gradients as `beta * average + (1 - beta) * gradient`. With 1 the
    gradient does not count; beyond 1 the average grows without end. Keras takes both.

    Measured: `beta_1: 1.0` makes the loss NaN; `beta_2: 1.0` leaves the weights as they are;
    `rho: 1.0` never gets below the loss it starts with.
    """
    found = tuned(subject)
    if found is None:
        return
    for option in found.stuck:
        default = type(found.kind).model_fields[option].default
        yield Finding(
            f"`{option}: {getattr(found.kind, option):g}` never lets a gradient count",
            subject.at(found.path, option),
            label="expected less than 1",
            help=f"Keras' default is {default:g}",
        )
