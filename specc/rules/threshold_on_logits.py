"""P327: a metric that takes 0.5 for the border between yes and no, and outputs that are logits."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.training.base import Metric

HALF = frozenset({"MatchingAccuracy", "BinaryAccuracy"})
COUNTS = frozenset(
    {"Precision", "Recall", "TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives"}
)


@rule(
    "P327",
    "threshold of 0.5 on logits",
    "hint",
    source="Keras 3.15 (`BinaryAccuracy(threshold=0.5)`)",
    covers=(),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: 1
        train:
          optimizer: adam
          loss: {BinaryCrossentropy: {from_logits: true}}
          metrics:
            - accuracy  # ! P327
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: 1
        train:
          optimizer: adam
          loss: {BinaryCrossentropy: {from_logits: true}}
          metrics:
            - BinaryAccuracy: {threshold: 0}
        """,
)
def threshold_on_logits(subject: Subject) -> Iterator[Finding]:
    """With `from_logits: true` the model gives logits: above 0 is a yes. The metrics are not told,
    and take 0.5 for the border, which is a probability of 0.62.

    Measured: after six epochs the accuracy reads 0.66 where it is 0.77, and the recall 0.36.
    """
    pair = subject.pair
    if not pair or not pair.suits or not pair.yes_or_no_loss or not pair.loss.logits:
        return
    for metric, path in subject.metrics:
        if isinstance(metric, Metric) and _at_half(metric):
            word = metric.called
            accuracy = type(metric).__name__ in HALF
            yield Finding(
                f"`{word}` takes outputs above 0.5 for a yes, and logits are one above 0",
                path,
                help="write `BinaryAccuracy: {threshold: 0}`"
                if accuracy
                else "end the model with `activation: sigmoid`, without `from_logits`",
                notes=(pair.loss_note(),),
                fix=(Edit(path, "{BinaryAccuracy: {threshold: 0}}"),) if accuracy else (),
            )


def _at_half(metric: Metric) -> bool:
    name = type(metric).__name__
    if name in HALF:
        return getattr(metric, "threshold", 0.5) == 0.5
    if name == "AUC":
        return not getattr(metric, "from_logits", False)
    return name in COUNTS and getattr(metric, "thresholds", None) is None
