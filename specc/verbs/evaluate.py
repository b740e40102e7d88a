"""Score the model of a finished run on the test part, or on other data."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from specc.verbs import specs

if TYPE_CHECKING:
    from specc.compiler import Compiled
    from specc.use.finished import Finished


def arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("folder", type=Path, metavar="RUN", help="the folder of a finished run")
    verb.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="where relative paths start this time"
    )
    verb.add_argument(
        "--set", action="append", default=[], metavar="PATH=VALUE", dest="settings",
        help="other data: data.images.test=photos/new",
    )  # fmt: skip
    verb.add_argument(
        "--part", choices=("test", "validation", "train"), help="the test part unless given"
    )
    verb.add_argument("--format", choices=("text", "json"), default="text", help="how to print")
    verb.add_argument(
        "--trust", action="store_true", help="run the code of custom layers, which can do anything"
    )
    specs.color_argument(verb)


def run(options: argparse.Namespace) -> int:
    """0 when there are scores, 1 when the data are not there or not right, 3 when Keras fails."""
    from specc.cli import UsageError
    from specc.use.finished import NotARun, finished

    try:
        run = finished(options.folder)
        compiled = _compiled(run, options)
        if compiled is None:
            return 1
        return _scored(run, compiled, options)
    except NotARun as error:
        raise UsageError(str(error)) from error


def _compiled(run: "Finished", options: argparse.Namespace) -> "Compiled | None":
    """The spec of the run with the data that are asked for; None when they cannot be used."""
    from dataclasses import replace

    from specc.cli import UsageError
    from specc.compiler import runnable
    from specc.diagnostics import report
    from specc.settings import SettingError, apply

    strange = [each for each in options.settings if not each.strip().startswith("data.")]
    if strange:
        raise UsageError(f"`--set {strange[0]}`: only `data` can be other than in the run")
    try:
        source = apply(run.source, options.settings)
    except SettingError as error:
        raise UsageError(str(error)) from error
    data_dir = options.data_dir or run.data_dir
    compiled = replace(run, source=source).compiled(data_dir)
    found = report(source, [*compiled.report.diagnostics, *runnable(compiled, trust=options.trust)])
    if not found.ok:
        specs.show_findings([found], options.color)
    return compiled if found.ok else None


def _scored(run: "Finished", compiled: "Compiled", options: argparse.Namespace) -> int:
    from specc.cli import FAILED
    from specc.runs.progress import metrics
    from specc.use.load import quiet
    from specc.use.score import NotScored, scored

    data_dir = options.data_dir or run.data_dir
    try:
        with quiet():
            part, found = scored(run, compiled, data_dir, options.part)
    except NotScored as error:
        print(f"specc: {error}", file=sys.stderr)
        return FAILED
    line = f"{part}  {metrics(found)}\n"
    print(json.dumps({"part": part, **found}) + "\n" if options.format == "json" else line, end="")
    return 0
