"""Each module here declares a rule, or what several ask; `load` imports them all, once."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from specc.rules.base import RULES, Finding, Rule, rule


@cache
def load() -> Mapping[str, Rule]:
    """Code -> rule, sorted by code."""
    for file in sorted(Path(__file__).parent.glob("*.py")):
        if file.stem != "__init__":
            import_module(f"{__name__}.{file.stem}")
    return dict(sorted(RULES.items()))


__all__ = ["Finding", "Rule", "load", "rule"]
