"""Data whose keys are put elsewhere, and where each of them is written."""

from collections.abc import Mapping
from typing import Any

from specc.known_keys import SPLIT, Place
from specc.registry import find
from specc.source import Path
from specc.source.moved import written


class Rearranged:
    """The data as they are read, and the moves from where their parts are written."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = dict(data)
        self.moves: dict[Path, Path] = {}

    def keys(self, section: Place) -> Mapping[str, Any]:
        """The keys of a section; none where it is no mapping."""
        given = self.get(section)
        return given if isinstance(given, dict) else {}

    def get(self, section: Place) -> Any:
        """What stands in place of a section, None where nothing does."""
        given: Any = self.data
        for part in section:
            given = given.get(part) if isinstance(given, dict) else None
        return given

    def take(self, section: Place, key: str) -> Any:
        """Takes a key out of its section; what stood behind it."""
        rest = dict(self.keys(section))
        value = rest.pop(key)
        self._replace(section, rest)
        return value

    def put(self, section: Place, key: str, value: Any) -> None:
        """Gives a section a key, and makes the section where there is none."""
        self._replace(section, {**(self.filled(section) or {}), key: value})

    def filled(self, section: Place) -> Mapping[str, Any] | None:
        """The keys of a section, None where it is none. What stands alone is the first option of
        a source.
        """
        given = self.get(section)
        if len(section) < 2 or given is None or isinstance(given, dict):
            return self.keys(section)
        if section == SPLIT:
            return None
        kind = find("sources", section[-1])
        first = next(iter(kind.options())) if kind else ""
        self.moves[*section, first] = self.written_at(section[:-1], section[-1])
        return {first: given}

    def _replace(self, section: Place, keys: dict[str, Any]) -> None:
        if not section:
            self.data = keys
            return
        *above, last = section
        self._replace(tuple(above), {**self.keys(tuple(above)), last: keys})

    def written_at(self, section: Place, key: str) -> Path:
        """Where the key of a section is written."""
        return written((*section, key), self.moves)
