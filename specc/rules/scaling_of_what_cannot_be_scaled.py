"""D587: targets to be scaled that are no numbers on a scale."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D587",
    "scaling of what cannot be scaled",
    "error",
    source="language: fine print, targets",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
          target_scaling: standard  # ! D587
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy, epochs: 40}
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
def scaling_of_what_cannot_be_scaled(subject: Subject) -> Iterator[Finding]:
    """`target_scaling` learns mean and deviation of the targets from the training part, so that the
    network learns numbers around 0, and puts what it predicts back into their units. That is for
    one output with a number or a few: a class has no mean, targets from 0 to 1 are fit for a
    sigmoid as they are, and several outputs would be judged by one scale. Records that are read in
    turn are not all there when the mean is asked for.
    """
    data = subject.spec.data
    if data is None or data.target_scaling is None or data.source is None:
        return
    reason, help = _reason(subject)
    if reason:
        yield Finding(f"targets cannot be scaled: {reason}", ("data", "target_scaling"), help=help)


def _reason(subject: Subject) -> tuple[str, str]:
    source = subject.spec.data.source if subject.spec.data else None
    if len(subject.entire.graph.outputs) > 1:
        return "the model has several outputs", "scale them in the data"
    if source is not None and source.streams:
        return f"`{source.word}` reads records in turn", "scale them in the data"
    if subject.task not in (None, "regression"):
        return f"the task is `{subject.task}`", "remove this: it is for `regression`"
    if subject.head is not None and subject.head.rank not in (None, 1):
        return "each row has a whole array of them", "scale them in the data"
    return "", ""
