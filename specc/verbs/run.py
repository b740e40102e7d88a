"""Train a spec by its emitted script, watched and recorded."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from specc.verbs import specs

if TYPE_CHECKING:
    from specc.compiler import Compiled
    from specc.diagnostics import Diagnostic, Report
    from specc.looking.look import Files
    from specc.runs.state import Outcome


def arguments(verb: argparse.ArgumentParser) -> None:
    specs.arguments(verb, many=False)
    verb.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        dest="settings",
        help="train another program: train.epochs=5, model.3.Dense.units=64",
    )
    verb.add_argument("--epochs", type=_positive, metavar="N", help="train for N epochs")
    verb.add_argument(
        "--output", type=Path, default=Path("runs"), metavar="DIR", help="where runs are kept"
    )
    verb.add_argument(
        "--trust", action="store_true", help="run the code of custom layers, which can do anything"
    )
    verb.add_argument("--quiet", action="store_true", help="print nothing but findings")


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) == 0:
        raise argparse.ArgumentTypeError(f"`{text}` is not a positive integer")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """0 when the training went through, 3 when it failed, 128 + signal when it was stopped."""
    from specc.backends.script import emit
    from specc.compiler import runnable
    from specc.runs.packages import missing

    _check_backend()
    compiled = _compiled(options)
    lacking = [*runnable(compiled, trust=options.trust), *_absent(compiled)]
    found = _report(compiled, [*compiled.report.diagnostics, *lacking], options)
    if found.ok:
        script = emit(compiled.program)
        found = _report(compiled, [*found.diagnostics, *missing(script, compiled.spec)], options)
    files = _files(compiled, script, options) if found.ok else None
    if files:
        found = _report(
            compiled, [*found.diagnostics, *specs.unanswered(compiled, files.found)], options
        )
    specs.show_findings([found], options.color)
    return _supervised(compiled, script, options, files, found) if files and found.ok else 1


def _files(compiled: "Compiled", script: str, options: argparse.Namespace) -> "Files":
    """What is wrong with the files that are decoded, all of it found before anything is trained."""
    from specc.looking.look import Files, decodes_or_parses, look_at_files
    from specc.runs.display import display
    from specc.runs.native import aside

    if not decodes_or_parses(script):
        return Files()
    screen = display(quiet=options.quiet)
    try:
        with aside() as folder:
            screen.doing("looking at the files")
            return look_at_files(compiled, script, options.data_dir, folder)
    finally:
        screen.stop()


def _absent(compiled: "Compiled") -> "list[Diagnostic]":
    """Weights of bases whose files are not there."""
    from specc.runs.weights import absent

    return absent(compiled) if compiled.report.ok else []


def _check_backend() -> None:
    from specc.cli import UsageError

    named = os.environ.get("KERAS_BACKEND", "tensorflow")
    if named != "tensorflow":
        raise UsageError(f"KERAS_BACKEND is `{named}`; scripts train with `tensorflow`")


def _compiled(options: argparse.Namespace) -> "Compiled":
    from specc.cli import UsageError
    from specc.compiler import compile
    from specc.project import find
    from specc.settings import SettingError, apply
    from specc.source import read

    named = specs.files([options.spec])
    if len(named) > 1:
        raise UsageError(f"`{options.spec}` holds {len(named)} specs; one is run at a time")
    source = read(*specs.text(named[0]))
    if options.settings and not source.problems:
        try:
            source = apply(source, options.settings)
        except SettingError as error:
            raise UsageError(str(error)) from error
    compiled = compile(source, options.data_dir, find(Path(specs.folder_of(named[0]))))
    specs.check_projects([compiled], options.color)
    return compiled


def _report(
    compiled: "Compiled", found: "list[Diagnostic]", options: argparse.Namespace
) -> "Report":
    from specc.diagnostics import report
    from specc.settings import explained

    return report(compiled.source, explained(found, options.settings))


def _supervised(
    compiled: "Compiled",
    script: str,
    options: argparse.Namespace,
    files: "Files",
    found: "Report",
) -> int:
    from specc.cli import UsageError
    from specc.runs.place import reason
    from specc.runs.state import Order
    from specc.runs.supervise import supervise

    if options.settings and not options.quiet:
        _announce(compiled, options)
    if options.trust:
        sys.path.insert(0, os.getcwd())  # where a script by hand would find the modules
    order = Order(
        options.data_dir,
        options.output,
        options.epochs,
        tuple(options.settings),
        options.quiet,
        files.left_out,
        found.diagnostics,
    )
    try:
        outcome = supervise(compiled, script, order)
    except OSError as error:
        raise UsageError(f"cannot write to `{options.output}`: {reason(error)}") from error
    return _ended(compiled, outcome, options)


def _announce(compiled: "Compiled", options: argparse.Namespace) -> None:
    """Says that this is not the program of the file."""
    from specc.compiler import digest

    changes = ", ".join(options.settings)
    print(f"with {changes}: another program, digest {digest(compiled.spec)[:8]}", flush=True)


def _ended(compiled: "Compiled", outcome: "Outcome", options: argparse.Namespace) -> int:
    """Says how the run ended, and turns that into an exit code."""
    from specc.cli import FAILED
    from specc.runs.progress import metrics

    if outcome.scores and not options.quiet:
        print(f"test  {metrics(outcome.scores)}")
    if not outcome.failed and outcome.stopped is None and not options.quiet:
        print(outcome.folder)
    sys.stdout.flush()
    last = specs.unanswered(compiled, outcome.findings)
    specs.show_findings([_report(compiled, last, options)], options.color)
    if outcome.trouble:
        print(f"specc: {outcome.trouble}", file=sys.stderr)
    if outcome.failed:
        print(f"specc: the run failed; {_left(outcome)}", file=sys.stderr)
        return FAILED
    if outcome.stopped is not None:
        print(f"specc: stopped; {_left(outcome)}", file=sys.stderr)
        return 128 + outcome.stopped
    return FAILED if outcome.trouble else 0


def _left(outcome: "Outcome") -> str:
    what = "what was trained is in" if outcome.saved else "no model was saved; see"
    return f"{what} {outcome.folder}"
