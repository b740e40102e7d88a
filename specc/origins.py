"""What items of a list of layers say besides their options: where tensors come from, names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from specc.bound import Bound
from specc.items import Named
from specc.kind import Kind, is_name
from specc.layers.base import Layer
from specc.objects import Reader
from specc.source import Path
from specc.wording import shown, unknown_word

IN_A_LIST = (
    "in a list each layer takes what the one above gives; write `model: {inputs: …, layers: […]}`"
)
Sources = tuple[Named, ...] | None


@dataclass(frozen=True)
class Origins:
    """Reads `from`, `name` and the like of items in one list; `listed` is a model without them."""

    reader: Reader
    listed: bool = False
    repeats: bool = False  # whether the list is that of a block or a repetition

    def split(self, data: Any, path: Path) -> tuple[Any, Sources]:
        """A layer's item without its `from`, and what that says."""
        if not isinstance(data, dict) or len(data) != 1:
            return data, None
        [(name, value)] = data.items()
        if not isinstance(value, dict) or "from" not in value:
            return data, None
        rest = {key: given for key, given in value.items() if key != "from"}
        sources = self._sources(value["from"], (*path, name, "from"))
        return {name: rest} if rest else name, sources

    def options(
        self, value: Any, path: Path, called: str, known: Sequence[str]
    ) -> tuple[dict[str, Any], Sources]:
        """The keys of an item that is no layer, as far as it has them, and its `from`."""
        if not isinstance(value, dict):
            message = f"{called} is {shown(value)}, expected a mapping"
            self.reader.error("F013", message, path)
            return {}, None
        for key in value:
            if key not in (*known, "from"):
                finding = unknown_word("F010", "key", key, known, (*path, key), called, True)
                self.reader.found.append(finding)
        given = {key: each for key, each in value.items() if key in known}
        if "name" in given and not (isinstance(given["name"], str) and is_name(given["name"])):
            what = "a name of ASCII letters, digits, `_`, `-` or `.` that starts with a letter"
            message = f"`name` of {called} is {shown(given.pop('name'))}, expected {what}"
            self.reader.error("F018", message, (*path, "name"))
        sources = self._sources(value["from"], (*path, "from")) if "from" in value else None
        return given, sources

    def _sources(self, data: Any, path: Path) -> Sources:
        if self.listed:
            self.reader.error("F010", "`from` in a list", path, on_key=True, help=IN_A_LIST)
            return None
        return self.names(data, path, "from")

    def names(self, data: Any, path: Path, option: str) -> Sources:
        """A name or a list of names; None when it is neither."""
        if isinstance(data, Bound):
            message = f"`{option}` is the parameter `${data.name}`, expected a name"
            help = "a parameter is a value; give the block `inputs` for further tensors"
            self.reader.error("F013", message, path, help=help)
            return None
        if isinstance(data, str):
            return (Named(data, path),)
        if not isinstance(data, list) or not all(isinstance(name, str) for name in data):
            message = f"`{option}` is {shown(data)}, expected a name or a list of names"
            self.reader.error("F013", message, path)
            return None
        if not data and option == "from":
            self.reader.error("F016", f"`{option}` is empty", path, on_key=True)
            return None
        return tuple(Named(name, (*path, i)) for i, name in enumerate(data))

    def wanted(self, kind: Kind | None, data: Any, path: Path) -> Mapping[str, tuple[Named, ...]]:
        """The tensors that a layer takes by name, such as `initial_state`."""
        if not isinstance(kind, Layer) or not kind.tensors_at_call or not isinstance(data, dict):
            return {}
        [(name, value)] = data.items()
        given = value if isinstance(value, dict) else {}
        options = [option for option in kind.tensors_at_call if given.get(option) is not None]
        found = {
            option: self.names(given[option], (*path, name, option), option) for option in options
        }
        return {option: names for option, names in found.items() if names}
