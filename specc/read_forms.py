"""Reads the parts of items that are no layers: `layers`, `times`, a block without an argument."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from specc.bound import unbound
from specc.diagnostics import Diagnostic, Note
from specc.items import Block
from specc.objects import Reader
from specc.options import is_name
from specc.origins import Options
from specc.source import Path
from specc.wording import missing_key, shown


def no_model(reader: Reader, data: Mapping[str, Any], given: Any) -> None:
    """A spec without a model, or with something else in its place."""
    if given is not None and given not in ([], {}):
        message = f"`model` is {shown(given)}, expected a list of layers"
        reader.error("F013", message, ("model",), help="start each layer with `- `")
    elif "model" in data:
        reader.error("F016", "`model` is empty", ("model",), on_key=True)
    else:
        help = "add `model:` and layers"
        reader.error("F012", "the spec needs `model`", (), help=help)
    reader.broken.add(("model",))


def layers_of(reader: Reader, layers: Any, path: Path, key: str = "layers") -> list[Any]:
    """The list under `layers` of what stands at a path; empty where there is none."""
    called = f"`{path[-1]}`"
    if layers is None:
        message, help = f"{called} needs `layers`", "add `layers: […]`"
        reader.error("F012", message, path, on_key=True, help=help)
    elif not isinstance(layers, list):
        message = f"`layers` of {called} is {shown(layers)}, expected a list"
        help = "start each layer with `- `"
        reader.error("F013", message, (*path, key), help=help)
    elif not layers:
        message, help = "`layers` is empty", "write at least one layer"
        reader.error("F016", message, (*path, key), on_key=True, help=help)
    return layers if isinstance(layers, list) else []


def times_of(reader: Reader, given: Options, path: Path) -> int:
    """How often; 1 where that cannot be read."""
    times = unbound(given.values.get("times"))
    if "times" not in given.values:
        if not given.strays:
            message, help = "`repeat` needs `times`", "add `times: 2`"
            reader.error("F012", message, path, on_key=True, help=help)
        return 1
    if type(times) is not int or times < 1:
        message = f"`times` is {shown(times)}, expected a positive integer"
        help = f"write `{times}`" if isinstance(times, str) and times.isdecimal() else ""
        place = (*path, given.keys["times"])
        code = "F014" if type(times) is int else "F013"
        reader.error(code, message, place, help=help)
        reader.broken.add(("model",))
        return 1
    return times


def dedented(reader: Reader, data: Mapping[str, Any], path: Path) -> None:
    """The options of a block or of `repeat:` stand one level too far left."""
    name = next(iter(data), "")
    empty = data[name] is None
    message = f"an option stands beside `{name}`"
    if empty:
        message = f"`{name}` is empty, and its options stand beside it"
    beside = list(data)[1]
    count = name == "repeat" and type(data[name]) is int
    inside = f"times: {data[name]}, {beside}: …" if count else "…"
    help = f"indent the options, or write `{name}: {{{inside}}}`"
    place = (*path, name if empty else beside)
    reader.error("F016", message, place, on_key=True, help=help)


def lacks(block: Block, parameter: str, use: Path) -> Diagnostic:
    """A use without an argument that the block needs."""
    found = missing_key(parameter, f"the block `{block.name}`", use)
    place = (*block.path, "parameters", parameter)
    note = Note("which has no default, since that is `null`", place, on_key=True)
    help = f"write `{block.name}: {{{parameter}: …}}`"
    return replace(found, help=help, notes=(note,))


def named(data: Any) -> str | None:
    """The name that a layer was given which could not be read."""
    _, value = split(data)
    name = value.get("name") if isinstance(value, dict) else None
    return name if isinstance(name, str) and is_name(name) else None


def split(data: Any) -> tuple[str, Any]:
    """The name of an item and what stands behind it; an empty name for what is no item."""
    match data:
        case str():
            return data, None
        case dict() if len(data) == 1:
            [(name, value)] = data.items()
            return name, value
        case _:
            return "", None
