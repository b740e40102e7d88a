"""The copy of a spec that a run keeps: it reads back into the program that was run."""

from collections.abc import Iterator
from typing import Any

from specc.compiler import Compiled
from specc.resolved import to_yaml
from specc.runs.names import SPEC
from specc.source import read


def text(compiled: Compiled) -> str:
    """The spec as it was written where that says it all, else with its name or in new words."""
    wanted = _complete(compiled)
    for candidate in _candidates(compiled, wanted):
        source = read(SPEC, candidate.encode())
        if not source.problems and repr(source.data) == repr(wanted):
            return candidate
    raise ValueError("a spec cannot be written down")


def _complete(compiled: Compiled) -> dict[str, Any]:
    """What the spec says, with the name that may come from the name of its file."""
    data = dict(compiled.source.data)
    return data if "name" in data else {"name": compiled.spec.name, **data}


def _candidates(compiled: Compiled, wanted: dict[str, Any]) -> Iterator[str]:
    written = compiled.source.text
    yield written
    yield f"name: {compiled.spec.name}\n{written}"
    yield to_yaml(wanted)
