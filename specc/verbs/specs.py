"""The specs that a command line names: files, folders, globs, and `-` for standard input."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from specc.cli import UsageError
from specc.project import find

if TYPE_CHECKING:
    from specc.compiler import Compiled
    from specc.configuration import Project
    from specc.diagnostics import Diagnostic, Report
    from specc.verbs.selection import Chosen

SUFFIXES = (".yaml", ".yml")
STDIN = "-"
VARIABLE = "SPECC_OUTPUT_FORMAT"


def arguments(verb: argparse.ArgumentParser, *, many: bool = True) -> None:
    """The arguments that all verbs with specs share."""
    verb.add_argument(
        "specs" if many else "spec",
        nargs="+" if many else None,
        metavar="SPEC",
        help="a file, a folder, a glob, or - for standard input" if many else "a file, or -",
    )
    verb.add_argument(
        "--data-dir", type=Path, default=Path(), metavar="DIR", help="where relative paths start"
    )
    color_argument(verb)


def color_argument(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="colours or none"
    )


def format_argument(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--format",
        choices=formats(),
        help=f"how findings are shown; text unless {VARIABLE} says otherwise",
    )


def preferred_format(options: argparse.Namespace) -> str:
    """The format that the command line asks for, else the environment."""
    named = str(options.format or os.environ.get(VARIABLE) or "text")
    if named not in formats():
        raise UsageError(f"{VARIABLE} is `{named}`, expected one of {', '.join(formats())}")
    return named


def formats() -> list[str]:
    """Names of the formats of findings, read off their files: a usage message imports nothing."""
    folder = Path(__file__).parent.parent / "render"
    return sorted(file.stem.removeprefix("as_") for file in folder.glob("[!_]*.py"))


def files(words: Sequence[str]) -> list[str]:
    """The files that the words name, in order, each once; UsageError when a word names none."""
    found: dict[str, str] = {}
    for file in (file for word in words for file in _files(word)):
        found.setdefault(file if file == STDIN else os.path.realpath(file), file)
    return list(found.values())


def _files(word: str) -> Sequence[str]:
    if word == STDIN or os.path.isfile(word):
        return [word]
    if os.path.isdir(word):
        found = list(_inside(word))
    elif has_magic(word):
        found = [path for path in sorted(glob(word, recursive=True)) if os.path.isfile(path)]
    elif os.path.exists(word):
        raise UsageError(f"`{word}` is not a file")
    else:
        raise UsageError(f"no such file: `{word}`")
    if not found:
        raise UsageError(f"no specs in `{word}`")
    return found


def _inside(folder: str) -> Iterator[str]:
    """The specs in a folder and below, sorted; those in hidden folders and in runs are left out."""
    from specc.runs.names import RECORD

    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if RECORD in names:  # of a run, whose spec is the copy of another
            folders.clear()
        else:
            yield from (os.path.join(place, n) for n in sorted(names) if n.endswith(SUFFIXES))


def compile_all(
    words: Sequence[str], data_dir: Path, chosen: "Chosen | None" = None
) -> list["Compiled"]:
    """Each spec that the words name, compiled; `chosen` is what the command says of findings."""
    from specc.compiler import compile
    from specc.source import read

    named = files(words)
    projects = {folder: project_of(folder, chosen) for folder in set(map(folder_of, named))}
    sources = [(read(*text(file)), folder_of(file)) for file in named]
    return [compile(source, data_dir, projects[folder]) for source, folder in sources]


def folder_of(file: str) -> str:
    """Where the project of a spec is looked for."""
    return "." if file == STDIN else os.path.dirname(os.path.abspath(file))


def project_of(folder: str, chosen: "Chosen | None" = None) -> "Project | None":
    """The project of a folder, as the command wants it."""
    found = find(Path(folder))
    return chosen.over(found) if chosen else found


def check_projects(compiled: Sequence["Compiled"], color: str) -> None:
    """UsageError, after its findings, where what a project says of specc is wrong."""
    found = misconfigured(compiled)
    if found:
        show_findings(found, color)
        raise UsageError(f"`{found[0].source.name}` is not right")


def misconfigured(compiled: Sequence["Compiled"]) -> list["Report"]:
    """What is wrong with the projects of the specs, each once."""
    said = [each.project.found for each in compiled if each.project]
    return list({each.source.name: each for each in said if not each.ok}.values())


def text(file: str) -> tuple[str, bytes]:
    """The name and the bytes of a spec, as the reader takes them."""
    if file == STDIN:
        return "<stdin>", sys.stdin.buffer.read() if sys.stdin else b""
    try:
        return file, Path(file).read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read `{file}`: {error.strerror}") from error


def reports(compiled: Sequence["Compiled"]) -> list["Report"]:
    """The report of each spec; a name that an earlier spec of the call has is a finding too."""
    from specc.diagnostics import Diagnostic, Severity, report

    first: dict[str, str] = {}
    found = []
    for each in compiled:
        extra = []
        name = each.subject.spec.name if each.subject else each.source.name
        other = first.setdefault(name.casefold(), each.source.name)
        if other != each.source.name:
            message = f"`{name}` is the name of another spec too"
            help = f"rename this one or `{other}`: scripts and runs are named after their spec"
            extra = [Diagnostic("F041", Severity.ERROR, message, ("name",), help=help)]
        found.append(
            report(each.source, [*each.report.diagnostics, *extra], each.report.suppressed)
        )
    return found


def unanswered(compiled: "Compiled", found: Iterable["Diagnostic"]) -> list["Diagnostic"]:
    """What a look at the data found, without what comments in the spec answer."""
    from specc.compiler import COMMENT

    if not COMMENT.search(compiled.source.text):
        return list(found)
    from specc.suppressions import unanswered

    return unanswered(found, compiled.source)


def wants_color(choice: str, stream: TextIO) -> bool:
    """What `--color` says, or whether the stream is a terminal that shows colours."""
    from specc.render import use_color

    return choice == "always" or (choice == "auto" and use_color(stream, os.environ))


def show_findings(found: Sequence["Report"], color: str) -> None:
    """The findings on standard error, for verbs whose output is something else."""
    from specc.render import FORMATS

    shown = FORMATS["text"](found, color=wants_color(color, sys.stderr))
    print(shown, end="", file=sys.stderr)
