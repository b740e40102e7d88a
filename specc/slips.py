"""What a value of the wrong form was surely meant to be."""

import re
from math import gcd

from specc.words import nearest

HABITS = {
    "yes": "true", "Yes": "true", "YES": "true", "on": "true", "On": "true", "ON": "true",
    "y": "true",
    "no": "false", "No": "false", "NO": "false", "off": "false", "Off": "false", "OFF": "false",
    "n": "false", "None": "null", "none": "null",
}  # fmt: skip
PART = frozenset({"from", "last", "share", "match"})  # of the layers inside a pretrained model
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def slip(given: object, wanted: str) -> tuple[str, str]:
    """What to write in place of a value, and the help that says so; `""` where it is not plain.

    `wanted` says in words what was expected.
    """
    match given:
        case str():
            return _text(given, wanted)
        case float() if given.is_integer() and abs(given) < 1e15 and "integer" in wanted:
            return f"{given:.0f}", f"write `{given:.0f}`"
        case int() | float() if "at most 1" in wanted and 2 <= given <= 100:
            return "", f"it is a share: for {given:g} % write `{given / 100:g}`"
        case int() if wanted.startswith("a list of sizes"):
            return f"[{given}]", f"write `[{given}]`"
        case [*sizes] if wanted.startswith("a list of sizes") and "None" in sizes:
            right = ", ".join("null" if size == "None" else str(size) for size in sizes)
            return "", f"in YAML `None` is text: write `[{right}]`"
        case [int() as item] if "list" not in wanted and "integer" in wanted:
            return str(item), f"write `{item}`, without brackets"
        case dict() if wanted == "`true` or `false`" and PART.issuperset(given):
            said = ", ".join(f"{key}: {value}" for key, value in given.items())
            return "", f"phases train a part: write `trainable: {{NAME: {{{said}}}}}` in one"
    return "", ""


def _text(given: str, wanted: str) -> tuple[str, str]:
    number, integer = "number" in wanted, "integer" in wanted
    if given in HABITS and HABITS[given] in wanted:
        return HABITS[given], f"in YAML 1.2 `{given}` is text: write `{HABITS[given]}`"
    if "`true`" in wanted and (meant := nearest(given, ("true", "false"))):
        return meant, f"did you mean `{meant}`?"
    if re.fullmatch(r"\d+(:\d\d)+", given):
        return "", f"in YAML 1.2 `{given}` is text, not a number in base 60"
    if re.fullmatch(r"\d+(_\d+)+", given) and (integer or number):
        right = given.replace("_", "")
        return right, f"write `{right}`"
    if re.fullmatch(r"\d+", given) and (integer or number):
        return given, f"write `{given}`, without quotes"
    if number and _NUMBER.fullmatch(given):
        return given, f"write `{given}`, without quotes"
    if number and (right := _of_integers(given)):
        return right, f"write `{right}`, of two integers"
    if number and re.fullmatch(r"\d+,\d+", given):
        right = given.replace(",", ".")
        return right, f"write `{right}`, with a point"
    if number and re.fullmatch(r"\d+(\.\d+)? ?%", given):
        right = f"{float(given.rstrip(' %')) / 100:g}"
        return right, f"write the share, `{right}`"
    if wanted == "a list" and "," in given:
        return "", f"write `[{given}]`"
    sizes = wanted.startswith("a list of sizes")
    if (integer or number or sizes) and re.fullmatch(r"\([\d., -]+\)", given):
        return f"[{given[1:-1]}]", f"write `[{given[1:-1]}]`"
    return "", ""


def _of_integers(given: str) -> str:
    """`2/255` for `1/127.5`: a fraction with decimal points as one of two integers."""
    found = re.fullmatch(r"(\d{1,9})(?:\.(\d{0,6}))?/(\d{1,9})(?:\.(\d{0,6}))?", given)
    if not found or not int(found[3] + (found[4] or "")):
        return ""
    above, below = found[2] or "", found[4] or ""
    places = max(len(above.rstrip("0")), len(below.rstrip("0")))
    parts = [
        int(whole + rest[:places].ljust(places, "0"))
        for whole, rest in ((found[1], above), (found[3], below))
    ]
    shared = gcd(*parts) if places else 1
    return "/".join(str(part // shared) for part in parts)
