"""The files that callbacks write, of which no phase overwrites what an earlier one has written."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from specc.phases import Phase
from specc.subject import Subject
from specc.training.callbacks import CSVLogger, ModelCheckpoint


def apart(subject: Subject) -> Iterator[Subject]:
    """The phases in order: a log goes on where one was kept in the same way, the best model goes
    to a file of its own, since callbacks start afresh and know of no better one."""
    written: dict[str, tuple[Any, ...]] = {}
    for phase, view in zip(subject.spec.train.phases or (), subject.phases, strict=False):
        callbacks = view.spec.train.callbacks
        kept = tuple(_kept(each, callbacks, written, phase) for each in callbacks)
        written |= {file: callbacks for file in map(_file, callbacks) if file}
        train = view.spec.train.model_copy(update={"callbacks": kept})
        yield replace(view, spec=view.spec.model_copy(update={"train": train}))


def _kept(
    callback: Any, beside: tuple[Any, ...], written: dict[str, tuple[Any, ...]], phase: Phase
) -> Any:
    """The callback, as it leaves what has been written."""
    file = _file(callback)
    if file not in written:
        return callback
    if isinstance(callback, ModelCheckpoint):
        return callback.model_copy(update={"filepath": _named(file, phase)})
    if written[file] == beside:  # and so each line has the same columns
        return callback.model_copy(update={"append": True})
    return callback.model_copy(update={"filename": _named(file, phase)})


def _file(callback: Any) -> str:
    """What a callback writes again in a later phase, though it would be wanted."""
    match callback:
        case CSVLogger(append=False):
            return callback.filename
        case ModelCheckpoint(save_best_only=True) if "{" not in callback.filepath:
            return callback.filepath
    return ""


def _named(file: str, phase: Phase) -> str:
    """`best.weights.h5` as `best_fine_tune.weights.h5`."""
    folder, slash, name = file.rpartition("/")
    stem, dot, suffix = name.partition(".")
    return f"{folder}{slash}{stem}_{phase.name}{dot}{suffix}"
