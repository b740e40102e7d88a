"""Facts that the spec declares, for what cannot be looked at when it is checked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from specc.diagnostics import Diagnostic, Note, Severity
from specc.inspect.facts import Facts
from specc.shares import DeclaredFacts
from specc.tensor import show_shape

ORIGIN = "`facts` of the spec"


def declare(facts: Facts, declared: DeclaredFacts | None) -> tuple[Facts, list[Diagnostic]]:
    """The facts with what is declared, and a finding for each that proves wrong.

    What is known of the source itself stands, whatever is declared.
    """
    if declared is None:
        return facts, []
    said = _said(declared)
    known = {name: _known(facts, name) for name in said}
    new = {name: value for name, value in said.items() if known[name] is None}
    found = [_wrong(facts, n, said[n], known[n]) for n in said if _differs(said[n], known[n])]
    return _with(facts, new), found


def _said(declared: DeclaredFacts) -> dict[str, Any]:
    """What is declared, in the terms of Facts; two classes are integer labels of two classes."""
    said = {name: getattr(declared, name) for name in type(declared).model_fields}
    if said["labels"] == "binary":
        said |= {"labels": "integer", "classes": said["classes"] or 2}
    if isinstance(said["range"], dict):
        lows, highs = zip(*said["range"].values(), strict=True)
        said |= {"ranges": said["range"], "range": (min(lows), max(highs))}
    if said["target_shape"] == (1,):
        said["target_shape"] = ()
    return {name: value for name, value in said.items() if value is not None}


def _known(facts: Facts, name: str) -> Any:
    if name == "samples":
        return facts.given.get("train")
    value = getattr(facts, name)
    if name in ("balance", "ranges"):
        return value or None
    if value is not None and name.endswith("range"):
        return tuple(map(float, value))
    return None if name == "shape" and value is not None and None in value else value


def _differs(said: Any, known: Any) -> bool:
    """A range that is declared holds all values: the known ones may lie within it."""
    if isinstance(said, tuple) and said and isinstance(said[0], float) and known is not None:
        return bool(known[0] < said[0] or known[1] > said[1])
    return known is not None and said != known


def _with(facts: Facts, new: Mapping[str, Any]) -> Facts:
    values = dict(new)
    if "samples" in values:
        values["given"] = {**facts.given, "train": values.pop("samples")}
    if "range" in values and "ranges" in values:
        values["range"] = values["ranges"]["train"]
    origins = {**facts.origins, **dict.fromkeys(new, ORIGIN)}
    return replace(facts, **values, origins=origins)


def _wrong(facts: Facts, name: str, said: Any, known: Any) -> Diagnostic:
    message = f"`{name}` is declared as {_shown(said)}, and the data have {_shown(known)}"
    origin = facts.origin(name)
    notes = (Note(f"this is known from {origin}"),) if origin else ()
    help = "write what is there, or look for what has happened to the data"
    path = ("data", "facts", name)
    return Diagnostic("D538", Severity.ERROR, message, path, help=help, notes=notes)


def _shown(value: Any) -> str:
    match value:
        case str():
            return f"`{value}`"
        case bool():
            return str(value).lower()
        case (float(low), float(high)):
            return f"{low:g} to {high:g}"
        case tuple():
            return show_shape(value)
    return f"{value:,}"
