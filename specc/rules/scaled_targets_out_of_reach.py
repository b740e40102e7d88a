"""D588: scaled targets, and a last layer or loss for those of one sign."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.pair import RANGES
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.training.facts import Interval

FAR = 3.0  # deviations from the mean, within which nearly all targets lie
EVERYWHERE = Interval()
RELATIVE = "MeanAbsolutePercentageError"  # which has no limit near 0


@rule(
    "D588",
    "scaled targets out of reach",
    "error",
    source="TheDeepChecker; measured",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: diabetes}
          preprocess: [Normalization]
          target_scaling: standard
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 1, activation: relu}  # ! D588
        train:
          optimizer: adam
          loss: mse
          epochs: 20
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: diabetes}
          preprocess: [Normalization]
          target_scaling: standard
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train:
          optimizer: adam
          loss: mse
          epochs: 20
        """,
)
def scaled_targets_out_of_reach(subject: Subject) -> Iterator[Finding]:
    """Scaled targets have the mean 0: about half of them are negative, whatever they were before. A
    last layer that ends at 0 cannot reach those, and losses that take logarithms or divide by the
    target have no value there, or none that means anything.
    """
    data, pair = subject.spec.data, subject.pair
    if data is None or data.target_scaling is None or pair is None or subject.task != "regression":
        return
    note = (Note("the targets are scaled here", ("data", "target_scaling")),)
    head, loss = pair.head, pair.loss
    if not RANGES.get(head.activation, EVERYWHERE).holds(-FAR, FAR):
        message = f"`{head.activation}` does not reach scaled targets on both sides of 0"
        help = "remove the activation"
        yield Finding(message, head.path, head.on_key, help=help, notes=note)
    elif not loss.targets.holds(-FAR, FAR) or type(loss).__name__ == RELATIVE:
        message = f"`{loss.called}` is not made for scaled targets on both sides of 0"
        help = "write `loss: mse` or `loss: mae`, and the other as a metric"
        yield Finding(message, pair.place, not pair.written, help=help, notes=note)
