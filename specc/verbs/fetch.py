"""Download what specs need ahead of time: weights of bases, data sets of Keras."""

import argparse
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

from specc.verbs import specs

if TYPE_CHECKING:
    from specc.compiler import Compiled
    from specc.diagnostics import Diagnostic


def arguments(verb: argparse.ArgumentParser) -> None:
    specs.arguments(verb)
    verb.add_argument("--quiet", action="store_true", help="print nothing but findings")


def run(options: argparse.Namespace) -> int:
    """0 when everything is there, 1 when a spec has errors, 3 when something cannot be got."""
    from specc.cli import FAILED
    from specc.diagnostics import report

    compiled = specs.compile_all(options.specs, options.data_dir)
    specs.check_projects(compiled, options.color)
    wrong = [each for each in specs.reports(compiled) if not each.ok]
    specs.show_findings(wrong, options.color)
    found = {each.source.name: _fetched(each, options) for each in compiled if each.report.ok}
    lacking = [
        report(each.source, found[each.source.name])
        for each in compiled
        if found.get(each.source.name)
    ]
    specs.show_findings(lacking, options.color)
    return FAILED if lacking else 1 if wrong else 0


def _fetched(compiled: "Compiled", options: argparse.Namespace) -> "list[Diagnostic]":
    """What could not be got; the rest is said on standard output."""
    from specc.runs.fetch import failed, needs
    from specc.runs.native import aside
    from specc.runs.weights import absent

    found = absent(compiled)
    for need in needs(compiled):
        try:
            with aside(), redirect_stdout(StringIO()):
                need.get()
        except Exception as error:  # of many kinds: no connection, no disk, another file
            found.append(failed(error, need, compiled))
            continue
        if not options.quiet:
            print(f"{compiled.spec.name}: {need.name} are there", flush=True)
    return found
