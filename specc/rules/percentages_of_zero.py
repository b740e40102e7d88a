"""P333: errors in percent of targets among which is zero."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.writing import loss
from specc.subject import Subject
from specc.task import REALS


@rule(
    "P333",
    "percentages of zero",
    "warning",
    source="Keras 3.15 (`mape` divides by the target, or by 1e-7); DeepFD",
    covers=("out.loss_domain",),
    bad="""
        specc: 1
        data:
          arrays: {x: x.npy, y: y.npy}
          facts: {shape: [13], labels: real, target_range: [0, 5]}
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train:
          optimizer: adam
          loss: mape  # ! P333
        """,
    good="""
        specc: 1
        data:
          arrays: {x: x.npy, y: y.npy}
          facts: {shape: [13], labels: real, target_range: [0, 5]}
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train: {optimizer: adam, loss: mae}
        """,
)
def percentages_of_zero(subject: Subject) -> Iterator[Finding]:
    """The error is divided by the target, and where that is 0 by 0.0000001: one row in which the
    model says 0.1 in place of 0 weighs as much as a million others that are 100 % off. All that is
    trained is to answer 0 there.
    """
    pair, span = subject.pair, subject.facts.target_range
    if pair is None or span is None or pair.task not in REALS or not pair.suits:
        return
    if type(pair.loss).__name__ == "MeanAbsolutePercentageError" and span[0] <= 0 <= span[1]:
        reach = f"{span[0]:g} to {span[1]:g}"
        yield Finding(
            f"`{pair.loss.called}` divides by the targets, which go from {reach}",
            pair.place,
            not pair.written,
            label="expected `mae`",
            help="write `mae`, which measures the distance itself",
            notes=(subject.task_note(),),
            fix=loss(pair, "mae"),
        )
