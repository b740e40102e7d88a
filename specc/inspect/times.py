"""Points in time as they are written in a column, and whether they ascend."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isnan


@dataclass
class Clock:
    """What is known of a column of times so far."""

    name: str
    format: str | None
    last: tuple[float, str] | None = None
    back: tuple[int, str, str] | None = None  # the first line that is earlier than the one before
    wrong: tuple[int, str] | None = None  # the first cell that is no time, and its line

    def read(self, cells: Sequence[str], lines: Sequence[int]) -> None:
        """Takes the next cells, until one is wrong."""
        for cell, line in zip(cells, lines, strict=True):
            if self.wrong or self.back:
                return
            time = moment(cell, self.format)
            if time is None:
                self.wrong = line, cell
                return
            if self.last is not None and time < self.last[0]:
                self.back = line, cell, self.last[1]
            self.last = time, cell


def moment(text: str, format: str | None) -> float | None:
    """A number that grows with time; None for what is no time."""
    if format is None:
        return _number(text) if _number(text) is not None else _seconds(text)
    try:
        return _since(datetime.strptime(text, format))
    except (ValueError, re.error):  # `strptime` makes a pattern of the format, as of `%Y %Y`
        return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return None if isnan(number) else number


def _seconds(text: str) -> float | None:
    try:
        return _since(datetime.fromisoformat(text))
    except ValueError:
        return None


def _since(time: datetime) -> float:
    """Seconds since the year 1; without a time zone all is in the same one."""
    known = time if time.tzinfo else time.replace(tzinfo=UTC)
    return (known - datetime(1, 1, 1, tzinfo=UTC)).total_seconds()
