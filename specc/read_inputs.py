"""Reads the `inputs:` of a graph."""

from collections.abc import Iterator
from typing import Any

from specc.items import LayerItem
from specc.kind import Kind
from specc.layers.base import Layer
from specc.objects import Reader
from specc.options import A_NAME, is_name, name_help
from specc.registry import find
from specc.source import Path
from specc.wording import shown

PATH: Path = ("model", "inputs")


def read_inputs(reader: Reader, data: Any, path: Path = PATH) -> Iterator[LayerItem]:
    """An item for each input; one that could not be read has no kind."""
    if not isinstance(data, dict):
        help = "write `inputs: {photo: [150, 150, 3]}`"
        message = f"`inputs` is {shown(data)}, expected a mapping of names"
        reader.error("F013", message, path, help=help)
        reader.broken.add(PATH)
        yield LayerItem(path, None, None, ())
        return
    for name, given in data.items():
        kind = _input(reader, name, given, (*path, name))
        layer = kind if isinstance(kind, Layer) else None
        yield LayerItem((*path, name), None, name if is_name(name) else None, (), kind=layer)


def _input(reader: Reader, name: str, given: Any, path: Path) -> Kind | None:
    """An `Input` whose name is its key; a list alone is its shape."""
    model = find("layers", "Input")
    if model is None or not is_name(name):
        help = name_help(name) or A_NAME
        message = f"`{name}` cannot be the name of an input"
        reader.error("F018", message, path, on_key=True, help=help)
        return None
    called = f"the input `{name}`"
    if given is None:
        help = f"write its shape: `{name}: [150, 150, 3]`"
        reader.error("F016", f"{called} is empty", path, on_key=True, help=help)
        return None
    if not isinstance(given, dict):
        return reader.fields(model, {"shape": given, "name": name}, path, called, alone=path)
    if list(given) == ["Input"]:
        help = f"write `{name}: [150, 150, 3]`, or `{name}: {{shape: […], dtype: …}}`"
        message = f"{called} is an `Input` already"
        reader.error("F010", message, (*path, "Input"), on_key=True, help=help)
        return None
    if "name" in given:
        help = f"leave it out: the input is named `{name}`"
        message = f"`name` in {called}"
        reader.error("F010", message, (*path, "name"), on_key=True, help=help)
    return reader.fields(model, given | {"name": name}, path, called)
