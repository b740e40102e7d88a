"""What a person sees of a running training: a live display, or a line per epoch."""

import sys
import time
from collections.abc import Mapping
from typing import Any, Protocol


class Display(Protocol):
    """Told by the watching callback what happens."""

    batches: bool  # whether it wants to hear of every batch

    def start(self, epochs: int, first: int, steps: int | None) -> None: ...
    def epoch(self, epoch: int) -> None: ...
    def batch(self, done: int, logs: Mapping[str, float]) -> None: ...
    def finished(self, epoch: int, seconds: float, logs: Mapping[str, float]) -> None: ...
    def stop(self) -> None: ...


def metrics(logs: Mapping[str, float]) -> str:
    """`loss 0.1234  accuracy 0.9871`."""
    return "  ".join(f"{name} {value:.4g}" for name, value in logs.items())


class Lines:
    """One line per epoch, for logs and pipes."""

    batches = False

    def __init__(self) -> None:
        self.epochs = 0

    def start(self, epochs: int, first: int, steps: int | None) -> None:
        self.epochs = epochs

    def epoch(self, epoch: int) -> None:
        pass

    def batch(self, done: int, logs: Mapping[str, float]) -> None:
        pass

    def finished(self, epoch: int, seconds: float, logs: Mapping[str, float]) -> None:
        width = len(str(self.epochs))
        print(f"epoch {epoch:>{width}}/{self.epochs}  {seconds:.1f} s  {metrics(logs)}", flush=True)

    def stop(self) -> None:
        pass


class Silent(Lines):
    """Nothing at all."""

    def finished(self, epoch: int, seconds: float, logs: Mapping[str, float]) -> None:
        pass


class Live:
    """A bar for the epoch, the time left over all epochs, and a line for each that is done."""

    batches = True

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self.progress = Progress(
            TextColumn("[bold]{task.description}"),
            BarColumn(bar_width=30),
            TextColumn("{task.completed:.0f}/{task.total:.0f} steps"),
            TextColumn("{task.fields[left]}"),
            TextColumn("{task.fields[metrics]}"),
            console=Console(file=sys.stdout),
            transient=True,
        )
        self.task: Any = None
        self.lines = Lines()

    def start(self, epochs: int, first: int, steps: int | None) -> None:
        self.lines.start(epochs, first, steps)
        self.steps, self.first, self.epochs = steps, first, epochs
        self.began = time.perf_counter()
        self.task = self.progress.add_task("epoch", total=steps, left="", metrics="")
        self.progress.start()

    def epoch(self, epoch: int) -> None:
        self.now = epoch
        self.progress.reset(self.task, total=self.steps, description=f"epoch {epoch}/{self.epochs}")

    def batch(self, done: int, logs: Mapping[str, float]) -> None:
        self.progress.update(
            self.task, completed=done, left=self._left(done), metrics=metrics(logs)
        )

    def _left(self, done: int) -> str:
        """The time left over all epochs, judged by the steps done so far."""
        if not self.steps:
            return ""
        past = (self.now - 1 - self.first) * self.steps + done
        ahead = (self.epochs - self.first) * self.steps - past
        seconds = (time.perf_counter() - self.began) / max(past, 1) * ahead
        return f"{clock(seconds)} left"

    def finished(self, epoch: int, seconds: float, logs: Mapping[str, float]) -> None:
        width = len(str(self.epochs))
        line = f"epoch {epoch:>{width}}/{self.epochs}  {seconds:.1f} s  {metrics(logs)}"
        self.progress.console.print(line, highlight=False, markup=False, soft_wrap=True)

    def stop(self) -> None:
        self.progress.stop()


def clock(seconds: float) -> str:
    """`1:02:03`, or `2:03` below an hour."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def display(*, quiet: bool) -> Display:
    """The live display on a terminal, lines elsewhere."""
    if quiet:
        return Silent()
    return Live() if sys.stdout.isatty() else Lines()
