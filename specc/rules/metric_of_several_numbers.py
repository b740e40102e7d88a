"""P328: a metric that gives more than the one number which a row of the history can hold."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.writing import option as option_of
from specc.subject import Subject
from specc.training.base import Metric

MEAN = {"average": "macro", "class_aggregation": "uniform_average"}
ONE = {
    "average": "`{name}: {{average: macro}}` gives the mean over the classes",
    "class_aggregation": "`{name}: {{class_aggregation: uniform_average}}` gives their mean",
    "thresholds": "give `{name}` once for each threshold, with a `name`",
}


@rule(
    "P328",
    "metric of several numbers",
    "error",
    source="Keras 3.15 (measured)",
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 5, activation: softmax}
        train:
          optimizer: adam
          loss: categorical_crossentropy
          metrics:
            - accuracy
            - F1Score  # ! P328
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 5, activation: softmax}
        train:
          optimizer: adam
          loss: categorical_crossentropy
          metrics:
            - accuracy
            - F1Score: {average: macro}
        """,
)
def metric_of_several_numbers(subject: Subject) -> Iterator[Finding]:
    """Without `average`, `F1Score` gives one number for each class, and so do precision and recall
    for each of several thresholds. A table with a row for each epoch, a curve and a callback that
    watches it need one: `EarlyStopping` ends `fit` with `ValueError: The truth value of an array
    with more than one element is ambiguous`.
    """
    for metric, path in subject.metrics:
        if isinstance(metric, Metric) and metric.several:
            option = next(name for name in ONE if name in type(metric).model_fields)
            written = subject.get(subject.at(path, option)) is not None
            yield Finding(
                f"`{metric.called}` gives a number for each "
                + ("threshold" if option == "thresholds" else "class"),
                subject.at(path, option) if written else path,
                label="expected one number",
                help=ONE[option].format(name=type(metric).__name__),
                fix=option_of(subject, path, metric, option, MEAN.get(option, "")),
            )
