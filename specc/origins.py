"""What items of a list of layers say besides their options: where tensors come from, names."""

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from specc.bound import Bound
from specc.diagnostics import Edit
from specc.items import LayerItem, Named
from specc.kind import Kind
from specc.layers.base import Layer
from specc.objects import Reader
from specc.options import A_NAME, is_name, name_help
from specc.other_forms import joined
from specc.registry import find
from specc.source import Path
from specc.wording import shown, unknown_word
from specc.words import nearest

IN_A_LIST = (
    "in a list each layer takes what the one above gives; write `model: {inputs: …, layers: […]}`"
)
Sources = tuple[Named, ...] | None


class Options(NamedTuple):
    """What stands in an item that is no layer; a key that means a known one counts as that.

    `keys` are the known ones as they are written, `strays` counts those that mean nothing.
    """

    read: bool  # whether it is a mapping
    values: dict[str, Any]
    sources: Sources
    keys: Mapping[str, str]
    strays: int = 0


class Origins(NamedTuple):
    """Reads `from`, `name` and the like of items in one list; `listed` is a model without them."""

    reader: Reader
    listed: bool = False
    repeats: bool = False  # whether the list is that of a block or a repetition

    def split(self, data: Any, path: Path) -> tuple[Any, Sources]:
        """A layer's item without its `from`, and what that says."""
        if not isinstance(data, dict) or len(data) != 1:
            return data, None
        [(name, value)] = data.items()
        if isinstance(value, list) and joined(find("layers", name), value):
            return data, tuple(Named(str(each), path) for each in value)
        origin = self._origin(name, value, path) if isinstance(value, dict) else None
        if origin is None:
            return data, None
        place = (*path, name, origin)
        cut = self._cut_off(name, value, origin, place)
        rest = {key: given for key, given in value.items() if key not in (origin, *cut)}
        sources = self._sources(value[origin], place)
        if cut:
            sources = tuple(Named(str(each), place) for each in (value[origin], *cut))
        return {name: rest} if rest else name, sources

    def _cut_off(
        self, name: str, value: Mapping[str, Any], origin: str, path: Path
    ) -> tuple[str, ...]:
        """The names that `from: a, b` makes keys of without a value, which is a finding."""
        keys, kind = list(value), find("layers", name)
        after = keys[keys.index(origin) + 1 :]
        known = kind.model_fields if kind else {}
        cut = tuple(takewhile(lambda key: value[key] is None and key not in known, after))
        if not cut or self.listed or not isinstance(value[origin], str):
            return ()
        message = f"`{origin}` is the text `{value[origin]}`, expected a name or a list of names"
        names = ", ".join((value[origin], *cut))
        self.reader.error("F013", message, path, help=f"write `from: [{names}]`")
        return cut

    def _origin(self, name: str, value: Mapping[str, Any], path: Path) -> str | None:
        """The key that says `from`, also where it is misspelt, which is a finding."""
        if "from" in value or self.listed:
            return "from" if "from" in value else None
        known = ("input", "inputs")
        meant = next((key for key in value if key in known or nearest(key, ("from",))), None)
        if meant is not None:
            place = (*path, name, meant)
            message, help = f"unknown key `{meant}` in `{name}`", "did you mean `from`?"
            fix = (Edit(place, "from", on_key=True, safe=True),)
            self.reader.error("F010", message, place, on_key=True, help=help, fix=fix)
        return meant

    def lost(self, data: Any, path: Path) -> LayerItem:
        """An item that cannot be read, which was said; with its name and sources, if it has any."""
        [value] = data.values() if isinstance(data, dict) and len(data) == 1 else [None]
        given = value if isinstance(value, dict) else {}
        name = given.get("name")
        origin = given.get("from")
        names = origin if isinstance(origin, list) else [origin]
        right = all(isinstance(each, str) for each in names)
        sources = tuple(Named(str(each), path) for each in names) if right else (Named("", path),)
        readable = isinstance(name, str) and is_name(name)
        return LayerItem(path, data, name if readable else None, sources)

    def options(
        self, value: Any, path: Path, called: str, known: Sequence[str], help: str
    ) -> Options:
        """The keys of an item that is no layer, as far as it has them, and its `from`."""
        if not isinstance(value, dict):
            alone = called.startswith("the block") and value is not None and known == ("name",)
            message = f"{called} is {shown(value)}, expected a mapping"
            message = f"{called} takes no arguments, got {shown(value)}" if alone else message
            code = "F016" if value is None else "F013"
            self.reader.error(code, message, path, on_key=value is None, help=help)
            return Options(False, {}, None, {})
        keys: dict[str, str] = {key: key for key in value if key in (*known, "from")}
        strays = [key for key in value if key not in keys]
        for key in strays:
            words = known if key in ("parameters", "arguments") else (*known, "from")
            place = (*path, key)
            self.reader.found.append(unknown_word("F010", "key", key, words, place, called, True))
            keys.setdefault(nearest(key, words) or "", key)
        unknown = sum(nearest(key, (*known, "from")) is None for key in strays)
        given = {word: value[key] for word, key in keys.items() if word in known}
        self._name(given, (*path, "name"), called)
        origin = keys.get("from")
        sources = self._sources(value[origin], (*path, origin)) if origin else None
        return Options(True, given, sources, keys, unknown)

    def _name(self, given: dict[str, Any], path: Path, called: str) -> None:
        """Takes a name that cannot be one out of `given`, with a finding."""
        if "name" in given and not (isinstance(given["name"], str) and is_name(given["name"])):
            name = given.pop("name")
            message = f"`name` of {called} is {shown(name)}, expected {A_NAME}"
            help = name_help(name) if isinstance(name, str) else ""
            self.reader.error("F018", message, path, help=help)

    def _sources(self, data: Any, path: Path) -> Sources:
        if self.listed:
            self.reader.error("F010", "`from` in a list", path, on_key=True, help=IN_A_LIST)
            several = isinstance(data, list) and len(data) > 1
            return (Named("", path),) if several else None
        return self.names(data, path, "from")

    def names(self, data: Any, path: Path, option: str) -> Sources:
        """A name or a list of names; an empty one for what is neither, which was said."""
        unreadable = (Named("", path),)
        if isinstance(data, Bound):
            message = f"`{option}` is the parameter `${data.name}`, expected a name"
            help = "a parameter is a value; give the block `inputs` for further tensors"
            self.reader.error("F013", message, path, help=help)
            return unreadable
        if data in (None, "") or (data == [] and option != "outputs"):
            help = "leave it out to take what the item above gives" if option == "from" else ""
            help = "leave it out to give what the last item gives" if option == "outputs" else help
            self.reader.error("F016", f"`{option}` is empty", path, on_key=True, help=help)
            return unreadable
        if isinstance(data, str):
            return (Named(data, path),)
        if not isinstance(data, list):
            message = f"`{option}` is {shown(data)}, expected a name or a list of names"
            self.reader.error("F013", message, path)
            return unreadable
        odd = [place for place, name in enumerate(data) if not isinstance(name, str) or not name]
        for place in odd[:1]:
            message = f"`{option}` holds {shown(data[place])}, expected the name of a layer"
            self.reader.error("F013", message, (*path, place))
            return unreadable
        return tuple(Named(name, (*path, i)) for i, name in enumerate(data))

    def wanted(self, kind: Kind | None, data: Any, path: Path) -> Mapping[str, tuple[Named, ...]]:
        """The tensors that a layer takes by name, such as `initial_state`."""
        if not isinstance(kind, Layer) or not kind.tensors_at_call or not isinstance(data, dict):
            return {}
        if len(data) != 1:
            return {}
        [(name, value)] = data.items()
        given = value if isinstance(value, dict) else {}
        options = [option for option in kind.tensors_at_call if given.get(option) is not None]
        found = {
            option: self.names(given[option], (*path, name, option), option) for option in options
        }
        return {option: names for option, names in found.items() if names}
