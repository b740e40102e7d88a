"""Types of options; each says in its own words what it expects."""

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator, WrapValidator
from pydantic_core import PydanticCustomError

from specc.values import Ratio


def ratio(text: object) -> Ratio | None:
    """`1/255` as a Ratio; None for anything else."""
    found = re.fullmatch(r"([+-]?\d{1,18})/(\d{1,18})", text) if isinstance(text, str) else None
    if not found or int(found[2]) == 0:
        return None
    return Ratio(int(found[1]), int(found[2]))


def _keep_ratio(value: Any, inner: Callable[[Any], Any]) -> Any:
    fraction = ratio(value)
    if fraction is None:
        return inner(value)
    inner(float(fraction))
    return fraction


def expected(what: str, help: str = "") -> PydanticCustomError:
    """The error for a value of the wrong form; `what` completes "expected …"."""
    return PydanticCustomError("form", "{what}", {"what": what, "help": help})


def out_of_range(what: str, help: str = "") -> PydanticCustomError:
    """The error for a value of the right form that Keras cannot take."""
    return PydanticCustomError("range", "{what}", {"what": what, "help": help})


def mistake(code: str, said: str, help: str = "") -> PydanticCustomError:
    """The error for options that do not go together; `said` completes "`Name` …"."""
    return PydanticCustomError("mistake", "{said}", {"code": code, "said": said, "help": help})


def sizes(rank: int, least: int, noun: str) -> PlainValidator:
    """Takes an integer from `least` on, or a list of `rank` of them; `noun` says so."""
    what = f"{noun} or a list of {rank} of them" if rank > 1 else noun

    def check(value: Any) -> Any:
        many = isinstance(value, tuple | list)
        parts = tuple(value) if many else (value,)
        if any(type(part) is not int for part in parts) or (many and len(parts) != rank):
            raise expected(what)
        if min(parts) < least:
            raise out_of_range(what)
        return parts if many else value

    return PlainValidator(check)


def is_name(text: str) -> bool:
    """Whether Keras takes a name in every place: others may fail only in `fit`."""
    first_good = text[:1].isascii() and text[:1].isalpha()
    return first_good and len(text) <= 64 and set(text) <= _NAME_LETTERS


def as_name(text: str) -> str:
    """The name nearest to a text that is none; nothing where it has no letter to begin with."""
    from unicodedata import normalize

    plain = normalize("NFKD", text).encode("ascii", "ignore").decode()
    kept = "".join(letter if letter in _NAME_LETTERS else "_" for letter in plain)
    return kept.strip("_").lstrip("0123456789_.-")[:64]


def name_help(text: str) -> str:
    """What to write in place of a text that is no name."""
    return f"write `{as_name(text)}`" if as_name(text) else ""


def _keras_name(text: str) -> str:
    if not is_name(text):
        raise PydanticCustomError("name", "{what}", {"what": A_NAME, "help": name_help(text)})
    return text


A_NAME = "at most 64 ASCII letters, digits, `_`, `-` or `.`, the first of them a letter"
_NAME_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")
Name = Annotated[str, AfterValidator(_keras_name)]
Number = Annotated[float, WrapValidator(_keep_ratio)]
Positive = Annotated[int, Field(gt=0)]
PositiveNumber = Annotated[float, Field(gt=0), WrapValidator(_keep_ratio)]
NonNegative = Annotated[float, Field(ge=0), WrapValidator(_keep_ratio)]
Fraction = Annotated[float, Field(ge=0, le=1), WrapValidator(_keep_ratio)]
Share = Annotated[float, Field(gt=0, lt=1), WrapValidator(_keep_ratio)]
Size1 = Annotated[int | tuple[int], sizes(1, 1, "a positive integer")]
Size2 = Annotated[int | tuple[int, int], sizes(2, 1, "a positive integer")]
Size3 = Annotated[int | tuple[int, int, int], sizes(3, 1, "a positive integer")]
