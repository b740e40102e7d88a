"""Train a spec by its emitted script, watched and recorded."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from specc.verbs import specs

if TYPE_CHECKING:
    from specc.compiler import Compiled
    from specc.runs.supervise import Outcome


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
    verb.add_argument("--quiet", action="store_true", help="show no progress")


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"`{text}` is not a positive integer")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """0 when the training went through, 3 when it failed, 128 + signal when it was stopped."""
    compiled = _compiled(options)
    from specc.compiler import digest, runnable
    from specc.diagnostics import report

    found = report(compiled.source, [*compiled.report.diagnostics, *runnable(compiled)])
    specs.show_findings([found], options.color)
    if not found.ok:
        return 1
    if options.settings and not options.quiet:
        changes = ", ".join(options.settings)
        print(f"another program than {compiled.source.name}: {changes}")
        print(f"digest {digest(compiled.spec)[:8]}")
    return _supervised(compiled, options)


def _compiled(options: argparse.Namespace) -> "Compiled":
    from specc.cli import UsageError
    from specc.compiler import compile
    from specc.settings import SettingError, apply
    from specc.source import read

    [file] = specs.files([options.spec])
    source = read(*specs.text(file))
    if options.settings and not source.problems:
        try:
            source = apply(source, options.settings)
        except SettingError as error:
            raise UsageError(str(error)) from error
    return compile(source, options.data_dir)


def _supervised(compiled: "Compiled", options: argparse.Namespace) -> int:
    from specc.backends.script import emit
    from specc.cli import UsageError
    from specc.runs.supervise import Order, supervise

    if _missing_packages():
        raise UsageError("training needs TensorFlow: pip install 'specc[train]'")
    order = Order(
        options.data_dir, options.output, options.epochs, tuple(options.settings), options.quiet
    )
    try:
        outcome = supervise(compiled, emit(compiled.program), order)
    except OSError as error:
        raise UsageError(f"cannot write to `{options.output}`: {error}") from error
    return _ended(compiled, outcome, options)


def _missing_packages() -> bool:
    from importlib.util import find_spec

    return find_spec("tensorflow") is None


def _ended(compiled: "Compiled", outcome: "Outcome", options: argparse.Namespace) -> int:
    """Says how the run ended, and turns that into an exit code."""
    from specc.diagnostics import report
    from specc.runs.progress import metrics

    if outcome.failure is not None:
        specs.show_findings([report(compiled.source, [outcome.failure])], options.color)
        return 3
    if outcome.stopped is not None:
        print(f"stopped early; what was trained is in {outcome.folder}", file=sys.stderr)
        return 128 + outcome.stopped
    if not options.quiet:
        if outcome.scores:
            print(f"test  {metrics(outcome.scores)}")
        print(outcome.folder)
    return 0
