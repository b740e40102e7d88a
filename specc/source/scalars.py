"""The values of plain scalars: YAML 1.2's core schema, less the spellings that mislead."""

from __future__ import annotations

import re
from math import inf, isinf, nan
from typing import NamedTuple

Scalar = str | int | float | bool | None

DIGITS = 20

WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{sign + word: inf for sign in ("", "+") for word in (".inf", ".Inf", ".INF")},
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), nan),
}

_NUMBER = re.compile(
    r"""(?P<int>[-+]?[0-9]+)
    | (?P<octal>0o[0-7]+)
    | (?P<hex>0x[0-9a-fA-F]+)
    | (?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)
    | (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}.*)?)""",
    re.VERBOSE,
)


class Unread(int):
    """Stands for a number that was not read, of which nothing can be said."""


class Refused(NamedTuple):
    """A scalar that must be written otherwise; `value` is what reading goes on with.

    `right` is what is surely meant, as YAML text; of a number, reading may have it wrong.
    """

    code: str
    message: str
    help: str
    value: Scalar
    right: str = ""


UNREAD = Unread(10**DIGITS)


def unread(value: object) -> bool:
    """Whether a number that was not read is part of it."""
    match value:
        case list():
            return any(map(unread, value))
        case dict():
            return any(map(unread, value.values()))
    return isinstance(value, Unread)


def resolve(text: str) -> Scalar | Refused:
    """The value of a plain scalar, by https://yaml.org/spec/1.2.2/#1032-tag-resolution."""
    if text in WORDS:
        return WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    match = _NUMBER.fullmatch(text)
    return text if match is None else _number(text, match.lastgroup or "")


def _number(text: str, kind: str) -> Scalar | Refused:
    if kind == "date":
        return _date(text)
    if kind == "float":
        return _float(text)
    if len(text.lstrip("+-")) > DIGITS:
        return _too_long(text)
    if kind == "int":
        return _leading_zero(text, int(text)) if _padded(text) else int(text)
    return int(text, 0)


def _float(text: str) -> Scalar | Refused:
    value = float(text)
    if _padded(text):
        return _leading_zero(text, value)
    if isinf(value):
        return _out_of_range(text, "large")
    if value == 0.0 and re.search("[1-9]", re.split("[eE]", text)[0]):
        return _out_of_range(text, "small")
    return value


def _padded(text: str) -> bool:
    digits = text.lstrip("+-")
    return digits[0] == "0" and digits[1:2].isdigit()


def _leading_zero(text: str, value: int | float) -> Refused:
    octal = f", `0o{text.lstrip('+-0')}` for octal" if re.fullmatch("0+[1-7][0-7]*", text) else ""
    return Refused(
        "F013",
        f"`{shorten(text)}` has a leading zero",
        f"write `{shorten(str(value))}`{octal}, or quote it if it is text",
        value,
        str(value),
    )


def _date(text: str) -> Refused:
    shown = shorten(text)
    right = "" if '"' in text else f'"{text}"'
    return Refused("F013", f"unquoted date `{shown}`", f'quote it: `"{shown}"`', text, right)


def _too_long(text: str) -> Refused:
    size = len(text.lstrip("+-"))
    message = f"integer of {size} characters; at most {DIGITS} are read"
    return Refused("F004", message, "write a smaller number, or quote it if it is text", UNREAD)


def _out_of_range(text: str, which: str) -> Refused:
    message = f"`{shorten(text)}` is too {which} for a 64-bit float"
    return Refused("F004", message, "write a number between 1e-307 and 1e308 in size", UNREAD)


def shorten(text: str, limit: int = 40) -> str:
    """The text for a message: one line, printable, not too long."""
    shown = "".join(
        char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text[:limit]
    )
    return shown + ("…" if len(text) > limit else "")
