"""Keys of sections that are misspelt or stand in the wrong section, read on as what was meant."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from specc.diagnostics import Diagnostic, Severity
from specc.schema import SOURCES, Data, Spec, Train
from specc.source import Path, Source
from specc.source.moved import moved, written
from specc.wording import meaning, unknown_key

ROOT = ""
SECTIONS: Mapping[str, type[BaseModel]] = {ROOT: Spec, "data": Data, "train": Train}
KEYS = {
    ROOT: frozenset(Spec.model_fields),
    "data": frozenset(Data.model_fields) - {"source"} | SOURCES,
    "train": frozenset(Train.model_fields),
}
CALLED = {"layers": "model", "network": "model", "architecture": "model"}
_RATE = "write it in the optimizer: `optimizer: {Adam: {learning_rate: …}}`"
OF_OBJECTS = {"learning_rate": _RATE, "lr": _RATE}  # options that are no keys of a section


def as_meant(source: Source) -> tuple[Source, tuple[Diagnostic, ...]]:
    """The source with every key where it belongs, and what was wrong with those that did not."""
    if not isinstance(source.data, dict):
        return source, ()
    reading = _Reading(source.data)
    for section in SECTIONS:
        for key in reading.strays(section):
            reading.place(section, key)
    if not reading.found:
        return source, ()
    return moved(source, reading.data, reading.moves), tuple(reading.found)


class _Reading:
    """The data as they were meant, with what was moved and what there is to say of it."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = dict(data)
        self.moves: dict[Path, Path] = {}
        self.found: list[Diagnostic] = []
        self.refilled: set[str] = set()  # sections that were empty

    def strays(self, section: str) -> list[str]:
        """The keys that the section does not have, now or later."""
        later = getattr(SECTIONS[section], "later", {})
        return [key for key in self.keys(section) if key not in KEYS[section] and key not in later]

    def keys(self, section: str) -> Mapping[str, Any]:
        given = self.data.get(section) if section else self.data
        return given if isinstance(given, dict) else {}

    def place(self, section: str, key: str) -> None:
        """Puts a stray key where it belongs; one that belongs nowhere is left as it is."""
        if section == "train" and key in OF_OBJECTS:
            self._tell(section, key, OF_OBJECTS[key])
            self._take(section, key)
            return
        home, name = self._target(section, key)
        if name is None or (name in self.keys(home) and home == section):
            return
        if home == section:
            what, place = _called(section), self._written(section, key)
            self.found.append(unknown_key(key, name, SECTIONS[section], what, place))
        elif not self._dedented(home):
            self._tell(section, key, f"it belongs {f'under `{home}`' if home else 'at the top'}")
        if name in self.keys(home):
            self._take(section, key)
            return
        self.moves[_path(home, name)] = self._written(section, key)
        self._put(home, name, self._take(section, key))

    def _target(self, section: str, key: str) -> tuple[str, str | None]:
        """The section and the name that a stray key was meant to have."""
        for home, known in KEYS.items():
            if key in known and home != section and self._takes(home, key):
                return home, key
        if section == ROOT and key in CALLED:
            return section, CALLED[key]
        return section, meaning(key, dict.fromkeys(KEYS[section]))

    def _takes(self, home: str, key: str) -> bool:
        """Whether there is such a section; a source alone makes one, unless it is one itself."""
        if home == "data" and home not in self.data and key in SOURCES:
            given = self.data.get(key)
            return not (isinstance(given, dict) and KEYS[home] & given.keys())
        return home == ROOT or isinstance(self.data.get(home, ""), dict | None)

    def _take(self, section: str, key: str) -> Any:
        rest = dict(self.keys(section))
        value = rest.pop(key)
        self._replace(section, rest)
        return value

    def _put(self, section: str, key: str, value: Any) -> None:
        self._replace(section, {**self.keys(section), key: value})

    def _replace(self, section: str, keys: dict[str, Any]) -> None:
        if section:
            self.data = {**self.data, section: keys}
        else:
            self.data = keys

    def _written(self, section: str, key: str) -> Path:
        return written(_path(section, key), self.moves)

    def _tell(self, section: str, key: str, help: str) -> None:
        message = f"unknown key `{key}` in {_called(section)}"
        place = self._written(section, key)
        self.found.append(Diagnostic("F010", Severity.ERROR, message, place, True, help=help))

    def _dedented(self, home: str) -> bool:
        """Whether the keys of a section lost their indentation, which is said once."""
        if home in self.data and home and not self.keys(home):
            message = f"`{home}` is empty, and its keys stand beside it"
            place = written((home,), self.moves)
            help = f"indent the keys of `{home}`"
            self.found.append(Diagnostic("F016", Severity.ERROR, message, place, True, help=help))
            self.refilled.add(home)
        return home in self.refilled


def _called(section: str) -> str:
    return f"`{section}`" if section else "the spec"


def _path(section: str, key: str) -> Path:
    return (section, key) if section else (key,)
