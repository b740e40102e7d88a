"""Keys of sections that are misspelt or stand in the wrong section, read on as what was meant."""

from collections.abc import Mapping
from typing import Any

from specc.diagnostics import Diagnostic, Severity
from specc.groups import GROUPS
from specc.keys import habit, meaning, unknown_key
from specc.known_keys import (
    APART,
    BLOCKS,
    CALLED,
    CALLS,
    DATA,
    INPUTS,
    KEYS,
    MODEL,
    OF_BLOCK,
    OF_MODEL,
    OF_OBJECTS,
    PREPROCESS,
    ROOT,
    SECTIONS,
    SPLIT,
    TRAIN,
    Place,
)  # fmt: skip
from specc.rearranged import Rearranged
from specc.registry import find
from specc.schema import SOURCES, Spec
from specc.shares import Split
from specc.source import Path, Source
from specc.source.moved import moved, written
from specc.words import nearest, slipped


def as_meant(source: Source) -> tuple[Source, tuple[Diagnostic, ...]]:
    """The source with every key where it belongs, and what was wrong with those that did not."""
    if not isinstance(source.data, dict):
        return source, ()
    reading = _Reading(source.data)
    for section in (DATA, TRAIN, MODEL, BLOCKS):
        reading.raise_sunk(section)
    reading.adopt()
    for section in (*SECTIONS, MODEL, BLOCKS):
        reading.visit(section)
    reading.visit(reading.origin)
    if not reading.found:
        return source, ()
    return moved(source, reading.data, reading.moves), tuple(reading.found)


