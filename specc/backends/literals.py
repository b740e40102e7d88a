"""Atoms of Python source: numbers, texts, names and comments, in ASCII and with nothing to run."""

import re
from keyword import iskeyword
from math import isfinite

from specc.program import Ratio, Ref, Text, Value

WIDTH = 88
INDENT = 4
_LAYER = re.compile(r"keras\.layers\.\w+", re.ASCII)
_DOTTED = re.compile(r"\*?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", re.ASCII)
_TYPE = re.compile(r"[A-Za-z_][\w.\[\], |]*", re.ASCII)

_OUTER_QUOTE = re.compile(r'^"|(?<!\\)((?:\\\\)*)"$')


def scalar(value: Value) -> str:
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


def ratio(value: Ratio) -> str:
    if type(value.numerator) is not int or type(value.denominator) is not int:
        raise TypeError("a ratio has two integers")
    return f"{value.numerator} / {value.denominator}"


def key(key: str | int) -> str:
    if type(key) not in (str, int):
        raise TypeError("the keys of a table are strings or integers")
    return scalar(key)


def short(target: str) -> str:
    """The target as the script writes it: `layers.Dense` for `keras.layers.Dense`."""
    return dotted(target.removeprefix("keras.") if _LAYER.fullmatch(target) else target)


def dotted(name: str) -> str:
    """A name with its module or object, perhaps with a star before it."""
    if not _DOTTED.fullmatch(name):
        raise ValueError(f"{name!a} is no name")
    return name


def plain(name: str) -> str:
    """A name that may be assigned to, or stand before what is called."""
    if name.startswith("*") or any(map(iskeyword, name.split("."))):
        raise ValueError(f"{name!a} is no name to assign to")
    return dotted(name)


def identifier(name: str) -> str:
    if not name.isascii() or not name.isidentifier() or iskeyword(name):
        raise ValueError(f"{name!a} is no identifier")
    return name


def annotation(name: str) -> str:
    """A type, such as `tuple[int, ...]` without the dots."""
    if not _TYPE.fullmatch(name):
        raise ValueError(f"{name!a} is no type")
    return name


def escaped(text: str) -> str:
    """Printable ASCII that a Python string literal reads back as the text; quotes are kept."""
    return text.encode("unicode_escape").decode("ascii")


def quoted(text: str) -> str:
    """A string literal with the quotes that need fewer escapes, as formatters choose them."""
    quote = _quote(text)
    return quote + _inside(text, quote) + quote


def formatted(text: Text) -> str:
    """An f-string, or a plain one where no name stands in it."""
    texts = [part for part in text.parts if not isinstance(part, Ref)]
    if any(type(part) is not str for part in texts):
        raise TypeError("the parts of a text are texts and names")
    if len(texts) == len(text.parts):
        return quoted("".join(texts))
    quote = _quote("".join(texts))
    inside = (
        f"{{{identifier(part.name)}}}" if isinstance(part, Ref) else _inside(_doubled(part), quote)
        for part in text.parts
    )
    return f"f{quote}{''.join(inside)}{quote}"


def _quote(text: str) -> str:
    return "'" if text.count('"') > text.count("'") else '"'


def _inside(text: str, quote: str) -> str:
    return escaped(text).replace(quote, "\\" + quote)


def _doubled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def comment(text: str) -> str:
    """Text for inside a comment."""
    return escaped(text)


def docstring(text: str, indent: int = 0, quotes: int = 0) -> str:
    """Text for inside a docstring: one line per line, wrapped, and harmless.

    The room that is left in a line is without `indent` and, in the first one, `quotes`.
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
            WIDTH - indent - quotes,
            initial_indent="",
            subsequent_indent=start,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return f"\n{' ' * indent}".join(lines)


def sentence(text: str) -> str:
    """The docstring of a function, which formatters leave alone."""
    inside = docstring(text.strip(), INDENT, len('""""""'))
    inside = _OUTER_QUOTE.sub(r'\1\\"', inside)
    return f'"""{inside}\n{" " * INDENT}"""' if "\n" in inside else f'"""{inside}"""'
