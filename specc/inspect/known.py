"""Facts from what a source declares."""

from collections.abc import Mapping

from specc.data.base import Known
from specc.inspect.facts import Facts

SHARED = tuple(name for name in Known._fields if name not in ("parts", "origin"))


def facts_of(word: str, known: Known) -> Facts:
    """The facts that need no look at any file."""
    values = {name: getattr(known, name) for name in SHARED}
    return Facts(word, known.parts, origins=origins(values, known.origin), **values)


def origins(values: Mapping[str, object], origin: str) -> dict[str, str]:
    """The one origin of all facts that are known."""
    return {name: origin for name, value in values.items() if value not in (None, ())} | {
        "samples": origin
    }
