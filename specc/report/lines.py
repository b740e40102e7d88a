"""The text of a spec as words with a meaning, for a page that colours them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<comment>(?:^|(?<=\s))\#.*)
    |(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')
    |(?P<key>[\w.-]+(?=\s*:(?:\s|$)))
    |(?P<number>(?<![\w./-])-?\d(?:[eE][+-]|[\w./])*)
    |(?P<word>\b(?:true|false|null)\b)""",
    re.VERBOSE,
)
_ENDS = re.compile("\r\n|\r|\n")


class Word(NamedTuple):
    """A stretch of a line; `kind` is empty for what means nothing of its own."""

    kind: str
    text: str


def lines(text: str) -> list[list[Word]]:
    """The lines; the words of each are all of its text."""
    return [list(_words(line)) for line in _ENDS.split(text.rstrip("\r\n"))]


def _words(line: str) -> Iterator[Word]:
    at = 0
    for found in _TOKEN.finditer(line):
        if found.start() > at:
            yield Word("", line[at : found.start()])
        yield Word(found.lastgroup or "", found[0])
        at = found.end()
    if at < len(line):
        yield Word("", line[at:])


def said(message: str) -> list[Word]:
    """A message, what stands between backticks as code."""
    parts = message.split("`")
    if len(parts) % 2 == 0:
        return [Word("", message)]
    return [Word("code" if place % 2 else "", part) for place, part in enumerate(parts) if part]
