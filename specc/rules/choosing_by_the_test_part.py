"""D522: the test rows decide which weights are kept."""

import re
from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.rules.history import VALIDATION, monitors
from specc.source import Path
from specc.subject import Subject

TEST = re.compile(r"(^|[/_\-.])test(ing)?([/_\-.]|$)", re.IGNORECASE)


@rule(
    "D522",
    "test part used for choosing",
    "warning",
    source="notes K1 §1.2 (tuning on a part leaks information about it)",
    covers=("data.val_leak",),
    bad="""
        specc: 1
        data:
          images:
            train: photos/train
            validation: photos/test  # ! D522
            size: [150, 150]
          classes: [cats, dogs]
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: rmsprop
          loss: binary_crossentropy
          epochs: 50
          callbacks:
            - EarlyStopping: {patience: 5, restore_best_weights: true}
        """,
    good="""
        specc: 1
        data:
          images:
            train: photos/train
            test: photos/test
            size: [150, 150]
          classes: [cats, dogs]
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: rmsprop
          loss: binary_crossentropy
          epochs: 50
          callbacks:
            - EarlyStopping: {patience: 5, restore_best_weights: true}
        """,
)
def choosing_by_the_test_part(subject: Subject) -> Iterator[Finding]:
    """A callback that keeps the epoch with the best score on some rows picks, among all epochs,
    the one that happens to suit them. Their score is then too good, and no untouched rows are
    left to find that out. Choose by validation rows, and score the test rows once, at the end.
    """
    found = _validation(subject)
    choosers = [path for _, column, path in monitors(subject) if column.startswith(VALIDATION)]
    if found is None or not choosers or "test" in subject.facts.given:
        return
    name, path = found
    if TEST.search(name):
        yield Finding(
            f"`{name}` is used to choose the weights, so it cannot test them",
            path,
            label="validation part",
            help="name it as the `test` part; validation rows are then held out from training",
            notes=(Note("chosen here", choosers[0]),),
        )


def _validation(subject: Subject) -> tuple[str, Path] | None:
    """The name that the spec gives the validation part, and where."""
    source = subject.spec.data.source if subject.spec.data else None
    word = subject.facts.source
    if source is None or word not in ("images", "arrays") or source.validation is None:
        return None
    path = ("data", word, "validation")
    return (source.validation, path) if word == "images" else (source.validation[0], (*path, 0))
