"""P326: precision, recall and the like over all outputs of a softmax."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.metric_cannot_measure import counts_yes_or_no
from specc.subject import Subject
from specc.training.base import Metric


@rule(
    "P326",
    "yes-or-no metric on classes",
    "warning",
    source="Keras 3.15 (`class_id` of Precision and Recall); Stack Overflow 68701979",
    covers=("met.label_encoding",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: adam
          loss: categorical_crossentropy
          metrics:
            - Recall  # ! P326
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: adam
          loss: categorical_crossentropy
          metrics:
            - Recall: {class_id: 3}
        """,
)
def yes_or_no_metric_on_classes(subject: Subject) -> Iterator[Finding]:
    """These metrics count an output above 0.5 as a yes. Over all outputs of a softmax that mixes
    every class into one number, and an answer that is right with 0.4 counts as a miss.

    Measured with two classes: precision, recall and accuracy all read 0.7891, since they are then
    the same number.
    """
    pair = subject.pair
    if not pair or not pair.suits or not pair.exclusive_loss or pair.loss.logits:
        return
    for metric, path in subject.metrics:
        if isinstance(metric, Metric) and counts_yes_or_no(metric, pair):
            word = metric.called
            one = "class_id" in type(metric).model_fields
            per_class = f"name the class, `{type(metric).__name__}: {{class_id: 0}}`"
            yield Finding(
                f"`{word}` counts each output of the softmax as a yes or no of its own",
                path,
                help=f"{per_class}, or take `accuracy`" if one else "take `accuracy` or `auc`",
                notes=(pair.head_note(),),
            )
