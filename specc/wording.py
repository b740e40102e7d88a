"""Our words for what pydantic reports: one finding per mistake, never pydantic's text."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from specc.diagnostics import Diagnostic, Edit, Severity
from specc.foreign import VALUES
from specc.old_words import ALIASES, OF_FUNCTIONS, OLD_VALUES
from specc.slips import slip
from specc.source import Path
from specc.words import nearest, sure

Place = Callable[[str], Path]
Error = Mapping[str, Any]

EXPECTED = {
    "int_type": "an integer",
    "int_from_float": "an integer",
    "float_type": "a number",
    "finite_number": "a finite number",
    "string_type": "text",
    "string_too_short": "text that is not empty",
    "bool_type": "`true` or `false`",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "none_required": "nothing",
}
TYPES = {"int": "int32", "float": "float32", "double": "float64", "str": "string"}
RANGES = {
    "greater_than": ("gt", "greater than {}"),
    "greater_than_equal": ("ge", "at least {}"),
    "less_than": ("lt", "less than {}"),
    "less_than_equal": ("le", "at most {}"),
}


def findings(
    errors: Sequence[Error],
    what: str,
    place: Place,
    enclosing: Path,
    names: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Diagnostic]:
    """The findings for one model: `what` names it (`Conv2D`), `place` says where an option is,
    and `names` how it is written, where that differs.
    """
    for error in errors:
        if error["type"] == "missing":
            option = str(error["loc"][0])
            yield missing_key(names.get(option, option), what, enclosing)
    yield from _values(errors, what, place, enclosing, names)


def without_missing(errors: Sequence[Any], strays: int) -> list[Any]:
    """The errors, without as many missing keys as there are keys that nothing is known of."""
    kept = []
    for error in errors:
        lacks = error["type"] == "missing" or error.get("ctx", {}).get("code") == "F012"
        if lacks and strays:
            strays -= 1
        else:
            kept.append(error)
    return kept


def unknown_word(
    code: str, noun: str, word: str, known: Sequence[str], path: Path, where: str, on_key: bool
) -> Diagnostic:
    """A word that is none of the known ones, with the nearest of them."""
    meant = nearest(word, known)
    help = f"did you mean `{meant}`?" if meant else f"known ones are {listing(known)}"
    fix = (Edit(path, meant, on_key, safe=sure(word, meant, known)),) if meant else ()
    message = f"unknown {noun} `{word}` in {where}"
    help = help if known else ""
    return Diagnostic(code, Severity.ERROR, message, path, on_key, help=help, fix=fix)


def listing(names: Sequence[str], most: int = 16) -> str:
    """`a`, `b`, `c` …"""
    shown = ", ".join(f"`{name}`" for name in names[:most])
    return shown + (", …" if len(names) > most else "")


def old_word(word: str, today: str, path: Path, *, on_key: bool, fixable: bool) -> Diagnostic:
    """A word of Keras 1 or 2, or another name of a class, with its translation."""
    plain = re.fullmatch(r"\w+", today) is not None
    help = f"write `{today}`" if plain else today
    fix = (Edit(path, today, on_key, "rename", True),) if plain and fixable else ()
    origin = "another name of Keras'" if word in ALIASES else "a word of old Keras versions"
    origin = "a word of Keras' functions" if word in OF_FUNCTIONS else origin
    message = f"`{word}` is {origin}"
    return Diagnostic("F020", Severity.ERROR, message, path, on_key, help=help, fix=fix)


def foreign_word(
    code: str, word: str, meant: tuple[str, str], path: Path, on_key: bool
) -> Diagnostic:
    """A word of another library; `meant` is that library and what to write in a spec."""
    library, here = meant
    plain = re.fullmatch(r"\w+", here) is not None
    fix = (Edit(path, here, on_key, "rename", code == "F010"),) if plain else ()
    message = f"`{word}` is a word of {library}"
    help = f"write `{here}`" if plain else here
    return Diagnostic(code, Severity.ERROR, message, path, on_key, help=help, fix=fix)


def not_yet(what: str, path: Path, *, on_key: bool = False) -> Diagnostic:
    """Something the language has and this version does not."""
    return Diagnostic(
        "F050",
        Severity.ERROR,
        f"{what} is not supported yet",
        path,
        on_key,
        help="remove it; specc refuses what it would otherwise ignore",
    )


def missing_key(option: str, what: str, enclosing: Path) -> Diagnostic:
    message = f"{what} needs `{option}`"
    return Diagnostic(
        "F012", Severity.ERROR, message, enclosing, on_key=True, help=f"add `{option}: …`"
    )


def _values(
    errors: Sequence[Error], what: str, place: Place, enclosing: Path, names: Mapping[str, str]
) -> Iterator[Diagnostic]:
    seen = set()
    for error in errors:
        option = str(error["loc"][0]) if error["loc"] else ""
        if error["type"] == "mistake":
            yield _mistake(error, what, place(option) if option else enclosing)
            continue
        if error["type"] == "missing" or option in seen:
            continue
        seen.add(option)
        branches = [e for e in errors if e["loc"] and str(e["loc"][0]) == option]
        yield bad_value(branches, names.get(option, option), what, place(option))


def _mistake(error: Error, what: str, path: Path) -> Diagnostic:
    """What the model's own validator said, see `options.mistake`."""
    code, said, help = (str(error["ctx"][key]) for key in ("code", "said", "help"))
    on_key = not error["loc"]
    return Diagnostic(code, Severity.ERROR, f"{what} {said}", path, on_key, help=help)


