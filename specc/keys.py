"""What unknown keys mean, and what to say of them."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from specc.diagnostics import Diagnostic, Edit, Severity
from specc.foreign import KEYS
from specc.old_words import OLD_KEYS, translate
from specc.source import Path
from specc.wording import foreign_word, listing, not_yet, old_word
from specc.words import nearest, sure


def meaning(word: str, known: Mapping[str, Any]) -> str | None:
    """The known key that an unknown one stands for: an old Keras word, or the nearest."""
    _, here = KEYS.get(word, ("", ""))
    meant = translate(word, known) or here or nearest(word, known)
    return meant if meant in known else None


def habit(word: str, model: type[BaseModel]) -> str | None:
    """The key, or the phrase, for what people are used to call otherwise."""
    habits: Mapping[str, str] = getattr(model, "habits", {})
    return habits.get(word)


def unknown_key(
    word: str, meant: str | None, model: type[BaseModel], what: str, path: Path
) -> Diagnostic:
    """A key that the model does not have: not supported yet, an old word, or a typo."""
    later = getattr(model, "later", {}).get(word)
    if later is not None:
        return not_yet(f"`{word}` ({later})", path, on_key=True)
    if (said := habit(word, model)) is not None:
        return _otherwise(word, said, what, path)
    old = translate(word, model.model_fields)
    if old is None and meant is None:
        old = OLD_KEYS.get(word)
    if old is not None:
        return old_word(word, old, path, on_key=True, fixable=meant is not None)
    if word in KEYS and (meant == KEYS[word][1] or " " in KEYS[word][1]):
        return foreign_word("F010", word, KEYS[word], path, on_key=True)
    option, equals, value = word.partition("=")
    if equals and meant:
        message = f"`{word}` is Python's way to give an option"
        help = f"write `{option.strip()}: {value.strip()}`"
        return Diagnostic("F010", Severity.ERROR, message, path, True, help=help)
    help = f"did you mean `{meant}`?" if meant else _known(model)
    safe = bool(meant) and sure(word, str(meant), model.model_fields)
    whole = safe or word.replace("-", "_").isidentifier()  # else a value may be lost with it
    fix = (Edit(path, meant, on_key=True, safe=safe),) if meant and whole else ()
    return Diagnostic(
        "F010", Severity.ERROR, f"unknown key `{word}` in {what}", path, True, help=help, fix=fix
    )


def _otherwise(word: str, said: str, what: str, path: Path) -> Diagnostic:
    """A key that is called otherwise; `said` is how, or a phrase."""
    plain = re.fullmatch(r"\w+", said) is not None
    fix = (Edit(path, said, on_key=True, safe=True),) if plain else ()
    message, help = f"unknown key `{word}` in {what}", f"write `{said}`" if plain else said
    return Diagnostic("F010", Severity.ERROR, message, path, True, help=help, fix=fix)


def _known(model: type[BaseModel]) -> str:
    common: frozenset[str] = getattr(model, "common", frozenset())
    names = sorted(model.model_fields, key=lambda name: name in common)
    keys = {option: key for key, option in getattr(model, "renamed", {}).items()}
    names = [keys.get(name, name) for name in names if name != "source"]
    return f"known keys are {listing(names)}" if names else "it takes no keys"
