"""`specc check --fix`, `--unsafe-fixes` and `--diff`: what is wrong is put right in the files."""

import argparse
import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from specc.cli import UsageError
from specc.verbs import selection, specs
from specc.verbs.diffs import unified

if TYPE_CHECKING:
    from specc.compiler import Compiled
    from specc.configuration import Project
    from specc.diagnostics import Report
    from specc.fixing import Fixed


def arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--fix", action="store_true", help="put right what leaves no doubt")
    verb.add_argument(
        "--unsafe-fixes", action="store_true", help="also what changes the program; implies --fix"
    )
    verb.add_argument("--diff", action="store_true", help="show what would be fixed, write nothing")


def wanted(options: argparse.Namespace) -> bool:
    return bool(options.fix or options.unsafe_fixes or options.diff)


class File(NamedTuple):
    """A spec before and after."""

    name: str
    raw: bytes
    fixed: "Fixed"

    @property
    def changed(self) -> bool:
        return self.raw != self.fixed.raw


def fixed(options: argparse.Namespace) -> list[File]:
    """Every spec that the command line names, with its fixes applied; nothing is written."""
    from specc.compiler import compile
    from specc.fixing import fix
    from specc.source import read

    files = []
    for file in specs.files(options.specs):
        name, raw = specs.text(file)
        project = specs.project_of(specs.folder_of(file), selection.chosen(options))

        def again(text: bytes, name: str = name, project: "Project | None" = project) -> "Compiled":
            return compile(read(name, text), options.data_dir, project)

        files.append(File(file, raw, fix(raw, again, unsafe=options.unsafe_fixes)))
    return files


def write(files: Sequence[File]) -> None:
    """Each changed file in one step, none when one of them can't be written."""
    changed = [each for each in files if each.changed and each.name != specs.STDIN]
    for each in changed:
        if not os.access(each.name, os.W_OK):
            raise UsageError(f"cannot write `{each.name}`: Permission denied")
    for each in changed:
        _write(each)


def _write(file: File) -> None:
    from specc.runs.directory import replace

    target = Path(os.path.realpath(file.name))
    mode = stat.S_IMODE(target.stat().st_mode)

    def make(draft: Path) -> None:
        draft.write_bytes(file.fixed.raw)
        draft.chmod(mode)

    try:
        replace(target, make)
    except OSError as error:
        raise UsageError(f"cannot write `{file.name}`: {error.strerror}") from error


def show_diffs(files: Sequence[File]) -> None:
    """On standard output, where a terminal gets nothing that it would obey."""
    from specc.render._display import safe

    for each in (each for each in files if each.changed):
        name = each.fixed.compiled.source.name
        before, after = each.raw.decode("utf-8"), each.fixed.raw.decode("utf-8")
        for line in unified(before, after, name, f"{name} (fixed)"):
            print(safe(line[:-1]) if sys.stdout.isatty() else line[:-1])


def count(files: Sequence[File]) -> str:
    """`2 findings fixed in 1 file`."""
    from specc.render.text import counted

    done = sum(len(each.fixed.fixes) for each in files)
    changed = sum(each.changed for each in files)
    return f"{counted(done, 'finding')} fixed in {counted(changed, 'file')}"


def offered(reports: Sequence["Report"]) -> str:
    """How many findings could be fixed, and how; "" where none could."""
    fixable = [(report, each) for report in reports for each in report.diagnostics if each.fix]
    if not fixable:
        return ""
    from specc.edits import changes

    sure = [each.safely_fixed for report, each in fixable if changes(report.source, each.fix)]
    safe, unsafe = sum(sure), len(sure) - sum(sure)
    parts = [f"`--fix` for {safe}"] * bool(safe) + [f"`--unsafe-fixes` for {unsafe}"] * bool(unsafe)
    return f"fixable: {', '.join(parts)}" if parts else ""
