"""The callback that supervises a training: progress, history, and an orderly stop."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import keras

from specc.runs.progress import Display


class Watch(keras.callbacks.Callback):
    """Tells the display what happens, keeps the history, and stops when it is told to."""

    def __init__(self, display: Display, keep: Callable[[list[dict[str, float]]], None]):
        super().__init__()
        self.display, self.keep = display, keep
        self.rows: list[dict[str, float]] = []
        self.stopping = False
        self.began = 0.0
        self.first: int | None = None
        if display.batches:
            self.on_train_batch_end = self._batch

    def stop(self) -> None:
        """Ends the training after the batch that is running."""
        self.stopping = True
        if self.model is not None:
            self.model.stop_training = True

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        if self.first is None:
            self.first = epoch
            self.display.start(self.params["epochs"], epoch, self.params.get("steps"))
        self.display.epoch(epoch + 1)
        self.began = time.perf_counter()

    def _batch(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        self.display.batch(batch + 1, _plain(logs))

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        row = _plain(logs)
        self.rows.append(row)
        self.keep(self.rows)
        self.display.finished(epoch + 1, time.perf_counter() - self.began, row)
        if self.stopping:
            self.model.stop_training = True


def _plain(logs: Mapping[str, Any] | None) -> dict[str, float]:
    return {name: float(value) for name, value in (logs or {}).items()}
