"""T613: training without rows to check it on."""

from collections.abc import Iterator

from specc.rules.amounts import has_validation
from specc.rules.base import Finding, rule
from specc.rules.history import VALIDATION, monitors
from specc.rules.writing import dropped
from specc.subject import Subject


@rule(
    "T613",
    "nothing held out",
    "hint",
    source="notes K1 §1.2; UMLAUT",
    covers=("data.no_validation",),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
          split: none  # ! T613
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
          split: {validation: 0.2}
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
)
def nothing_held_out(subject: Subject) -> Iterator[Finding]:
    """Without validation rows nothing shows whether the network learns something general or
    the training rows by heart. That is right for a last training, once the number of epochs
    has been found; while one is still looking for it, hold a fifth out.
    """
    watched = any(column.startswith(VALIDATION) for _, column, _ in monitors(subject))
    if has_validation(subject) is False and not watched:
        yield Finding(
            "there are no validation data, so nothing will show overfitting",
            ("data", "split"),
            help="leave `split: none` out, or write `split: {validation: 0.2}`",
            fix=dropped(subject, ("data", "split"))
            if subject.get(("data", "split")) == "none"
            else (),
        )
