"""The rows that a script trains on: read and shared out by it, and not yet encoded."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

from specc.data.parts import NAMES


def _as_it_is(part: Any) -> Any:
    return part


def _nothing(*given: Any) -> None:
    return None


# What the script does with rows once it has them: what is looked at is how they come.
STEPS = {"encode": _as_it_is, "decodable": _as_it_is, "build_preprocessing": _nothing}


def read(
    script: ModuleType, data_dir: Path, instead: Mapping[str, Any] = MappingProxyType({})
) -> Mapping[str, Any]:
    """The `Part` of each part; raises whatever reading the data raises.

    `instead` has functions that stand for those of the script.
    """
    steps = {**STEPS, **instead}
    own = {name: getattr(script, name) for name in steps if hasattr(script, name)}
    vars(script).update({name: steps[name] for name in own})
    try:
        data = script.load_data(data_dir)
    finally:
        vars(script).update(own)
    found = {part: getattr(data, part, None) for part in NAMES}
    return {part: rows for part, rows in found.items() if rows is not None}


def are_held(part: Any) -> bool:
    """Whether the rows of a part are there to be looked at; streams are read as they are used."""
    return all(hasattr(part, name) for name in ("x", "y", "rows"))


def files(part: Any) -> list[str] | None:
    """The files of the rows of a part, where its rows are files that the script decodes."""
    if getattr(part.x, "dtype", None) != "string":
        return None
    named = part.x.numpy()
    return [named[row].decode("utf-8", "surrogateescape") for row in part.rows]
