"""What a terminal shows of a text: escapes for what must not reach it, widths in columns."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

TAB = 4
WIDTH = 112  # columns of a source line: with line number and two `…` a row keeps within 120
LEAD = 40  # columns kept before a mark that is far to the right


class View(NamedTuple):
    """The part of a line that is shown, and the columns of its mark, counted from 0."""

    text: str
    start: int
    width: int


def safe(text: str) -> str:
    """`text` with control, format, bidi and unassigned characters as Python escapes."""
    return text if text.isprintable() else "".join(map(_shown, text))


def view(line: str, start: int, end: int) -> View:
    """The surroundings of `line[start:end]`; what lies beyond the line counts as its end."""
    start = min(start, len(line))
    skipped = max(0, start - WIDTH)
    texts, columns = _cells(line[skipped : start + WIDTH])
    start, end = start - skipped, max(start, min(end, len(line))) - skipped
    end = min(end, len(texts))
    left, right = _window(columns, start, end)
    before = "…" if skipped + left else ""
    after = "…" if skipped + right < len(line) else ""
    width = columns[min(end, right)] - columns[start]
    text = before + "".join(texts[left:right]) + after
    return View(text, len(before) + columns[start] - columns[left], max(1, width))


def _window(columns: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """First and end index of the characters that fit; the line's beginning if it can be."""
    left = 0 if columns[end] <= WIDTH else bisect_left(columns, columns[start] - LEAD)
    return left, bisect_right(columns, columns[left] + WIDTH) - 1


def _cells(line: str) -> tuple[Sequence[str], Sequence[int]]:
    """What to show for each character, and the column where it begins, with the line's end."""
    if line.isascii() and line.isprintable():
        return line, range(len(line) + 1)
    texts, columns = [], [0]
    for character in line:
        at = columns[-1]
        text = " " * (TAB - at % TAB) if character == "\t" else _shown(character)
        texts.append(text)
        columns.append(at + sum(map(_width, text)))
    return texts, columns


@lru_cache(1024)
def _shown(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")


@lru_cache(1024)
def _width(character: str) -> int:
    """Columns of a printable character (Unicode Standard Annex 11; marks stand on the previous)."""
    if unicodedata.category(character) in ("Mn", "Me") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
