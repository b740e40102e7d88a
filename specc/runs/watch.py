"""The callback that supervises a training: progress, history, and an orderly stop."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from math import nan
from typing import Any

import keras

from specc.runs.progress import Display

Scores = dict[str, float]


class Watch(keras.callbacks.History):
    """The history of a training, which tells a display what happens and stops when it is told to.

    `keep` is called after each epoch. An epoch that a stop cuts short is no part of the history.
    """

    async_safe = True  # Keras may go on while the display is told of a batch

    def __init__(
        self, display: Display, keep: Callable[["Watch"], object], phases: Sequence[str] = ()
    ):
        super().__init__()
        self.display, self.keep = display, keep
        self.history: dict[str, list[float]] = {}
        self.to_come, self.phases = list(phases), list[str]()  # the latter: of each epoch
        self.stopping = False
        self.between = False  # whether the training is busy with what is not `fit`
        self.began = 0.0
        self.epoch: list[int] = []  # the epochs in the history, counted from 0
        self.first: int | None = None
        self.phase = ""
        if display.batches:
            self.on_train_batch_end = self._batch

    @contextmanager
    def training(self) -> Iterator[None]:
        """What is done inside ends when `stop` says so."""
        with suppress(Ended):
            self.between = True
            try:
                yield
            finally:
                self.between = False

    def stop(self) -> None:
        """Ends the training after the batch that is running; validation is broken off.

        What comes before `fit`, as the making of features, nobody but Ended can end.
        """
        self.stopping = True
        if self.between:
            raise Ended
        if self.model is not None:
            self.model.stop_training = self.model.stop_evaluating = True

    @property
    def last(self) -> Scores:
        """The last row of the history."""
        return {name: values[-1] for name, values in self.history.items() if values}

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        if self.to_come:
            self._next_phase()
        elif not self.phases:  # a training on folds has a history for each
            super().on_train_begin(logs)
            self.history = {}
        self.first, self.between = None, False
        self.model.evaluate = _unless_cut_short(self, self.model.evaluate)

    def _next_phase(self) -> None:
        """The history goes on; a training that was told to stop does not."""
        if self.stopping:
            raise Ended
        self.phase = self.to_come.pop(0)
        self.display.part = f"{self.phase}, "

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        self.release()
        self.between = True
        if self.stopping and self.to_come:
            raise Ended

    def release(self) -> None:
        """Gives the model its own `evaluate` back."""
        if self.model is not None:
            self.model.__dict__.pop("evaluate", None)

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        if self.stopping:  # since before Keras began to look
            self.model.stop_training = True
        if self.first is None:
            self.first = epoch
            self.display.start(self.params["epochs"], epoch, self.params.get("steps"))
        self.display.epoch(epoch + 1)
        self.began = time.perf_counter()

    def _batch(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        self.display.batch(batch + 1, logs or {})

    def on_test_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        self.display.validating()
        self.model.stop_evaluating = self.stopping

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        if self.stopping:
            return
        self._append(epoch, logs or {})
        self.keep(self)
        self.display.finished(epoch + 1, time.perf_counter() - self.began, self.last)

    def _append(self, epoch: int, logs: Mapping[str, Any]) -> None:
        """One more row; what only some phases log is not a number in the others."""
        done = len(self.epoch)
        super().on_epoch_end(epoch, logs)
        if not self.phase:
            return
        self.phases.append(self.phase)
        for name, values in self.history.items():
            if name not in logs:
                values.append(nan)
            elif len(values) <= done:
                values[:0] = [nan] * (done + 1 - len(values))


class Ended(BaseException):
    """A training that was told to stop does nothing more; no library takes that for an error."""


def _unless_cut_short(watch: Watch, evaluate: Callable[..., Scores]) -> Callable[..., Scores]:
    """Validation whose scores are better than no others when it was broken off.

    No callback may take what a few batches say for the best epoch, or miss a name.
    """

    def evaluated(*args: Any, **options: Any) -> Scores:
        scores = evaluate(*args, **options)
        return dict.fromkeys(scores, nan) if watch.stopping else scores

    return evaluated
