"""Prints values of a program as Python source, laid out as `ruff format` would lay them out."""

import re
from collections.abc import Iterator, Sequence
from math import isfinite

from specc.program import Call, Items, Ratio, Ref, Table, Under, Value

WIDTH = 88
INDENT = 4
Parts = Sequence[tuple[str, Value]]  # what stands between brackets: prefix and value


def python(value: Value, *, indent: int = 0, column: int | None = None, after: int = 0) -> str:
    """The source of a value.

    `column` is where it starts, `indent` how far its line is indented, and `after` the room
    that has to be left behind it. Only ASCII; raises TypeError or ValueError for what is no
    value of a program, so that nothing reaches the script unquoted.
    """
    flat = _flat(value)
    start = indent if column is None else column
    if start + len(flat) + after <= WIDTH:
        return flat
    opening, parts, closing = _bracketed(value)
    if not parts:
        return _broken(value, indent, after)
    inner = indent + INDENT
    alone = ", ".join(prefix + _flat(part) for prefix, part in parts)
    if isinstance(value, Call) and inner + len(alone) <= WIDTH:
        lines = [" " * inner + alone]
    else:
        lines = [_line(prefix, part, inner) for prefix, part in parts]
    return "\n".join((opening, *lines, " " * indent + closing))


def _line(prefix: str, part: Value, indent: int) -> str:
    text = python(part, indent=indent, column=indent + len(prefix), after=1)
    return f"{' ' * indent}{prefix}{text},"


def _broken(value: Value, indent: int, after: int) -> str:
    """A path or text over several lines; other atoms are never too long."""
    match value:
        case Under(path):
            folder = _flat(value).partition(" / ")[0]
            flat = _scalar(path)
            fits = indent + len("/ ") + len(flat) + after <= WIDTH
            return f"{folder}\n{' ' * indent}/ {flat if fits else _literals(path, indent)}"
        case str() if len(value) > 1:
            return _literals(value, indent)
        case _:
            return _flat(value)


def _literals(text: str, indent: int) -> str:
    """A text as literals, one below the other, in parentheses."""
    inner = indent + INDENT
    lines = (" " * inner + quoted(piece) for piece in _pieces(text, WIDTH - inner))
    return "\n".join(("(", *lines, " " * indent + ")"))


