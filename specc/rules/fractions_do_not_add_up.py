"""D509: shares of the rows that cannot be what was meant."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.shares import contradiction
from specc.subject import Subject


@rule(
    "D509",
    "fractions that do not add up",
    "error",
    source="notes K1 §1.2",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
          split: {train: 0.8, validation: 0.2, test: 0.2}  # ! D509
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
          split: {train: 0.6, validation: 0.2, test: 0.2}
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
)
def fractions_do_not_add_up(subject: Subject) -> Iterator[Finding]:
    """Each row belongs to exactly one part, so that the shares of all parts add up to 1 and
    numbers of rows to the rows there are. `train` may be left out: it gets what is left.
    """
    if wrong := contradiction(subject):
        message, help = wrong
        yield Finding(message, ("data", "split"), help=help)
