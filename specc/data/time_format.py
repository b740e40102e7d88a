"""How points in time are written in a column, in the fields of Python's `strptime`."""

import re
from collections import Counter
from typing import Annotated, Any

from pydantic import PlainValidator

from specc.options import expected, out_of_range

# https://docs.python.org/3.11/library/datetime.html#format-codes
FIELDS = frozenset("aAwdbBmyYHIpMSfzZjUWcxXGuV%")
# Fields of `strftime` in C and of other libraries, as `strptime` knows them.
HABITS = {
    "D": "%m/%d/%y", "F": "%Y-%m-%d", "L": "%f", "N": "%f", "P": "%p", "R": "%H:%M",
    "T": "%H:%M:%S", "e": "%d", "h": "%b", "k": "%H", "l": "%I",
}  # fmt: skip
WORDS = re.compile("yyyy|yy|mm|dd|hh|ss", re.IGNORECASE)
WHAT = "a format such as `%d.%m.%Y %H:%M`"


def _time_format(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise expected(WHAT)
    fields = re.findall(r"%(.?)", value, re.DOTALL)
    known = Counter(field for field in fields if field != "%")
    if not known:
        raise out_of_range(WHAT, _from_words(value))
    for field, count in known.items():
        if field not in FIELDS:
            raise out_of_range(WHAT, _unknown(field))
        if count > 1:
            raise out_of_range(WHAT, f"`%{field}` can stand there once")
    return value


def _unknown(field: str) -> str:
    if field == "-":
        return "leave the `-` out: `%d` reads both 1 and 01"
    said = f"Python's `strptime` has no field `%{field}`"
    return f"{said}: write `{HABITS[field]}`" if field in HABITS else said


def _from_words(text: str) -> str:
    """What `dd.MM.yyyy`, as Java and spreadsheets write it, is called here."""
    fields = {"yyyy": "%Y", "yy": "%y", "dd": "%d", "hh": "%H", "ss": "%S"}

    def field(found: re.Match[str]) -> str:
        hours = "hh" in text[: found.start()].lower()
        return fields.get(found[0].lower(), "%M" if hours else "%m")

    meant = WORDS.sub(field, text)
    return f"write `{meant}`" if meant != text else "without a field it fits no time"


TimeFormat = Annotated[str, PlainValidator(_time_format)]
