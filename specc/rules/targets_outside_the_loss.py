"""P318: targets that the loss has no meaning for."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.writing import loss
from specc.subject import Subject
from specc.task import REALS


@rule(
    "P318",
    "targets outside the range that the loss assumes",
    "error",
    source="Keras 3.15 (definitions of the losses); notes K1 §2.2; DeepDiagnosis, TheDeepChecker",
    covers=("out.labels_out_of_loss_domain", "out.loss_domain"),
    bad="""
        specc: 1
        task: unit_regression
        data:
          dataset: {sklearn: diabetes}
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: {RMSprop: {learning_rate: 0.01}}
          loss: binary_crossentropy  # ! P318
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: diabetes}
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train:
          optimizer: {RMSprop: {learning_rate: 0.01}}
          loss: mse
        """,
)
def targets_outside_the_loss(subject: Subject) -> Iterator[Finding]:
    """Binary crossentropy of a target of 50 has no lower limit: the loss falls to minus
    infinity while the model predicts 1 for every row. Logarithmic errors and counts have no
    value below 0. Keras computes what the formula gives and says nothing.
    """
    pair, given = subject.pair, subject.target_range
    if not pair or not pair.suits or given is None or subject.facts.labels != "real":
        return
    if pair.task not in REALS or pair.loss.targets.holds(*given):
        return
    span = pair.loss.targets
    limits = f"from {span.low:g} to {span.high:g}" if span.high < 1e9 else f"from {span.low:g} on"
    yield Finding(
        f"`{pair.loss.called}` takes targets {limits}, "
        f"and they go from {given[0]:g} to {given[1]:g}",
        pair.place,
        not pair.written,
        help="scale the targets into that range, or write `loss: mse`",
        notes=(subject.task_note(),),
        fix=loss(pair, "mse"),
    )
