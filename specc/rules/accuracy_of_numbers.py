"""P312: counting right answers where the targets are numbers."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.rules.base import Finding, rule
from specc.rules.soft_labels import soft_labels
from specc.subject import Subject
from specc.task import REALS
from specc.training.base import Metric


@rule(
    "P312",
    "accuracy of numbers",
    "warning",
    source="notes K1 §2.3 (mae for regression); DeepDiagnosis, Islam et al.",
    covers=("met.accuracy_on_regression",),
    bad="""
        specc: 1
        model:
          - Input: [13]
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train:
          optimizer: rmsprop
          loss: mse
          metrics:
            - accuracy  # ! P312
        """,
    good="""
        specc: 1
        model:
          - Input: [13]
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train:
          optimizer: rmsprop
          loss: mse
          metrics:
            - mae
        """,
)
def accuracy_of_numbers(subject: Subject) -> Iterator[Finding]:
    """Accuracy is the share of outputs that equal the target. A number that is predicted never
    equals it to the last digit, so the accuracy reads about 0.000 for a good model and a bad
    one; a perfect regression looks like a failure. `mae` says how far off it is on average.
    """
    pair = subject.pair
    if not pair or subject.task not in REALS or soft_labels(subject):
        return
    if pair.task is None and not (pair.distance and pair.suits):
        return
    for metric, path in subject.metrics:
        if isinstance(metric, Metric) and _counts(metric):
            word = metric.called
            yield Finding(
                f"`{word}` counts right answers, and the targets are numbers",
                path,
                label="expected `mae` or another distance",
                help="write `mae`; if the targets are classes, the loss has to be another",
                notes=(subject.task_note() if pair.task else pair.loss_note(),),
                fix=(Edit(path, "mae"),) if pair.task and subject.get(path) == word else (),
            )


def _counts(metric: Metric) -> bool:
    can = metric.measures()
    return "real" not in can if can else type(metric).__name__ == "Accuracy"
