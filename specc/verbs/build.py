"""Emit a standalone training script for each spec."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from specc.verbs import specs
from specc.verbs.diffs import unified

if TYPE_CHECKING:
    from specc.compiler import Compiled
    from specc.diagnostics import Report

Script = tuple[str, str]  # name of the file, text


def arguments(verb: argparse.ArgumentParser) -> None:
    specs.arguments(verb)
    where = verb.add_mutually_exclusive_group()
    where.add_argument(
        "-o", "--output", type=Path, default=Path("generated"), metavar="DIR",
        help="the folder for scripts, `generated` unless given",
    )  # fmt: skip
    where.add_argument("--stdout", action="store_true", help="print the scripts")
    verb.add_argument(
        "--check", action="store_true", help="print what differs from the scripts there; exit 1"
    )


def run(options: argparse.Namespace) -> int:
    """0 when every script is written, or current; 1 when a spec has errors or a script is stale.

    As with a compiler, a spec with errors leaves its own script as it is, and no other.
    """
    compiled = specs.compile_all(options.specs, options.data_dir)
    specs.check_projects(compiled, options.color)
    found = _reports(compiled)
    specs.show_findings(found, options.color)
    sound = [each for each, its in zip(compiled, found, strict=True) if its.ok]
    scripts = [_script(each) for each in sound]
    if options.check:
        current = _compare(scripts, options.output)
        return 0 if current and len(sound) == len(compiled) else 1
    if options.stdout:
        print("".join(text for _, text in scripts), end="")
    else:
        _write(scripts, options.output)
    return 0 if len(sound) == len(compiled) else 1


def _reports(compiled: Sequence["Compiled"]) -> list["Report"]:
    """The findings of each spec, with what keeps it from being built."""
    from specc.compiler import buildable
    from specc.diagnostics import report

    checked = zip(compiled, specs.reports(compiled), strict=True)
    return [report(c.source, [*each.diagnostics, *buildable(c)]) for c, each in checked]


def _script(compiled: "Compiled") -> Script:
    from specc.backends.script import emit

    return f"{compiled.spec.name}.py", emit(compiled.program)


def _write(scripts: Sequence[Script], folder: Path) -> None:
    """Writes each script whole or not at all, and says where; a current one is left alone."""
    from specc.cli import UsageError
    from specc.runs.directory import write

    for name, text in scripts:
        target = folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not (target.is_file() and target.read_bytes() == text.encode()):
                write(target, text)
        except OSError as error:
            raise UsageError(f"cannot write `{target}`: {error.strerror}") from error
        print(target)


def _compare(scripts: Sequence[Script], folder: Path) -> bool:
    """Whether all are current; prints a unified diff from what stands in the folder."""
    diffs = ["".join(_diff(folder / name, text)) for name, text in scripts]
    print("".join(diffs), end="")
    return not any(diffs)


def _diff(path: Path, text: str) -> Iterator[str]:
    """The lines of a diff; a line end of another kind is a difference like any other."""
    from specc.cli import UsageError

    try:
        there = path.read_bytes().decode("utf-8", "backslashreplace") if path.exists() else ""
    except OSError as error:
        raise UsageError(f"cannot read `{path}`: {error.strerror}") from error
    if there != text:
        names = str(path) if there else "/dev/null", f"{path} (its spec)"
        yield from (line.replace("\r", "\\r") for line in unified(there, text, *names))
