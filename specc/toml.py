"""Where keys and values stand in a TOML file, which Python's own parser does not tell."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from specc.source import Path, Span
from specc.source.spans import span_at

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^\s,\]}#]+(?: \d[^\s,\]}#]*)?")  # a date may have a blank before its time


class Places(NamedTuple):
    """The spans of all values and of all keys, by path."""

    values: Mapping[Path, Span]
    keys: Mapping[Path, Span]


def places(text: str) -> Places:
    """The places in a text that is right TOML."""
    return _Reader(text).read()


class _Reader:
    """Goes through the text once; `at` is where it is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.values: dict[Path, Span] = {}
        self.keys: dict[Path, Span] = {}
        self.counts: dict[Path, int] = {}

    def read(self) -> Places:
        table: Path = ()
        self.blank()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.blank()
        return Places(self.values, self.keys)

    def blank(self) -> None:
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def skip(self, sign: str) -> bool:
        """Goes behind the sign and the blank after it, where it stands."""
        found = self.text.startswith(sign, self.at)
        if found:
            self.at += len(sign)
            self.blank()
        return found

    def header(self) -> Path:
        """`[a.b]` as a path; `[[a.b]]` with the number of its table."""
        several = self.text.startswith("[[", self.at)
        self.at += 2 if several else 1
        self.blank()
        path = self.key(())
        self.at = self.text.index("]", self.at) + (2 if several else 1)
        if not several:
            return path
        self.counts[path] = self.counts.get(path, -1) + 1
        return (*path, self.counts[path])

    def key(self, inside: Path) -> Path:
        """A key, of which each part is noted."""
        path = inside
        while True:
            start = self.at
            found = _STRING.match(self.text, start) or _BARE.match(self.text, start)
            if found is None:
                raise ValueError(f"no key of TOML at {start}")
            word = found[0]
            path = (*path, word[1:-1] if word[0] in "\"'" else word)
            self.keys.setdefault(path, span_at(self.text, start, found.end()))
            self.at = found.end()
            self.blank()
            if not self.skip("."):
                return path

    def pair(self, inside: Path) -> None:
        path = self.key(inside)
        self.skip("=")
        self.value(path)

    def value(self, path: Path) -> None:
        start = self.at
        if self.skip("["):
            number = 0
            while not self.closes("]"):
                self.value((*path, number))
                number += 1
        elif self.skip("{"):
            while not self.closes("}"):
                self.pair(path)
        else:
            found = _STRING.match(self.text, start) or _SCALAR.match(self.text, start)
            if found is None:
                raise ValueError(f"no value of TOML at {start}")
            self.at = found.end()
        self.values[path] = span_at(self.text, start, self.at)
        self.blank()

    def closes(self, bracket: str) -> bool:
        """Whether a collection ends here; a comma on the way is passed."""
        self.skip(",")
        if not self.text.startswith(bracket, self.at):
            return False
        self.at += 1
        return True
