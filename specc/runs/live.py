"""The display on a terminal: a bar for the epoch, the time left, a line for each that is done."""

import sys
import time
from contextlib import suppress

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Column

from specc.runs.progress import Logs, line, metrics

EVERY = 0.1  # seconds between updates: more is not seen
BAR = 24  # columns


class Live:
    """A line at the bottom that changes; what is done scrolls away above it."""

    batches = True

    def __init__(self) -> None:
        self.console = Console(file=sys.stdout, highlight=False)
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=BAR),
            TextColumn("{task.fields[steps]}"),
            TextColumn("[cyan]{task.fields[left]}"),
            TextColumn(
                "{task.fields[metrics]}", table_column=Column(no_wrap=True, overflow="ellipsis")
            ),
            console=self.console,
            transient=True,
        )
        self.task = self.progress.add_task("", total=None, steps="", left="", metrics="")
        self.estimate = Estimate(0, 0, None)
        self.now, self.next_update = 0, 0.0
        self.part = ""

    def doing(self, what: str) -> None:
        """What goes on while there is no epoch to count."""
        self.progress.reset(self.task, total=None, description=what, steps="", left="", metrics="")
        with suppress(OSError):  # the terminal is gone: no reason to end a training
            self.progress.start()

    def said(self, text: str) -> None:
        """A line that stays."""
        with suppress(OSError):
            self.console.print(text, markup=False, soft_wrap=True)

    def start(self, epochs: int, first: int, steps: int | None) -> None:
        self.estimate = Estimate(epochs, first, steps)
        self.progress.update(self.task, total=steps)

    def epoch(self, epoch: int) -> None:
        self.now = epoch
        self.estimate.epoch(epoch, time.perf_counter())
        name = f"{self.part}epoch {epoch}/{self.estimate.epochs}"
        self.progress.update(self.task, completed=0, total=self.estimate.steps, description=name)

    def batch(self, done: int, logs: Logs) -> None:
        now = time.perf_counter()
        self.estimate.batch(done, now)
        if now < self.next_update and done != self.estimate.steps:
            return
        self.next_update = now + EVERY
        left = self.estimate.left(done, now)
        self.progress.update(
            self.task,
            completed=done,
            steps=f"{done}/{self.estimate.steps or '?'}",
            left="" if left is None else f"{clock(left)} left",
            metrics=metrics(logs),
        )

    def validating(self) -> None:
        name = f"{self.part}epoch {self.now}/{self.estimate.epochs}, validating"
        self.progress.update(self.task, description=name)

    def finished(self, epoch: int, seconds: float, logs: Logs) -> None:
        self.estimate.finished(time.perf_counter())
        self.said(self.part + line(epoch, self.estimate.epochs, seconds, logs))

    def stop(self) -> None:
        with suppress(OSError):
            self.progress.stop()


class Estimate:
    """The time left over all epochs, judged by the steps and epochs that are done.

    The first batch counts for nothing: it waits for the graph to be traced and for the data.
    Times are in seconds, of any clock.
    """

    def __init__(self, epochs: int, first: int, steps: int | None):
        self.epochs, self.first, self.steps = epochs, first, steps
        self.seconds: list[float] = []  # of the epochs that are done
        self.number, self.began = first + 1, 0.0
        self.after_first = (0, 0.0)  # batches done and the time after the first of the run

    def epoch(self, number: int, now: float) -> None:
        self.number, self.began = number, now

    def batch(self, done: int, now: float) -> None:
        if not self.after_first[0]:
            self.after_first = (done, now)

    def finished(self, now: float) -> None:
        self.seconds.append(now - self.began)

    def left(self, done: int, now: float) -> float | None:
        """None while nothing can be said."""
        if not self.steps:
            return None
        whole = self._epoch(done, now)
        if whole is None:
            return None
        return whole * (self.epochs - self.number + 1 - min(done / self.steps, 1))

    def _epoch(self, done: int, now: float) -> float | None:
        """How long an epoch takes; validation counts once an epoch is done."""
        if self.seconds:
            usual = self.seconds[1:] or self.seconds
            return sum(usual) / len(usual)
        first, since = self.after_first
        if done <= first or self.steps is None:
            return None
        return (now - since) / (done - first) * self.steps


def clock(seconds: float) -> str:
    """`1:02:03`, or `2:03` below an hour."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
