"""Emit a standalone training script for each spec."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from specc.verbs import specs

if TYPE_CHECKING:
    from specc.compiler import Compiled


def arguments(verb: argparse.ArgumentParser) -> None:
    specs.arguments(verb)
    where = verb.add_mutually_exclusive_group()
    where.add_argument("-o", "--output", type=Path, default=Path("generated"), metavar="DIR")
    where.add_argument("--stdout", action="store_true", help="print the scripts")
    verb.add_argument(
        "--check", action="store_true", help="print what differs from the scripts there; exit 1"
    )


def run(options: argparse.Namespace) -> int:
    """0 when every script is written, or with `--check` current; 1 else. Errors write nothing."""
    compiled = specs.compile_all(options.specs, options.data_dir)
    from specc.compiler import buildable
    from specc.diagnostics import report

    checked = zip(compiled, specs.reports(compiled), strict=True)
    found = [report(c.source, [*each.diagnostics, *buildable(c)]) for c, each in checked]
    specs.show_findings(found, options.color)
    if not all(each.ok for each in found):
        return 1
    scripts = [_script(each) for each in compiled]
    if options.stdout:
        print("".join(text for _, text in scripts), end="")
        return 0
    if options.check:
        return _compare(scripts, options.output)
    for name, text in scripts:
        target = options.output / name
        write(target, text)
        print(target)
    return 0


def _script(compiled: "Compiled") -> tuple[str, str]:
    from specc.backends.script import emit

    return f"{compiled.spec.name}.py", emit(compiled.program)


def _compare(scripts: Sequence[tuple[str, str]], folder: Path) -> int:
    """A unified diff from what stands in the folder to what the specs say."""
    import difflib

    stale = False
    for name, text in scripts:
        path = folder / name
        there = path.read_text(encoding="utf-8") if path.is_file() else ""
        label = str(path) if path.is_file() else "/dev/null"
        lines = there.splitlines(keepends=True), text.splitlines(keepends=True)
        diff = list(difflib.unified_diff(*lines, label, f"{path} (from its spec)"))
        print("".join(diff), end="")
        stale = stale or bool(diff)
    return 1 if stale else 0


def write(target: Path, text: str) -> None:
    """Writes a file whole or not at all: beside it first, then renamed into place."""
    import os
    import tempfile

    from specc.cli import UsageError

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            os.chmod(draft, 0o644)
            os.replace(draft, target)
        except BaseException:
            os.unlink(draft)
            raise
    except OSError as error:
        raise UsageError(f"cannot write `{target}`: {error.strerror}") from error