def _pieces(text: str, room: int) -> Iterator[str]:
    """Pieces whose literals fit into `room`, which end in a blank or slash if they can."""
    while text:
        end = next((n for n in range(1, len(text)) if len(quoted(text[: n + 1])) > room), len(text))
        broken = max(text.rfind(sign, end // 2, end) for sign in " /") + 1
        end = broken if broken and end < len(text) else end
        yield text[:end]
        text = text[end:]


def _flat(value: Value) -> str:
    """The value on one line."""
    match value:
        case Call() | Items() | Table() | tuple():
            opening, parts, closing = _bracketed(value)
            inside = ", ".join(prefix + _flat(part) for prefix, part in parts)
            comma = "," if isinstance(value, tuple) and len(value) == 1 else ""
            return f"{opening}{inside}{comma}{closing}"
        case Ref(name):
            return _dotted(name)
        case Under(path, filled):
            return f"{'folder' if filled else 'output'} / {_scalar(path)}"
        case Ratio():
            return _ratio(value)
        case _:
            return _scalar(value)


def _scalar(value: Value) -> str:
    """Exact types only: the `repr` of a subclass may be any text."""
    if type(value) is str:
        return quoted(value)
    if value is None or type(value) in (bool, int):
        return repr(value)
    if type(value) is not float:
        raise TypeError(f"a program holds no {type(value).__name__}")
    if not isfinite(value):
        raise ValueError("a program holds no infinite or undefined number")
    return repr(value).replace("e+", "e")


def _ratio(value: Ratio) -> str:
    if type(value.numerator) is not int or type(value.denominator) is not int:
        raise TypeError("a ratio has two integers")
    return f"{value.numerator} / {value.denominator}"


def _bracketed(value: Value) -> tuple[str, Parts, str]:
    """What opens a value, its parts, and what closes it; no parts for an atom."""
    match value:
        case Call(target, args, options):
            given = [("", arg) for arg in args]
            named = [(f"{_identifier(name)}=", option) for name, option in options]
            return f"{short(target)}(", [*given, *named], ")"
        case Items(values):
            return "[", [("", item) for item in values], "]"
        case Table(rows):
            return "{", [(f"{_key(key)}: ", item) for key, item in rows], "}"
        case tuple():
            return "(", [("", item) for item in value], ")"
        case _:
            return "", [], ""


def _key(key: str | int) -> str:
    if type(key) not in (str, int):
        raise TypeError("the keys of a table are strings or integers")
    return _scalar(key)


def short(target: str) -> str:
    """The target as the script writes it: `layers.Dense` for `keras.layers.Dense`."""
    return _dotted(target.removeprefix("keras.") if _LAYER.fullmatch(target) else target)


_LAYER = re.compile(r"keras\.layers\.\w+", re.ASCII)
_DOTTED = re.compile(r"\*?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", re.ASCII)


def _dotted(name: str) -> str:
    if not _DOTTED.fullmatch(name):
        raise ValueError(f"{name!a} is no name")
    return name


def _identifier(name: str) -> str:
    if not name.isascii() or not name.isidentifier():
        raise ValueError(f"{name!a} is no identifier")
    return name


def escaped(text: str) -> str:
    """Printable ASCII that a Python string literal reads back as the text; quotes are kept."""
    return text.encode("unicode_escape").decode("ascii")


def quoted(text: str) -> str:
    """A string literal with the quotes that need fewer escapes, as formatters choose them."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + escaped(text).replace(quote, "\\" + quote) + quote


# Filling templates: the text around a value says how much room it has.

MARK = re.compile("\0(\\d+)\0")


class Values:
    """Values that a template mentioned; each left a mark in the text, to be filled in last.

    A value is only laid out when its line is known, and what it prints is not looked at again.
    """

    def __init__(self) -> None:
        self._values: list[Value] = []

    def mark(self, value: Value) -> str:
        self._values.append(value)
        return f"\0{len(self._values) - 1}\0"

    def fill(self, text: str) -> str:
        """The text with all marks replaced by source."""
        return "\n".join(line for raw in text.split("\n") for line in self._filled(raw))

    def _filled(self, line: str) -> Iterator[str]:
        found = list(MARK.finditer(line))
        if not found:
            yield line
            return
        *others, last = (self._values[int(mark[1])] for mark in found)
        ends = (*(mark.end() for mark in found[:-1]),)
        starts = (0, *ends)
        texts = [line[s : m.start()] for s, m in zip(starts, found, strict=True)]
        before = "".join(t + python(v) for t, v in zip(texts, others, strict=False)) + texts[-1]
        yield from _with_comment(before, last, line[found[-1].end() :])


def _with_comment(before: str, value: Value, after: str) -> Iterator[str]:
    """The value in its line; a comment that does not fit behind it goes on the line above."""
    code, hash, comment = after.partition("  # ")
    indent = len(before) - len(before.lstrip(" "))
    flat = f"{before}{_flat(value)}{after}"
    if len(flat) <= WIDTH:
        yield flat
        return
    if hash:
        yield f"{' ' * indent}# {comment}"
    yield before + _placed(value, before, indent, len(code)) + code


_ASSIGNED = re.compile(r" *(?:return |\w+ = )")


def _placed(value: Value, before: str, indent: int, after: int) -> str:
    """The value behind `before`; a long atom that is assigned gets parentheses if they help."""
    flat = _flat(value)
    fits = len(before) + len(flat) + after <= WIDTH
    alone = indent + INDENT + len(flat) <= WIDTH
    if not fits and alone and _ASSIGNED.fullmatch(before) and not _bracketed(value)[1]:
        return f"(\n{' ' * (indent + INDENT)}{flat}\n{' ' * indent})"
    return python(value, indent=indent, column=len(before), after=after)


def docstring(text: str) -> str:
    """Text for inside a docstring: one line per line, wrapped, and harmless.

    Raises UnicodeEncodeError for half a surrogate pair, which Python 3.13 compiles no docstring
    of, and which the reader of specs refuses.
    """
    import textwrap

    text.encode()
    lines: list[str] = []
    for line in text.expandtabs(INDENT).split("\n"):
        safe = escaped(line).replace('"""', r"\"\"\"").rstrip()
        start = " " * (len(safe) - len(safe.lstrip()))
        lines += textwrap.wrap(
            safe,
            WIDTH,
            initial_indent="",
            subsequent_indent=start,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return "\n".join(lines)


def comment(text: str) -> str:
    """Text for inside a comment."""
    return escaped(text)
