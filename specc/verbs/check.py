"""Find what is wrong with specs, without TensorFlow."""

import argparse
import os
import sys

from specc.verbs import specs

VARIABLE = "SPECC_OUTPUT_FORMAT"


def arguments(verb: argparse.ArgumentParser) -> None:
    specs.arguments(verb)
    verb.add_argument(
        "--format",
        choices=specs.formats(),
        help=f"how findings are shown; text unless {VARIABLE} says otherwise",
    )


def run(options: argparse.Namespace) -> int:
    """0 when there are neither errors nor warnings, else 1."""
    from specc.render import FORMATS

    form = options.format or _preferred()
    compiled = specs.compile_all(options.specs, options.data_dir)
    reports = specs.reports(compiled)
    if form == "text" and not any(each.diagnostics for each in reports):
        print(f"{len(reports)} spec{'s' * (len(reports) > 1)} checked, nothing found")
    else:
        color = specs.wants_color(options.color, sys.stdout)
        print(FORMATS[form](reports, color=color), end="")
    return 0 if all(each.clean for each in reports) else 1


def _preferred() -> str:
    """The format that the environment asks for."""
    from specc.cli import UsageError

    named = os.environ.get(VARIABLE) or "text"
    if named not in specs.formats():
        known = ", ".join(specs.formats())
        raise UsageError(f"{VARIABLE} is `{named}`, expected one of {known}")
    return named
