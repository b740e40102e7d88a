"""R805: a package that the script imports and that is not installed."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "R805",
    "package that is missing",
    "error",
    source="the script's own imports",
    by="runs",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
)
def package_missing(subject: Subject) -> Iterator[Finding]:
    """Checking, explaining and building need no TensorFlow; running does, and data from
    scikit-learn or pictures need a package more. What is missing is found before anything is
    loaded or trained, with the command that installs it.
    """
    return iter(())
