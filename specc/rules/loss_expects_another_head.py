"""P320: a loss made for another range of outputs than the last activation gives."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "P320",
    "loss made for another last activation",
    "warning",
    source="Keras 3.15 (definitions of the losses); Humbatova et al. (R4)",
    covers=("out.loss_domain",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: adam
          loss: hinge  # ! P320
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: tanh}
        train:
          optimizer: adam
          loss: hinge
        """,
)
def loss_expects_another_head(subject: Subject) -> Iterator[Finding]:
    """Hinge losses ask for outputs above 1 or below -1. A sigmoid ends at 0, so a no always costs
    1. Poisson loss takes the logarithm of the output, which must not become negative.

    Measured: hinge behind a sigmoid stays at 0.62, behind tanh it falls to 0.19 in the same
    time. Poisson loss behind a layer without an activation is NaN in the first epochs.
    """
    pair = subject.pair
    if not pair or not pair.loss.head or pair.loss.probabilistic:
        return
    if pair.head.activation in pair.loss.head or pair.classes_for_numbers:
        return
    if pair.one_unit and pair.exclusive_head:
        return
    wanted = [f"`{name}`" if name != "linear" else "no activation" for name in pair.loss.head]
    given = "no activation" if pair.head.linear else f"`{pair.head.activation}`"
    yield Finding(
        f"`{pair.loss.called}` is made for other outputs than {given} gives",
        pair.place,
        not pair.written,
        label=f"expects {' or '.join(wanted)}",
        help=f"end the model with {' or '.join(wanted)}, or take another loss",
        notes=(pair.head_note(),),
    )