def bad_value(errors: Sequence[Error], option: str, what: str, path: Path) -> Diagnostic:
    """A value of the wrong form, out of range, or unknown; `errors` are its union's branches."""
    error = errors[0]
    given = error["input"]
    alone = all(each["type"] == "literal_error" for each in errors)
    if error["type"] == "literal_error" and (alone or isinstance(given, str)):
        return unknown_value(given, _choices(error), option, path)
    code, wanted = _wanted(errors)
    right, help = slip(given, wanted)
    help = help or str(error.get("ctx", {}).get("help", ""))
    fix = (Edit(path, right, safe=True),) if right else ()
    message = f"`{option}` of {what} is {shown(given)}, expected {wanted}"
    return Diagnostic(code, Severity.ERROR, message, path, help=help, fix=fix)


def _wanted(errors: Sequence[Error]) -> tuple[str, str]:
    """The code of the finding, and what would have been right."""
    kinds = [e["type"] for e in errors]
    if kinds[0] == "name":
        return "F018", str(errors[0]["ctx"]["what"])
    if kinds[0] in ("form", "range"):
        return ("F014" if kinds[0] == "range" else "F013"), str(errors[0]["ctx"]["what"])
    if kinds[0] in RANGES:
        key, phrase = RANGES[kinds[0]]
        return "F014", "a number " + phrase.format(f"{errors[0]['ctx'][key]:g}")
    return "F013", " or ".join(dict.fromkeys(map(_expected, errors)))


def _expected(error: Error) -> str:
    if error["type"] == "literal_error":
        return listing(_choices(error))
    return EXPECTED.get(error["type"], "another value")


def _choices(error: Error) -> list[str]:
    return re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))


def unknown_value(given: object, choices: Sequence[str], option: str, path: Path) -> Diagnostic:
    """A word that is none of the choices."""
    if not isinstance(given, str):
        message = f"`{option}` is {shown(given)}, expected one of {listing(choices)}"
        alone = isinstance(given, list | tuple) and len(given) == 1 and given[0] in choices
        help = f"write `{given[0]}`, without brackets" if alone else ""  # type: ignore[index]
        return Diagnostic("F013", Severity.ERROR, message, path, help=help)
    today = OLD_VALUES.get(given)
    if today in choices:
        return old_word(given, str(today), path, on_key=False, fixable=True)
    meant = TYPES[given] if TYPES.get(given) in choices else nearest(given, choices)
    help = f"did you mean `{meant}`?" if meant else f"known values are {listing(choices, 40)}"
    otherwise = [each for each in VALUES.get(given, ()) if each in choices]
    if otherwise:
        help = f"write {' or '.join(f'`{each}`' for each in otherwise)}"
    if given == "None" and meant is None:
        help = f"in YAML `None` is text: leave `{option}` out"
    safe = meant is not None and (given in TYPES or sure(given, meant, choices))
    fix = (Edit(path, meant, safe=safe),) if meant else ()
    message = f"unknown value `{given}` for `{option}`"
    return Diagnostic("F015", Severity.ERROR, message, path, help=help, fix=fix)


def counted(number: int, noun: str) -> str:
    """`1 row`, `1,234 rows`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def shown(value: object) -> str:
    """A value in a message: `the number 3`, `the text "abc"`."""
    match value:
        case None:
            return "empty"
        case bool():
            return f"`{str(value).lower()}`"
        case int() | float():
            return f"`{value}`"
        case "":
            return "an empty text"
        case str():
            return f"the text `{value if len(value) <= 40 else value[:39] + '…'}`"
        case list() | tuple():
            short = len(value) <= 6 and not any(isinstance(item, dict) for item in value)
            return "a list" if not short else f"the list `{flow(value)}`"
        case dict():
            return "a mapping"
        case _:
            return f"a {type(value).__name__}"


def flow(values: Sequence[object]) -> str:
    """A list as YAML writes it on one line."""
    return "[" + ", ".join(str(v).lower() if isinstance(v, bool) else str(v) for v in values) + "]"
