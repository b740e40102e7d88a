"""Every module here declares one rule; `load` imports them all, once."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from specc.rules.base import RULES, Finding, Rule, rule

STAGES = ("amounts", "base", "chain", "history", "scale", "shares", "__init__")


@cache
def load() -> Mapping[str, Rule]:
    """Code -> rule, sorted by code."""
    for file in sorted(Path(__file__).parent.glob("*.py")):
        if file.stem not in STAGES:
            import_module(f"{__name__}.{file.stem}")
    return dict(sorted(RULES.items()))


__all__ = ["Finding", "Rule", "load", "rule"]
