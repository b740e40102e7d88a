"""D592: one array for the inputs and for the targets."""

from collections.abc import Iterator

from specc.data.arrays import Arrays
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D592",
    "target as input",
    "error",
    source="Stack Overflow 60831731",
    covers=("data.x_equals_y",),
    bad="""
        specc: 1
        data:
          arrays: {path: prices.npz, x: price, y: price}  # ! D592
          facts: {shape: [1], labels: real, target_range: [0, 5]}
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: 1
        train: {optimizer: adam, loss: mse}
        """,
    good="""
        specc: 1
        data:
          arrays: {path: prices.npz, x: rooms, y: price}
          facts: {shape: [1], labels: real, target_range: [0, 5]}
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: 1
        train: {optimizer: adam, loss: mse}
        """,
)
def target_as_input(subject: Subject) -> Iterator[Finding]:
    """A model that is given the answer learns to hand it on. The loss falls to nothing, on
    validation data too, and there is nothing that the model could predict later. Where the inputs
    are to be rebuilt, say so: `task: reconstruction`.
    """
    source = subject.spec.data.source if subject.spec.data else None
    if not isinstance(source, Arrays) or subject.spec.task == "reconstruction":
        return
    same = [part for part, (x, y) in source.pairs().items() if x == y]
    if same:
        yield Finding(
            "the inputs are the targets",
            ("data", "arrays", *source.option(same[0], 1)),
            label="the same array",
            help="name the array of the features; to rebuild inputs, write `task: reconstruction`",
        )