class _Reading(Rearranged):
    """The data as they were meant, with what was moved and what there is to say of it."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.found: list[Diagnostic] = []
        self.refilled: set[Place] = set()  # sections that were empty

    @property
    def origin(self) -> Place:
        """Where the source of the data is described; `data` where none, or several are."""
        words = [key for key in self.keys(DATA) if key in SOURCES]
        return (*DATA, words[0]) if len(words) == 1 else DATA

    def visit(self, section: Place) -> None:
        """Puts each stray key of a section where it belongs."""
        later = getattr(SECTIONS.get(section), "later", {})
        for key in list(self.keys(section)):
            if not self._known(section, key) and key not in later:
                self._place(section, key)

    def _known(self, section: Place, key: str) -> bool:
        if section == BLOCKS:
            return key not in OF_BLOCK and (key not in KEYS[ROOT] or key in self.data)
        if section == MODEL:
            return key in OF_MODEL
        return key in (KEYS.get(section) or self._fields(section))

    def raise_sunk(self, section: Place) -> None:
        """Takes out a section that stands in this one by its indentation, and its keys with it."""
        names = list(self.keys(section))
        for place, key in enumerate(names):
            sunk = key in KEYS[ROOT] and key not in self.data
            if sunk and self.keys(section)[key] is None and not self._fits(section, key):
                self._tell(section, key, "it belongs at the top: remove its indentation")
                self.take(section, key)
                self.moves[key,] = (*section, key)
                for other in names[place + 1 :]:
                    self.moves[key, other] = (*section, other)
                    self.put((key,), other, self.take(section, other))
                return

    def adopt(self) -> None:
        """Makes a source of its keys, where `data` has these and does not name it."""
        keys = self.keys(DATA)
        strays = [
            key
            for key, value in keys.items()
            if key not in KEYS[DATA] and (key not in Split.model_fields or isinstance(value, str))
        ]
        if not strays or not SOURCES.isdisjoint(keys):
            return
        homes = [word for word in sorted(SOURCES) if {*strays} <= self._fields((*DATA, word))]
        if len(homes) != 1:
            return
        [word] = homes
        shown = ", ".join(f"{key}: …" for key in strays)
        help = f"write `{word}: {{{shown}}}`"
        message = "`data` names no source"
        self.found.append(Diagnostic("F017", Severity.ERROR, message, DATA, True, help=help))
        for key in strays:
            self.moves[*DATA, word, key] = (*DATA, key)
            self.put((*DATA, word), key, self.take(DATA, key))

    def _fits(self, section: Place, key: str) -> bool:
        """Whether the section has such a key itself."""
        return key in (OF_MODEL if section == MODEL else KEYS.get(section, ()))

    def _fields(self, section: Place) -> frozenset[str]:
        """What a source is described by."""
        kind = find("sources", section[-1]) if len(section) == 2 else None
        return frozenset(kind.model_fields if kind else ()) | getattr(kind, "later", {}).keys()

    def _place(self, section: Place, key: str) -> None:
        """Puts a stray key where it belongs; one that belongs nowhere is left as it is."""
        if section == TRAIN and key in OF_OBJECTS:
            self._tell(section, key, OF_OBJECTS[key])
            self.take(section, key)
            return
        if section == ROOT and key in CALLS and isinstance(self.data[key], dict):
            self._call(key)
            return
        home, name = self._target(section, key)
        if name is None and key in KEYS[DATA] and "data" not in self.data:
            self._tell(section, key, "it belongs under `data`")
            self.take(section, key)
        if name is None or (name in self.keys(home) and home == section):
            return
        if home == section:
            what, place = _called(section), self.written_at(section, key)
            self.found.append(unknown_key(key, name, SECTIONS[section], what, place))
        elif not (self._dedented(home) or self._headless(home, self.written_at(section, key))):
            self._tell(section, key, _belongs(home, key))
        if name in self.keys(home) or self.filled(home) is None:
            self.take(section, key)
            return
        self.moves[*home, name] = self.written_at(section, key)
        value = self.take(section, key)
        glued = key.partition("=")[2].strip() if value is None else ""
        self.put(home, name, glued or value)

    def _call(self, key: str) -> None:
        """Makes the options of one of Keras' functions keys of `train`."""
        self.found.append(unknown_key(key, None, Spec, _called(ROOT), (key,)))
        for option, value in self.take(ROOT, key).items():
            if option not in self.keys(TRAIN):
                self.moves[*TRAIN, option] = (key, option)
                self.put(TRAIN, option, value)

    def _target(self, section: Place, key: str) -> tuple[Place, str | None]:
        """The section and the name that a stray key was meant to have."""
        for home in self._homes(section, key):
            if self._takes(home, key):
                return home, key
        if section == ROOT and key in CALLED:
            return section, CALLED[key]
        if section not in SECTIONS:
            return section, None
        name = habit(key, SECTIONS[section]) or meaning(key, dict.fromkeys(KEYS[section]))
        if name not in KEYS[section]:
            return section, None
        # of others the value says whether they are meant, which is seen when they are read
        sure = section == ROOT or name in APART or slipped(key, str(name))
        return section, name if sure else None

    def _homes(self, section: Place, key: str) -> list[Place]:
        """The other sections that have such a key, the likeliest first."""
        origin, value = self.origin, self.keys(section).get(key)
        homes = self._by_indentation(section, key, value)
        shared = key in Split.model_fields and not isinstance(value, str | dict)
        if section == DATA != origin and key in self._fields(origin) and not shared:
            homes += [origin] if not isinstance(value, dict) or key not in KEYS[ROOT] else []
        if section in (DATA, origin) and key in Split.model_fields and key not in KEYS[ROOT]:
            homes += [SPLIT]
        of_a_source = len(section) == 2 and key != "seed"
        known = (DATA,) if of_a_source else KEYS
        return [*homes, *(each for each in known if key in KEYS[each] and each != section)]

    def _by_indentation(self, section: Place, key: str, value: Any) -> list[Place]:
        """The section that lost a key of its own by the indentation."""
        if section in (ROOT, DATA) and isinstance(value, dict) and "layers" in value:
            return [BLOCKS]
        if section == DATA and key in OF_MODEL and "model" not in self.data:
            return [MODEL]
        if section == DATA and key in GROUPS and not self.get(PREPROCESS):
            return [PREPROCESS] if "preprocess" in self.keys(DATA) else []
        if section == MODEL and isinstance(value, list | dict) and "inputs" in self.keys(MODEL):
            unknown = nearest(key, OF_MODEL) is None and not any(
                key in each for each in KEYS.values()
            )
            return [INPUTS] if unknown and isinstance(self.get(INPUTS), dict | None) else []
        if section == BLOCKS and key in OF_BLOCK:
            names = [name for name in self.keys(BLOCKS) if name not in OF_BLOCK or name == key]
            above = names[: names.index(key)]
            return [(*BLOCKS, above[-1])] if above else []
        return []

    def _takes(self, home: Place, key: str) -> bool:
        """Whether there is such a section; a source alone makes one, unless it is one itself."""
        if home == DATA and "data" not in self.data and key in SOURCES:
            given = self.data.get(key)
            return not (isinstance(given, dict) and KEYS[home] & given.keys())
        if len(home) == 2 or home == BLOCKS:
            return isinstance(self.get(home), dict | None) or home[0] == "data"
        headless = home in (MODEL, TRAIN) and not isinstance(self.keys(DATA).get("train"), dict)
        return home == ROOT or isinstance(
            self.data.get(home[0], None if headless else ""), dict | None
        )

    def _tell(self, section: Place, key: str, help: str) -> None:
        message = f"unknown key `{key}` in {_called(section)}"
        place = self.written_at(section, key)
        self.found.append(Diagnostic("F010", Severity.ERROR, message, place, True, help=help))

    def _dedented(self, home: Place) -> bool:
        """Whether the keys of a section lost their indentation, which is said once."""
        above = self.keys(home[:-1]) if home else {}
        if home and home[-1] in above and not above[home[-1]]:
            message = f"`{home[-1]}` is empty, and its keys stand beside it"
            place = written(home, self.moves)
            help = f"indent the keys of `{home[-1]}`"
            self.found.append(Diagnostic("F016", Severity.ERROR, message, place, True, help=help))
            self.refilled.add(home)
        return home in self.refilled

    def _headless(self, home: Place, place: Path) -> bool:
        """Whether a section is not there but for its keys, which is said once."""
        if home in (MODEL, TRAIN) and home[0] not in self.data and home not in self.refilled:
            message = f"the spec needs `{home[0]}`"
            help = f"write `{home[0]}:` above, and indent below it what belongs to it"
            self.found.append(Diagnostic("F012", Severity.ERROR, message, place, True, help=help))
            self.refilled.add(home)
        return home in self.refilled


def _belongs(home: Place, key: str) -> str:
    """Where a stray key should stand."""
    if home == SPLIT:
        return f"write `split: {{{key}: …}}` under `data`"
    return f"it belongs under `{home[-1]}`" if home else "it belongs at the top"


def _called(section: Place) -> str:
    return f"`{section[-1]}`" if section else "the spec"
