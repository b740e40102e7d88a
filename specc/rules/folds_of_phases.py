"""X714: k folds, each of which would have to go through all phases."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "X714",
    "folds of phases",
    "error",
    source="language §6 (`retrain` chooses one number of epochs, which phases do not have)",
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu, name: hidden}
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: adam
          loss: binary_crossentropy
          epochs: 20
          phases:
            - name: all
            - name: rest
              trainable: {hidden: false}
        evaluate: {k_fold: 4}  # ! X714
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu, name: hidden}
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: adam
          loss: binary_crossentropy
          epochs: 20
          phases:
            - name: all
            - name: rest
              trainable: {hidden: false}
        """,
)
def folds_of_phases(subject: Subject) -> Iterator[Finding]:
    """Folds say how many epochs are best, for one training with one state of frozen layers. Of
    phases, each has a best number of its own, which depends on how long those before it took.
    """
    evaluate = subject.spec.evaluate
    if subject.phase == 0 and evaluate is not None and evaluate.k_fold:
        help = "validate on a part held out, or train without `phases`"
        path = ("evaluate", "k_fold")
        yield Finding("folds cannot be trained in phases", path, on_key=True, help=help)
