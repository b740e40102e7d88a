"""YAML text to plain data and the span of every key and value; no input makes it raise."""

from __future__ import annotations

import gc
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from specc.source.nodes import PlainPaths, Spans
from specc.source.spans import Mark, Path, Problem, Span, span_at
from specc.source.tree import Composer, Stop

BYTES = 4 * 2**20
_REPORTED = 20

# C0 and C1 controls, line breaks of YAML 1.1 only, bidi controls, and what has no width.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff]"
)
_LINE = re.compile(r"[^\r\n]+")
_HEAD = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?[\r\n]|%[^\r\n]*)*+")
_DIRECTIVE = re.compile(r"(?:\A|(?<=[\r\n]))%[^\r\n]*")
_REST = re.compile(r"(?:\s|#[^\r\n]*|\.\.\.(?=\s|\Z))*+")


@dataclass(frozen=True)
class Source:
    """A spec's text, what it says as plain data, and where each part of that stands."""

    name: str
    text: str
    data: Any = None
    values: Mapping[Path, Span] = field(default_factory=dict)
    keys: Mapping[Path, Span] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    plain: Collection[Path] = ()

    def value_span(self, path: Path) -> Span:
        """The value's span, or that of the nearest enclosing value; for () the first content."""
        for size in range(len(path), 0, -1):
            if path[:size] in self.values:
                return self.values[path[:size]]
        return self._first_content()

    def key_span(self, path: Path) -> Span:
        """The key's span; a list item's own span; for a missing path that of what encloses it."""
        for size in range(len(path), 0, -1):
            for spans in (self.keys, self.values):
                if path[:size] in spans:
                    return spans[path[:size]]
        return self._first_content()

    def is_plain(self, path: Path) -> bool:
        """Whether the value is a scalar that was written without quotes."""
        return path in self.plain

    def _first_content(self) -> Span:
        for line in _LINE.finditer(self.text):
            content = line[0].strip()
            if content and content[0] != "#" and content != "---":
                start = line.start() + line[0].index(content[0])
                return span_at(self.text, start, start + len(content))
        return Span(1, 1, 1, 1)


def read(name: str, raw: bytes, *, pure: bool = False) -> Source:
    """Read a spec; what is wrong with it is in `problems`. `pure` forces the Python parser."""
    text, problems = _decode(raw)
    if problems:
        return Source(name, text, problems=tuple(problems))
    with _collector_paused():
        composer, complete = _compose(text, pure)
    root = composer.root if complete else None
    return Source(
        name,
        text,
        root.data if root is not None else None,
        Spans(root),
        Spans(root, of_keys=True),
        tuple(composer.problems),
        PlainPaths(root),
    )


@contextmanager
def _collector_paused() -> Iterator[None]:
    """The tree has no cycles, and tracing it again and again as it grows takes half the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _decode(raw: bytes) -> tuple[str, list[Problem]]:
    """The text without a byte order mark, and what forbids to read it."""
    if len(raw) > BYTES:
        return "", [_too_big(len(raw))]
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", [_not_utf8("the file is UTF-16, not UTF-8 (byte 0)", Span(1, 1, 1, 1))]
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return _undecodable(raw, error)
    return text, _characters(text)


def _too_big(size: int) -> Problem:
    message = f"the file has {size:,} bytes; at most 4 MiB are read"
    return Problem("F004", message, Span(1, 1, 1, 1), help="split the spec")


def _not_utf8(message: str, span: Span) -> Problem:
    return Problem("F005", message, span, help="save the file as UTF-8")


def _undecodable(raw: bytes, error: UnicodeDecodeError) -> tuple[str, list[Problem]]:
    text = raw.decode("utf-8", "replace").removeprefix("\ufeff")
    at = len(raw[: error.start].decode("utf-8").removeprefix("\ufeff"))
    message = f"byte {error.start} (0x{raw[error.start]:02x}) is not UTF-8"
    return text, [_not_utf8(message, span_at(text, at, at + 1))]


def _characters(text: str) -> list[Problem]:
    """The first forbidden character of each line, for as many lines as one can want to see."""
    problems: list[Problem] = []
    index = 0
    while len(problems) < _REPORTED and (match := FORBIDDEN.search(text, index)):
        problems.append(_character(text, match.start()))
        ending = re.compile(r"[\r\n]").search(text, match.end())
        index = ending.end() if ending else len(text)
    return problems


def _character(text: str, index: int) -> Problem:
    from unicodedata import category, name

    char = text[index]
    message = f"U+{ord(char):04X} ({name(char, 'a control character').lower()}) in the text"
    code = f"\\u{ord(char):04x}"
    help = f"remove it, or write `{code}` in double quotes where it is meant"
    span = span_at(text, index, index + 1)
    fix = ((span, "", True),) if category(char) == "Cf" else ()  # what has no width
    return Problem("F005", message, span, help=help, fix=fix)


def _compose(text: str, pure: bool) -> tuple[Composer, bool]:
    """The composed text, and whether it was read to its end."""
    composer = Composer(text)
    text = _without_directives(text, composer)
    events, errors = _parser(text, pure)
    try:
        composer.compose(events)
    except Stop:
        return composer, False
    except errors as error:
        composer.problems.append(_syntax(composer, error))
        return composer, False
    return composer, _check_rest(composer)


def _parser(text: str, pure: bool) -> tuple[Iterator[Any], tuple[type[Exception], ...]]:
    """The events, by libyaml where it is installed, and what the parsers raise on bad text.

    The Python parser passes escapes such as "\\Uffffffff" to chr(), hence the last two.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    events = YAML(typ="safe", pure=pure).parse(text)
    return events, (YAMLError, ValueError, OverflowError)


def _syntax(composer: Composer, error: Exception) -> Problem:
    """The words for what a parser raised; they are loaded only when something is wrong."""
    from specc.source.faults import fault
    from specc.source.slips import reword

    opener = composer.opener
    reached = composer.open[-1].end if composer.open else Mark(0, 0, 0)
    return reword(fault(composer.text, error, opener.start if opener else None, reached))


def _without_directives(text: str, composer: Composer) -> str:
    """The text with the directives at its top turned into comments; the first is a problem."""
    match = _HEAD.match(text)
    head = match[0] if match else ""
    directive = _DIRECTIVE.search(head)
    if directive is None:
        return text
    _directive(text, directive.start(), composer)
    return _DIRECTIVE.sub(lambda found: f"#{found[0][1:]}", head) + text[len(head) :]


def _directive(text: str, at: int, composer: Composer) -> None:
    line = _LINE.match(text, at)
    span = span_at(text, at, line.end() if line else at + 1)
    fix = ((span, "", True),)
    problem = Problem("F003", "YAML directive", span, help="remove the line", fix=fix)
    composer.problems.append(problem)


def _check_rest(composer: Composer) -> bool:
    """Whether what follows the first document is nothing worse than a second document."""
    text, start = composer.text, composer.rest
    match = _REST.match(text, start) if start is not None else None
    if match is None or match.end() == len(text):
        return True
    at = match.end()
    span = span_at(text, at, at + (3 if text.startswith("---", at) else 1))
    if text.startswith("---", at):
        help = "one file is one spec: remove it, or make it a file of its own"
        composer.problems.append(Problem("F003", "a second document", span, help=help))
        return True
    if text[at] == "%":
        _directive(text, at, composer)
        return True
    message = (
        f"`{text[at]}` closes nothing" if text[at] in "]}" else "text after the end of a value"
    )
    composer.problems.append(Problem("F001", message, span, help="remove it"))
    return False
