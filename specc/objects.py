"""Reads things named after Keras classes, in their three forms, into kinds."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from specc.bound import Bound, freeze, is_bound, symbolic, unbound
from specc.diagnostics import Diagnostic, Edit, Severity
from specc.guesses import retracted
from specc.keys import habit, meaning, unknown_key
from specc.kind import Each, Kind, Of, marks, sections
from specc.mended import attempt, mend
from specc.other_forms import ByKey, by_key, spelled_out
from specc.plain import is_object, is_plain
from specc.registry import find
from specc.source import Path, unread
from specc.tuples import whole
from specc.unknown import (
    a_kind,
    as_known,
    dedented,
    in_a_list,
    no_argument,
    no_object,
    no_section,
    no_sections,
    nothing_in,
    unknown_kind,
    with_lacking,
)
from specc.wording import shown
from specc.written import Written

Model = TypeVar("Model", bound=BaseModel)
Keys = Mapping[str, str]
Mark = Of | Each  # what an option holds: objects of a family, or named sections


class Reader:
    """Turns plain data into kinds and sections, collecting what is wrong on the way."""

    def __init__(self, *, whole: bool = True) -> None:
        self.whole = whole  # whether all numbers in the data were read
        self.found: list[Diagnostic] = []
        self.broken: set[Path] = set()
        self.binds = False  # whether parameters of a block may stand in the data

    def object(self, family: str, data: Any, path: Path) -> Kind | None:
        """`Name`, `Name: first argument` or `Name: {arguments}`; None when it is wrong."""
        match data:
            case Bound(_, value):
                return self._argument(family, value, path)
            case str():
                return self._word(family, data, path)
            case dict() if (keyed := by_key(family, data)) is not None:
                return self._by_key(family, keyed, path)
            case dict() if len(data) == 1:
                [(name, value)] = data.items()
                kind = self.kind(family, name, (*path, name), on_key=True)
                return self._filled(kind, name, value, (*path, name)) if kind else None
            case dict() if data:
                self.found.append(dedented(family, data, path))
            case _:
                self.found.append(no_object(family, data, path))
        return None

    def _word(self, family: str, word: str, path: Path) -> Kind | None:
        """An object by its name alone; of one that was only meant, what it lacks goes along."""
        before = len(self.found)
        kind = self.kind(family, word, path, on_key=False)
        made = self._bare(kind, self._meant(family, word), path) if kind else None
        if kind is not None and not find(family, word):
            self.found[before:] = with_lacking(*self.found[before:], name=kind.__name__)
        return made

    def kind(self, family: str, name: str, path: Path, *, on_key: bool) -> type[Kind] | None:
        """The kind of that name. An unknown one is a finding, and read as what was surely meant."""
        kind = find(family, name)
        if kind is None:
            finding = unknown_kind(family, name, path, on_key)
            self.found.append(finding)
            return find(family, finding.fix[0].text) if finding.safely_fixed else None
        if on_key and name != kind.__name__ and not kind.word_only:
            message = f"the shortcut `{name}` takes no options"
            fix = (Edit(path, kind.__name__, on_key=True, safe=True),)
            help = f"write `{kind.__name__}: {{…}}`"
            self.error("F015", message, path, on_key=True, help=help, fix=fix)
        return kind

    def _by_key(self, family: str, keyed: ByKey, path: Path) -> Kind | None:
        """An object as other formats write it, which is a finding."""
        message = f"`{keyed.key}` is how other formats name {a_kind(family)}"
        right = f"{{{keyed.right}}}" if keyed.options and not in_a_list(path) else keyed.right
        self.error("F013", message, (*path, keyed.key), True, help=f"write `{right}`")
        kind = find(family, keyed.name)
        if kind is None:
            return None
        options = {key: given for key, given in keyed.options.items() if key != "from"}
        return self.fields(kind, options, (*path, *keyed.inside), kind.__name__)

    def _meant(self, family: str, text: str) -> str:
        """The word that stands there, or that was meant, as was just said."""
        return text if find(family, text) else self.found[-1].fix[0].text

    def _bare(self, kind: type[Kind], text: str, path: Path) -> Kind | None:
        name = text if kind.word_only else kind.__name__
        made = self.fields(kind, {}, path, name, alone=path)
        return made.written_as(text) if made and text in kind.words else made

    def _filled(self, kind: type[Kind], name: str, value: Any, path: Path) -> Kind | None:
        first = next(iter(kind.options()), None)
        if value == {} and nothing_in(kind, name, path):
            self.found += nothing_in(kind, name, path)
            return None
        if isinstance(value, dict) and not is_object(kind, value):
            return self.fields(kind, value, path, name)
        if value is None:
            message = f"`{name}` is empty"
            help = f"write `{name}` without a colon, or indent its options"
            self.error("F016", message, path, on_key=True, help=help)
            return None
        if first is None:
            self.error("F013", f"`{name}` takes no options, got {shown(value)}", path)
            return None
        keys = {option: key for key, option in getattr(kind, "renamed", {}).items()}
        before = len(self.found)
        made = self.fields(kind, {keys.get(first, first): value}, path, name, alone=path)
        right = spelled_out(kind, value) if self.found[before:] else None
        if right is not None and ("=" in str(value) or not self.found[-1].help):
            self.found[-1] = replace(self.found[-1], help=f"write `{name}: {right}`")
        return made

    def _argument(self, family: str, data: Any, path: Path) -> Kind | None:
        """An object that a parameter of a block stands for, which all its layers would share."""
        refused = no_argument(family, data, path)
        self.found += refused
        return None if refused else self.object(family, data, path)

    def fields(
        self,
        model: type[Model],
        data: Mapping[str, Any],
        path: Path,
        name: str,
        *,
        alone: Path | None = None,
        lenient: bool = False,
    ) -> Model | None:
        """An instance of `model`; `alone` is where a lone value stands in place of a mapping.

        After a mistake whose meaning is plain the instance is what was meant; after another it
        is None, or with `lenient` what is left without the broken options.
        """
        called = f"`{name}`" if " " not in name else name
        cut, data = data, whole(data)
        before = len(self.found)
        keys = self._keys(model, data, called, path)
        emptied = frozenset(str(x[-1]) for x in self.broken if x and x[:-1] == path)
        written = Written(model, called, path, keys, alone, emptied, len(cut) > len(data))
        given, failed = self._given(written, data)
        self._give_up(failed, written)  # which are reported where they were read
        for option in (o for o in failed if not model.model_fields[o].is_required()):
            del given[option]
        try:
            return self._with_parameters(model.model_validate(given), data, keys)
        except ValidationError as error:
            errors = written.news(error, failed)
        self.found[before:], errors = retracted(self.found[before:], errors, keys, model, called)
        errors = written.without_stray(errors, self.found[before:])
        found = written.told(errors)
        self.found += found
        mended = mend(given, found, errors, drop=lenient)
        self._give_up(given.keys() - mended.keys(), written)
        return attempt(model, mended)

    def _given(
        self, written: Written, data: Mapping[str, Any]
    ) -> tuple[dict[str, Any], frozenset[str]]:
        """The values of the options, and the options that have none which can be read."""
        keys = written.keys
        held: dict[str, Mark] = {**marks(written.model), **sections(written.model)}
        given = {
            option: self._value(held.get(option), data[key], written.place(option), option)
            for option, key in keys.items()
        }
        shared = held.keys() & keys.keys()
        failed = {o for o in shared if given[o] is None and data[keys[o]] is not None}
        lost = {o for o, key in keys.items() if not self.whole and unread(unbound(data[key]))}
        glued = {option for option, key in keys.items() if "=" in key}
        return given | dict.fromkeys(lost), frozenset(failed | lost | glued)

    def _give_up(self, options: Iterable[str], written: Written) -> None:
        """What depends on these options stays silent."""
        self.broken |= {written.place(option) for option in options}

    def _with_parameters(self, made: Model, data: Mapping[str, Any], keys: Keys) -> Model:
        """The instance, which knows its options that depend on parameters of a block."""
        if not self.binds:
            return made
        held = marks(type(made))
        whole = {o: k for o, k in keys.items() if o not in held or isinstance(data[k], Bound)}
        bound = {o: symbolic(data[k]) for o, k in whole.items() if is_bound(data[k])}
        return made.bound_to(bound) if bound and isinstance(made, Kind) else made

    def filled(
        self, data: Mapping[str, Any], path: Path, but: Collection[str] = ()
    ) -> Mapping[str, Any]:
        """A section without the keys that nothing is written behind, `but` for some."""
        empty = [key for key in data if data[key] is None and key not in but]
        for key in empty:
            help = "write a value behind it, or remove the line"
            self.error("F016", f"`{key}` is empty", (*path, key), on_key=True, help=help)
            self.broken.add((*path, key))
        return {key: value for key, value in data.items() if key not in empty}

    def _keys(
        self, model: type[BaseModel], data: Mapping[str, Any], name: str, path: Path
    ) -> dict[str, str]:
        """Option -> key as written; an unknown key is a finding, and stands for what it meant."""
        renamed: Keys = getattr(model, "renamed", {})
        inner = set(renamed.values())
        known = {key: key for key in model.model_fields if key not in inner} | dict(renamed)
        keys = {known[key]: key for key in data if key in known}
        for key in data:
            if key not in known:
                said = habit(key, model)
                meant = meaning(key, known) if said is None else said
                meant = meant if meant in known else None
                self.found.append(unknown_key(key, meant, model, name, (*path, key)))
                if meant is not None:
                    keys.setdefault(known[meant], key)
        return keys

    def _value(self, mark: Mark | None, data: Any, path: Path, option: str) -> Any:
        """The value of an option; `mark` says what objects or sections it holds, if any."""
        if isinstance(mark, Of):
            return self._held(mark, data, path, option)
        if mark is not None and data is not None:
            return self._named(mark, data, path)
        return freeze(unbound(data) if self.binds else data)

    def _held(self, mark: Of, data: Any, path: Path, option: str) -> Any:
        if isinstance(data, Bound) and not mark.many and is_plain(mark, data.value):
            return data.value
        if mark.many and isinstance(data, Bound):
            data = data.value
        if mark.many or (mark.or_many and isinstance(data, list)):
            return self.many(mark.family, data, path, option)
        if is_plain(mark, data):
            return data
        return self.object(mark.family, data, path)

    def many(self, family: str, data: Any, path: Path, option: str) -> tuple[Kind | None, ...]:
        """A list of objects; a text in its place is read as the items that it names."""
        if isinstance(data, list):
            return tuple(self.object(family, item, (*path, i)) for i, item in enumerate(data))
        self.broken.add(path)
        message, help = f"`{option}` is {shown(data)}, expected a list", "start each item with `- `"
        if not isinstance(data, str):
            self.error("F013", message, path, help=help)
            named = data if isinstance(data, dict) and all(find(family, k) for k in data) else {}
            items = (k if given in (None, True) else {k: given} for k, given in named.items())
            return tuple(self.object(family, item, path) for item in items)
        unknown, meant = as_known(family, data.split(","), path)
        right = f"[{', '.join(meant)}]"
        fix = () if unknown else (Edit(path, right, safe=right == f"[{data}]"),)
        self.error("F013", message, path, help=unknown or f"write `{option}: {right}`", fix=fix)
        return () if unknown else tuple(self.object(family, each, path) for each in meant)

    def _named(self, mark: Each, data: Any, path: Path) -> dict[str, Any] | None:
        """Sections by their names; None when nothing is there, or one could not be read."""
        if not isinstance(data, dict) or not data:
            self.found.append(no_sections(mark, data, path))
            return None
        read = {name: self._section(mark, data[name], (*path, name)) for name in data}
        return None if None in read.values() else read

    def _section(self, mark: Each, data: Any, path: Path) -> Any:
        if isinstance(data, dict):
            return self.fields(mark.section, data, path, str(path[-1]))
        if mark.flag and isinstance(data, bool):
            return data
        self.found.append(no_section(mark, data, path))
        return None

    def error(self, code: str, message: str, path: Path, on_key: bool = False, **more: Any) -> None:
        """Adds an error."""
        self.found.append(Diagnostic(code, Severity.ERROR, message, path, on_key, **more))
