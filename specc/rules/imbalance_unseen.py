"""D515: a rare class, and nothing that would show whether it is learned."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.training.base import Metric

MOST = 10  # how many times larger the largest class may be than the smallest


@rule(
    "D515",
    "imbalance that accuracy hides",
    "hint",
    source="TheDeepChecker, SageMaker Debugger (class_imbalance)",
    covers=("data.class_imbalance",),
    files=dict.fromkeys(
        (*(f"photos/sound/{i}.png" for i in range(22)), "photos/broken/1.png"), b""
    ),
    bad="""
        specc: 1
        data:
          images: {path: photos, size: [150, 150]}
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: rmsprop
          loss: binary_crossentropy
          metrics: [accuracy]  # ! D515
          epochs: 300
        """,
    good="""
        specc: 1
        data:
          images: {path: photos, size: [150, 150]}
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: rmsprop
          loss: binary_crossentropy
          metrics: [accuracy, AUC]
          epochs: 300
          class_weight: balanced
        """,
)
def imbalance_unseen(subject: Subject) -> Iterator[Finding]:
    """With 22 sound parts for each broken one, a model that calls everything sound has an
    accuracy of 0.957 and finds nothing. `class_weight: balanced` makes each class count the
    same; `AUC`, `Precision` and `Recall` show what accuracy hides.
    """
    train, balance = subject.spec.train, subject.facts.balance
    if train.class_weight is not None or not balance or min(balance) == 0:
        return
    if not subject.metrics or not all(_accuracy(kind) for kind, _ in subject.metrics):
        return
    if max(balance) > MOST * min(balance):
        share = max(balance) / sum(balance)
        yield Finding(
            f"the largest class has {max(balance):,} rows and the smallest {min(balance):,}",
            ("train", "metrics"),
            label=f"always saying the largest is right {share:.1%} of the time",
            help="add `class_weight: balanced`, or a metric such as `AUC`",
        )


def _accuracy(kind: object) -> bool:
    return isinstance(kind, Metric) and "accuracy" in kind.logged_name()
