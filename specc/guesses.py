"""What unknown keys were thought to mean, taken back where their values say otherwise."""

import re
from collections.abc import Mapping, Set
from typing import Any

from pydantic import BaseModel

from specc.diagnostics import Diagnostic
from specc.keys import habit, unknown_key
from specc.words import slipped


def count_strays(found: list[Diagnostic], emptied: Set[str], model: type[BaseModel]) -> int:
    """How many keys there are that may be any of those that are missing; `emptied` ones were
    taken out, since nothing stands behind them.
    """
    words = [str(each.path[-1]) for each in found if each.code == "F010" and not each.fix]
    unknown = sum(_may_be_missing(habit(word, model), model) for word in words)
    return unknown + len(emptied - model.model_fields.keys())


def _may_be_missing(said: str | None, model: type[BaseModel]) -> bool:
    """Whether what is written otherwise stands for a key of the model, or nobody knows for what."""
    named = re.match(r"write `(\w+):", said or "")
    return said is None or (named is not None and named[1] in model.model_fields)


def retracted(
    found: list[Diagnostic],
    errors: list[Any],
    keys: Mapping[str, str],
    model: type[BaseModel],
    called: str,
) -> tuple[list[Diagnostic], list[Any]]:
    """The findings and pydantic's errors, when a key whose value does not fit the option it
    resembles is no misspelling of that option; `keys` are options with the keys as written.
    """
    wrong = {str(e["loc"][0]) for e in errors if e["loc"] and e["type"] != "missing"}
    doubtful = {o: keys[o] for o in wrong & keys.keys() if not slipped(keys[o], o)}
    options = {key: option for option, key in doubtful.items()}
    kept, no_such = [], set()
    for each in found:
        word = str(each.path[-1]) if each.path else ""
        if each.code == "F010" and each.fix and word in options:
            no_such.add(options[word])
            each = unknown_key(word, None, model, called, each.path)
        kept.append(each)
    return kept, [e for e in errors if no_such.isdisjoint(map(str, e["loc"][:1]))]
