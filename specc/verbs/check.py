"""Find what is wrong with specs, without TensorFlow."""

import argparse
import os
import sys

from specc.verbs import specs


def arguments(verb: argparse.ArgumentParser) -> None:
    specs.arguments(verb)
    verb.add_argument(
        "--format",
        choices=specs.formats(),
        default=os.environ.get("SPECC_OUTPUT_FORMAT", "text"),
        help="how findings are shown (SPECC_OUTPUT_FORMAT)",
    )


def run(options: argparse.Namespace) -> int:
    """0 when there are neither errors nor warnings, else 1."""
    from specc.render import FORMATS

    compiled = specs.compile_all(options.specs, options.data_dir)
    reports = specs.reports(compiled)
    color = specs.wants_color(options.color, sys.stdout)
    print(FORMATS[options.format](reports, color=color), end="")
    if options.format == "text" and not any(each.diagnostics for each in reports):
        count = len(reports)
        print(f"{count} spec{'s' * (count > 1)} checked, nothing found")
    return 0 if all(each.clean for each in reports) else 1
