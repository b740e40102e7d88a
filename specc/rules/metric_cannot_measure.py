"""P311: a metric that reads outputs or labels in another form than they have."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.pair import Pair
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.training.base import Metric

FITTING = {
    "binary": "binary_accuracy",
    "multi_hot": "binary_accuracy",
    "one_hot": "categorical_accuracy",
    "integer": "sparse_categorical_accuracy",
}
WHAT = {
    "binary": "one probability for each row",
    "multi_hot": "a yes or no for each label",
    "one_hot": "a probability for each class, and one-hot labels",
    "integer": "a probability for each class, and labels that are class numbers",
}
YES_OR_NO = {"binary", "multi_hot"}
LIKE_ACCURACY = ("Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy")


@rule(
    "P311",
    "metric that cannot measure this output",
    "error",
    source="Keras 3.15 (measured)",
    covers=("met.wrong_accuracy_class", "met.label_encoding"),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: adam
          loss: binary_crossentropy
          metrics:
            - categorical_accuracy  # ! P311
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: adam
          loss: binary_crossentropy
          metrics:
            - accuracy
        """,
)
def metric_cannot_measure(subject: Subject) -> Iterator[Finding]:
    """`categorical_accuracy` compares the places of the largest values. With one output that place
    is always the first, so every answer counts as right; `binary_accuracy` on ten classes counts
    the nine zeros that are easy to guess. Keras computes either without a word.

    Measured: one sigmoid unit with `categorical_accuracy` reads accuracy 1.000 whatever it has
    learnt; ten softmax units with `binary_accuracy` read 0.900. `categorical_accuracy` of class
    numbers reads 0.06, and `Precision` or `AUC` of them end `fit` with `ValueError: Dimensions
    must be equal`. The class `Accuracy` counts outputs that equal the label to the last bit:
    0.000 at a loss of 0.22.
    """
    pair = subject.pair
    if not pair or not pair.loss.probabilistic or not pair.encoding or pair.ctc:
        return
    for metric, path in subject.metrics:
        if isinstance(metric, Metric) and not _measures(metric, pair):
            yield _finding(subject, metric, path, pair)


def _measures(metric: Metric, pair: Pair) -> bool:
    if type(metric).__name__ == "Accuracy":
        return pair.classes_for_numbers
    unclear = pair.encoding == "multi_hot" and pair.task is None
    if unclear or not pair.suits or counts_yes_or_no(metric, pair):
        return True
    can = metric.measures()
    return not can or pair.encoding in can


def counts_yes_or_no(metric: Metric, pair: Pair) -> bool:
    """Whether it takes each class for a yes or no, which P326 is about."""
    counts = set(metric.measures()) == YES_OR_NO and type(metric).__name__ not in LIKE_ACCURACY
    return counts and pair.encoding == "one_hot"


def _finding(subject: Subject, metric: Metric, path: tuple[str | int, ...], pair: Pair) -> Finding:
    word = metric.called
    wanted = FITTING[pair.encoding]
    alike = type(metric).__name__ in LIKE_ACCURACY
    fix = (Edit(path, "accuracy"),) if alike and subject.get(path) == word else ()
    return Finding(
        f"`{word}` cannot measure a model that gives {WHAT[pair.encoding]}",
        path,
        label=f"expected `accuracy` or `{wanted}`" if alike else "",
        help="write `accuracy`: Keras then takes the one that fits" if alike else "",
        notes=(pair.head_note(), pair.loss_note()),
        fix=fix,
    )
