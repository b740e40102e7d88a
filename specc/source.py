"""YAML text to plain data and the span of every key and value; no input makes it raise."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from specc.slips import fault, reword
from specc.spans import Mark, Path, Problem, Span, mark_at, span_at
from specc.tree import Composer, Node, Stop

__all__ = ["BYTES", "Path", "Problem", "Source", "Span", "read"]

BYTES = 4 * 2**20
_REPORTED = 20

# C0 and C1 controls, line breaks of YAML 1.1 only, bidi controls, and what has no width.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff]"
)
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*%")
_REST = re.compile(r"(?:\s+|#[^\r\n]*|\.\.\.(?=\s|\Z))*")


class Spans(Mapping[Path, Span]):
    """The spans of all values, or of all keys, looked up in the tree when they are asked for."""

    def __init__(self, root: Node | None, of_keys: bool = False) -> None:
        self._root = root
        self._side = 0 if of_keys else 1

    def __getitem__(self, path: Path) -> Span:
        pair = find(self._root, path)
        node = pair[self._side]
        if node is None:
            raise KeyError(path)
        return node.span

    def __iter__(self) -> Iterator[Path]:
        return (path for path, pair in _pairs(self._root) if pair[self._side] is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class PlainPaths(Collection[Path]):
    """The paths of scalars written without quotes."""

    def __init__(self, root: Node | None) -> None:
        self._root = root

    def __contains__(self, path: object) -> bool:
        node = find(self._root, path)[1] if isinstance(path, tuple) else None
        return node is not None and node.plain

    def __iter__(self) -> Iterator[Path]:
        return (path for path, (_, node) in _pairs(self._root) if node is not None and node.plain)

    def __len__(self) -> int:
        return sum(1 for _ in self)


Pair = tuple[Node | None, Node | None]


def find(root: Node | None, path: Path) -> Pair:
    """The key node and the value node at a path; (None, None) where there is nothing."""
    pair: Pair = None, root
    for step in path:
        parts = pair[1].parts if pair[1] is not None else None
        match parts, step:
            case dict(), str() if step in parts:
                pair = parts[step]
            case list(), int() if 0 <= step < len(parts):
                pair = None, parts[step]
            case _:
                return None, None
    return pair


def _pairs(root: Node | None, path: Path = ()) -> Iterator[tuple[Path, Pair]]:
    if root is not None:
        yield from _below(path, (None, root))


def _below(path: Path, pair: Pair) -> Iterator[tuple[Path, Pair]]:
    yield path, pair
    match pair[1] and pair[1].parts:
        case dict() as parts:
            for key, inner in parts.items():
                yield from _below((*path, key), inner)
        case list() as items:
            for index, item in enumerate(items):
                yield from _below((*path, index), (None, item))


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
        match = re.search(r"^[ \t]*(?!---)([^\s#][^\r\n]*?)[ \t]*\r?$", self.text, re.MULTILINE)
        return span_at(self.text, *match.span(1)) if match else Span(1, 1, 1, 1)


def read(name: str, raw: bytes, *, pure: bool = False) -> Source:
    """Read a spec. Never raises: what is wrong is in `problems`. `pure` forces the Python parser."""
    text, problems = _decode(raw)
    if problems:
        return Source(name, text, problems=tuple(problems))
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
    while len(problems) < _REPORTED and (match := _FORBIDDEN.search(text, index)):
        problems.append(_character(text, match.start()))
        ending = re.compile(r"[\r\n]").search(text, match.end())
        index = ending.end() if ending else len(text)
    return problems


def _character(text: str, index: int) -> Problem:
    from unicodedata import name

    char = text[index]
    message = f"U+{ord(char):04X} ({name(char, 'a control character').lower()}) in the text"
    code = f"\\u{ord(char):04x}"
    help = f"remove it, or write `{code}` in double quotes where it is meant"
    return Problem("F005", message, span_at(text, index, index + 1), help=help)


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
        composer.problems.append(reword(_fault(composer, error)))
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


def _fault(composer: Composer, error: Exception) -> Any:
    opener = composer.opener
    last = composer.open[-1].end if composer.open else Mark(0, 0, 0)
    return fault(composer.text, error, opener.start if opener else None, last)


def _without_directives(text: str, composer: Composer) -> str:
    """The text with the directives at its top, each a problem, turned into comments."""
    while match := _DIRECTIVE.match(text):
        at = match.end() - 1
        _directive(text, at, composer)
        text = f"{text[:at]}#{text[at + 1 :]}"
    return text


def _directive(text: str, at: int, composer: Composer) -> None:
    end = re.compile(r"[^\r\n]*").match(text, at)
    span = span_at(text, at, end.end() if end else at + 1)
    composer.problems.append(Problem("F003", "YAML directive", span, help="remove the line"))


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
    message = f"`{text[at]}` closes nothing" if text[at] in "]}" else "text after the end of a value"
    composer.problems.append(Problem("F001", message, span, help="remove it"))
    return False
