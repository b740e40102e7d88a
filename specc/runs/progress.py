"""What a display is told of a running training, and the plain one: a line per epoch."""

from collections.abc import Mapping
from contextlib import suppress
from math import isfinite
from typing import Protocol

Logs = Mapping[str, float]


class Display(Protocol):
    """Told by the supervision and its callback what happens; epochs count from 1."""

    batches: bool  # whether it wants to hear of every batch
    part: str  # of a training in several parts, the one that goes on

    def doing(self, what: str) -> None: ...
    def said(self, text: str) -> None: ...
    def start(self, epochs: int, first: int, steps: int | None) -> None: ...
    def epoch(self, epoch: int) -> None: ...
    def batch(self, done: int, logs: Logs) -> None: ...
    def validating(self) -> None: ...
    def finished(self, epoch: int, seconds: float, logs: Logs) -> None: ...
    def stop(self) -> None: ...


def metrics(logs: Logs) -> str:
    """`loss 0.1234  accuracy 0.9871  val_loss …`: the loss first, the learning rate last."""
    names = sorted(logs, key=_place)
    return "  ".join(f"{name} {number(logs[name])}" for name in names)


def _place(name: str) -> tuple[bool, bool, bool]:
    """Sorts names; those of one place stay in the order of Keras."""
    return name == "learning_rate", name.startswith("val_"), name not in ("loss", "val_loss")


def number(value: float) -> str:
    """Four digits that count: `0.9000`, `12.30`, `2944`, `22050`, `0.00123`, `1.5e-05`."""
    size = abs(value)
    if not isfinite(value) or (value and not 1e-3 <= size < 1e7):
        return f"{value:.3g}"
    if size >= 1e3:
        return f"{value:.0f}"
    if size >= 1:
        return f"{value:#.4g}"
    return f"{value:.3g}" if 0 < size < 1e-2 else f"{value:.4f}"


def line(epoch: int, epochs: int, seconds: float, logs: Logs) -> str:
    """What is left to read of an epoch."""
    return f"epoch {epoch:>{len(str(epochs))}}/{epochs}  {seconds:.1f} s  {metrics(logs)}"


class Lines:
    """One line per epoch, for logs and pipes."""

    batches = False

    def __init__(self) -> None:
        self.epochs = 0
        self.part = ""

    def doing(self, what: str) -> None:
        pass

    def said(self, text: str) -> None:
        with suppress(OSError):  # nobody reads on: no reason to end a training
            print(text, flush=True)

    def start(self, epochs: int, first: int, steps: int | None) -> None:
        self.epochs = epochs

    def epoch(self, epoch: int) -> None:
        pass

    def batch(self, done: int, logs: Logs) -> None:
        pass

    def validating(self) -> None:
        pass

    def finished(self, epoch: int, seconds: float, logs: Logs) -> None:
        self.said(self.part + line(epoch, self.epochs, seconds, logs))

    def stop(self) -> None:
        pass


class Silent(Lines):
    """Nothing at all."""

    def said(self, text: str) -> None:
        pass

    def finished(self, epoch: int, seconds: float, logs: Logs) -> None:
        pass
