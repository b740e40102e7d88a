"""`[tool.specc]`: which findings of a project count and how much, and what it is written for."""

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from specc.diagnostics import Diagnostic, Report, Severity, report
from specc.rules import load
from specc.source import Path, Source, Span
from specc.toml import places
from specc.words import nearest

SECTION: Path = ("tool", "specc")
VERSIONS = {"keras": "3.15", "tensorflow": "2.21"}
FIELDS = {
    "select": "select", "extend-select": "extend", "ignore": "ignore", "severity": "severity",
}  # fmt: skip
NOTHING = Report(Source("", ""), ())
_POSITION = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True)
class Project:
    """What a project says of findings; `select` is None where all count that are not off."""

    found: Report = NOTHING  # what is wrong with the section
    select: tuple[str, ...] | None = None
    extend: tuple[str, ...] = ()  # selected besides
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] | None = None

    @property
    def named(self) -> frozenset[str]:
        """What is written in full: a rule that is off is on for it. How a code begins is not
        enough, since nobody asks for a taste by the dozen."""
        return frozenset((*(self.select or ()), *self.extend, *(self.severity or ())))

    def adjusted(
        self, select: Iterable[str], extend: Iterable[str], ignore: Iterable[str]
    ) -> "Project":
        """The project as a command line wants it, whose `select` takes the place of its own."""
        selected = tuple(select) or self.select
        extended, ignored = (*self.extend, *extend), (*self.ignore, *ignore)
        return replace(self, select=selected, extend=extended, ignore=ignored)

    def weighed(self, given: Report) -> Report:
        """The report of a spec as the project wants it; errors that leave no program stay."""
        kept = (self._weighed(each) for each in given.diagnostics)
        return report(given.source, filter(None, kept), given.suppressed)

    def _weighed(self, finding: Diagnostic) -> Diagnostic | None:
        rule = load().get(finding.code)
        if finding.severity is Severity.ERROR and (rule is None or rule.stands):
            return finding
        selected = self.select is None or finding.code.startswith((*self.select, *self.extend))
        if not selected or finding.code.startswith(self.ignore):
            return None
        wanted = (self.severity or {}).get(finding.code, finding.severity)
        return replace(finding, severity=wanted)


def everything() -> Project:
    """A project that asks all rules, also those that are off."""
    return Project(extend=tuple(code for code, rule in load().items() if rule.off))


def project(name: str, raw: bytes) -> Project | None:
    """The project that a file describes; None when it says nothing of specc."""
    text = raw.decode("utf-8", "replace").removeprefix("\ufeff")
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # the latter of a file nested too deep
        found = _Section(Source(name, text), {}).no_toml(error)
        return Project(Report(Source(name, text), (found,)))
    tool = data.get("tool")
    section = tool.get("specc") if isinstance(tool, dict) else None
    if section is None:
        return None
    where = places(text)
    source = Source(name, text, data, where.values, where.keys)
    return _Section(source, section).project()


class _Section:
    """The table, read key by key; what is wrong with it is in `found`."""

    def __init__(self, source: Source, data: Any) -> None:
        self.source = source
        self.data = data
        self.found: list[Diagnostic] = []

    def project(self) -> Project:
        if not isinstance(self.data, dict):
            self.refuse("`tool.specc` is a table", ())
            self.data = {}
        readers: dict[str, Callable[[Any], Any]] = {
            "select": self.codes, "extend-select": self.codes, "ignore": self.ignored,
            "severity": self.severities, "keras": self.version, "tensorflow": self.version,
        }  # fmt: skip
        for key in (key for key in self.data if key not in readers):
            help = _meant(key, readers) or f"known keys are {', '.join(map(_quoted, readers))}"
            self.refuse(f"unknown key `{key}`", (key,), help, on_key=True)
        read = {key: readers[key](key) for key in self.data if key in readers}
        settings = {FIELDS[key]: read[key] for key in FIELDS if key in read}
        return Project(report(self.source, self.found), **settings)

    def refuse(self, message: str, path: Path, help: str = "", *, on_key: bool = False) -> None:
        where = (*SECTION, *path)
        self.found.append(Diagnostic("U910", Severity.ERROR, message, where, on_key, help=help))

    def no_toml(self, error: Exception) -> Diagnostic:
        """The parser's complaint, at the place that stands at its end."""
        said, lines = str(error), self.source.text.split("\n")
        place = _POSITION.search(said)
        end = len(lines), len(lines[-1]) + 1
        line, column = (int(place[1]), int(place[2])) if place and place[1] else end
        message = f"the file is not TOML: {_POSITION.sub('', said).lower()}"
        span = Span(line, column, line, min(column + 1, len(lines[line - 1]) + 1))
        return Diagnostic("U910", Severity.ERROR, message, span=span)

    def codes(self, key: str) -> tuple[str, ...]:
        """A list of codes or their beginnings, such as `P` or `T60`."""
        words = self.data[key]
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            self.refuse(f"`{key}` is a list of codes", (key,), 'write it like `["P3", "T6"]`')
            return ()
        for place, word in enumerate(words):
            if not known(word):
                self.unknown(word, (key, place), on_key=False)
        return tuple(words)

    def ignored(self, key: str) -> tuple[str, ...]:
        words = self.codes(key)
        for place, word in enumerate(words):
            if word in load() and load()[word].stands:
                self.standing(f"`{word}` cannot be ignored", (key, place))
        return words

    def unknown(self, word: str, path: Path, *, on_key: bool) -> None:
        self.refuse(f"there is no rule `{word}`", path, suggested(word), on_key=on_key)

    def standing(self, what: str, path: Path, *, on_key: bool = False) -> None:
        self.refuse(f"{what}: with such an error there is no program", path, on_key=on_key)

    def severities(self, key: str) -> dict[str, Severity]:
        given = self.data[key]
        if not isinstance(given, dict):
            self.refuse("`severity` is a table", (key,), 'write it like `{P304 = "hint"}`')
            return {}
        return {code: severity for code, word in given.items()
                for severity in self.severity(key, code, word)}  # fmt: skip

    def severity(self, key: str, code: str, word: Any) -> Iterator[Severity]:
        """The severity of one code, if there is nothing wrong with it."""
        if code not in load():
            self.unknown(code, (key, code), on_key=True)
        elif word not in tuple(Severity):
            help = _meant(word, tuple(Severity)) if isinstance(word, str) else ""
            help = help or "write `error`, `warning` or `hint`"
            self.refuse(f"`{word}` is no severity", (key, code), help)
        elif load()[code].stands and word != Severity.ERROR:
            self.standing(f"`{code}` cannot be less than an error", (key, code), on_key=True)
        else:
            yield Severity(word)

    def version(self, key: str) -> None:
        """A version that the scripts are for, as far as it is given."""
        here, wanted = VERSIONS[key], self.data[key]
        if not isinstance(wanted, str) or not f"{wanted}.".startswith(f"{here}."):
            message = f"the scripts are for {key} {here}, not {wanted}"
            self.refuse(message, (key,), f'write `{key} = "{here}"`, or leave it out')


def known(word: str) -> bool:
    """Whether a code is, or begins, like that."""
    return bool(word) and any(code.startswith(word) for code in load())


def suggested(word: str) -> str:
    """What to do about a code that no rule has."""
    return _meant(word, load()) or "`specc rules` lists the codes"


def _meant(word: str, known: Collection[str]) -> str:
    meant = nearest(word, known)
    return f"did you mean `{meant}`?" if meant else ""


def _quoted(word: str) -> str:
    return f"`{word}`"
