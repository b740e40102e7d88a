"""Find what is wrong with specs, without TensorFlow."""

import argparse
import sys

from specc.verbs import specs


def arguments(verb: argparse.ArgumentParser) -> None:
    specs.arguments(verb)
    specs.format_argument(verb)


def run(options: argparse.Namespace) -> int:
    """0 when there are neither errors nor warnings, else 1."""
    from specc.render import FORMATS

    form = specs.preferred_format(options)
    compiled = specs.compile_all(options.specs, options.data_dir)
    reports = specs.reports(compiled)
    if form == "text" and not any(each.diagnostics for each in reports):
        print(f"{len(reports)} spec{'s' * (len(reports) > 1)} checked, nothing found")
    else:
        color = specs.wants_color(options.color, sys.stdout)
        print(FORMATS[form](reports, color=color), end="")
    return 0 if all(each.clean for each in reports) else 1
