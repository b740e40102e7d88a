"""T609: a file name that quotes a value which is not logged."""

import re
from collections.abc import Iterator

from specc.diagnostics import Edit, Note
from specc.old_words import OLD_VALUES
from specc.rules.amounts import has_validation
from specc.rules.base import Finding, rule
from specc.rules.history import VALIDATION, history
from specc.source import Path
from specc.subject import Subject
from specc.wording import listing
from specc.words import nearest


@rule(
    "T609",
    "unknown field in a path",
    "error",
    source="Keras 3.15 (`Failed to format this callback filepath`)",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: rmsprop
          loss: sparse_categorical_crossentropy
          metrics: [accuracy]
          epochs: 20
          callbacks:
            - ModelCheckpoint: {filepath: "{epoch:02d}-{val_acc:.2f}.keras"}  # ! T609
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
        train:
          optimizer: rmsprop
          loss: sparse_categorical_crossentropy
          metrics: [accuracy]
          epochs: 20
          callbacks:
            - ModelCheckpoint: {filepath: "{epoch:02d}-{val_accuracy:.2f}.keras"}
        """,
)
def unknown_field_in_a_path(subject: Subject) -> Iterator[Finding]:
    """The path of a checkpoint is filled in with the number of the epoch and with what the
    history logs. A name that is not logged ends the run with a KeyError, after the whole first
    epoch has been trained.
    """
    columns = history(subject)
    if columns is None:
        return
    validation = has_validation(subject)
    for kind, path in subject.callbacks:
        fields: tuple[str, ...] = getattr(kind, "names_in_path", tuple)()
        batches = ("batch",) if getattr(kind, "per_batch", False) else ()
        names = ("epoch", *batches, *columns.names(validation if not batches else False))
        for field in fields:
            hidden = validation is None and field.startswith(VALIDATION) and columns.has(field)
            if field not in names and not hidden:
                yield _finding(subject, path, field, names)


def _finding(subject: Subject, path: Path, field: str, names: tuple[str, ...]) -> Finding:
    old = OLD_VALUES.get(field)
    meant = old if old in names else nearest(field, names)
    at = subject.at(path, "filepath")
    metrics = ("train", "metrics")
    return Finding(
        f"nothing is logged as `{field}`",
        at,
        help=f"write `{{{meant}}}`" if meant else f"there are {listing(names)}",
        notes=(Note("metrics are listed here", metrics, on_key=True),)
        if subject.get(metrics)
        else (),
        fix=_fix(subject.get(at), at, field, meant),
    )


def _fix(written: object, at: Path, field: str, meant: str | None) -> tuple[Edit, ...]:
    """The path with the name that was meant, in quotes since it has braces."""
    if meant is None or not isinstance(written, str) or re.search(r"[\\\"]", written):
        return ()
    right = written.replace(f"{{{field}", f"{{{meant}")
    return (Edit(at, f'"{right}"', safe=field in OLD_VALUES),)
