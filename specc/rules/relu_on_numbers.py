"""P323: a regression that ends with ReLU."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.task import REALS

DYING = ("relu", "relu6")


@rule(
    "P323",
    "relu at the end of a regression",
    "warning",
    source="notes K1 §2.2 (regression: no activation); DeepDiagnosis, Theia",
    covers=("out.relu_output",),
    bad="""
        specc: 1
        model:
          - Input: [13]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 1, activation: relu}  # ! P323
        train: {optimizer: rmsprop, loss: mse}
        """,
    good="""
        specc: 1
        model:
          - Input: [13]
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train: {optimizer: rmsprop, loss: mse}
        """,
)
def relu_on_numbers(subject: Subject) -> Iterator[Finding]:
    """Below 0 ReLU gives 0 and has the gradient 0. One large step can push the only unit there
    for every row; from then on the model predicts 0 and learns nothing. It depends on the
    initial weights whether that happens, so the same spec works with one seed and not with
    another. Where the targets are never negative, `softplus` gives the same limit and a gradient.
    """
    pair = subject.pair
    if not pair or not pair.fits or not pair.distance or subject.task not in REALS:
        return
    head, given = pair.head, subject.target_range
    if subject.spec.data and subject.spec.data.target_scaling:
        return  # D588: out of reach altogether
    if head.activation not in DYING or head.activation in pair.loss.head:
        return
    if given is not None and given[0] < 0 and pair.task:
        return  # P308: out of reach altogether
    yield Finding(
        f"a regression that ends with `{head.activation}` can get stuck at 0",
        head.path,
        head.on_key,
        label="expected no activation",
        help="remove the activation; for targets that are never negative, `softplus`",
        notes=(pair.loss_note(),),
        fix=() if head.on_key else (Edit(head.path, "linear"),),
    )
