"""SIGINT, SIGTERM and SIGHUP while a run lasts: what they do depends on what is being done."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Self

WATCHED = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


class Stop(KeyboardInterrupt):
    """A signal, whose number this holds, ends what is being done, now."""


class Signals:
    """Turns the first signal into Stop, or into what `orderly` says; the second into Stop.

    A third one ends the process: then even the clean-up hangs. A signal that the process was
    started to ignore stays ignored.
    """

    def __init__(self) -> None:
        self.received: list[int] = []
        self._answer: Callable[[], object] | None = None
        self._raised = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in WATCHED:
            if signal.getsignal(number) not in (signal.SIG_IGN, None):
                self._before[number] = signal.signal(number, self._receive)
        return self

    def __exit__(self, *error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextmanager
    def orderly(self, answer: Callable[[], object]) -> Iterator[None]:
        """What is done inside ends by itself once `answer` was called."""
        self._answer = answer
        try:
            yield
        finally:
            self._answer = None

    def over(self) -> None:
        """From now on there is nothing left to stop."""
        self._raised = True

    def _receive(self, number: int, frame: FrameType | None) -> None:
        self.received.append(number)
        if len(self.received) > 2:
            os._exit(128 + number)
        if self._raised:
            return
        if self._answer is not None and len(self.received) == 1:
            self._answer()
            return
        self._raised = True
        raise Stop(number)
