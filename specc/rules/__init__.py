"""Each module here declares a rule, or what several ask; `of_stages` has what is not asked here."""

import os
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from specc.rules.base import RULES, Finding, Rule, rule


@cache
def load() -> Mapping[str, Rule]:
    """Code -> rule, sorted by code, for all rules there are."""
    asked()
    _import("of_stages")
    return dict(sorted(RULES.items()))


@cache
def asked() -> Mapping[str, Rule]:
    """Those that look at specs themselves, which is all that a check needs."""
    _import()
    return {code: each for code, each in sorted(RULES.items()) if each.by == "rule"}


def _import(*below: str) -> None:
    for file in sorted(os.listdir(Path(__file__).parent.joinpath(*below))):
        name, ending = os.path.splitext(file)
        if ending == ".py" and name != "__init__":
            import_module(".".join((__name__, *below, name)))


__all__ = ["Finding", "Rule", "asked", "load", "rule"]
