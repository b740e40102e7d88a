"""Find what is wrong with specs, without TensorFlow."""

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from specc.verbs import fixes, selection, specs

if TYPE_CHECKING:
    from specc.diagnostics import Report


def arguments(verb: argparse.ArgumentParser) -> None:
    specs.arguments(verb)
    specs.format_argument(verb)
    selection.arguments(verb)
    fixes.arguments(verb)


def run(options: argparse.Namespace) -> int:
    """0 when there are neither errors nor warnings, else 1; 1 also for a `--diff`."""
    form = specs.preferred_format(options)
    if fixes.wanted(options):
        return _fix(options, form)
    compiled = specs.compile_all(options.specs, options.data_dir, selection.chosen(options))
    found = [*specs.misconfigured(compiled), *specs.reports(compiled)]
    _show(found, form, options.color)
    if form == "text" and (fixable := fixes.offered(found)):
        print(fixable)
    return _code(found)


def _fix(options: argparse.Namespace, form: str) -> int:
    """Fixes, or shows how; a fixed standard input takes the place of the findings."""
    files = fixes.fixed(options)
    specs.check_projects([each.fixed.compiled for each in files], options.color)
    if options.diff:
        fixes.show_diffs(files)
        print(fixes.count(files).replace("fixed", "to be fixed"), file=sys.stderr)
        right = all(each.fixed.compiled.report.clean and not each.changed for each in files)
        return 0 if right else 1
    fixes.write(files)
    found = specs.reports([each.fixed.compiled for each in files])
    piped = [each for each in files if each.name == specs.STDIN]
    for each in piped:
        sys.stdout.buffer.write(each.fixed.raw)
    _show(found, form, options.color, error=bool(piped))
    print(fixes.count(files), file=sys.stdout if form == "text" and not piped else sys.stderr)
    return _code(found)


def _show(found: Sequence["Report"], form: str, color: str, *, error: bool = False) -> None:
    from specc.render import FORMATS

    stream = sys.stderr if error else sys.stdout
    if form == "text" and not any(each.diagnostics for each in found):
        print(f"{len(found)} spec{'s' * (len(found) > 1)} checked, nothing found", file=stream)
    else:
        text = FORMATS[form](found, color=specs.wants_color(color, stream))
        print(text, end="", file=stream)


def _code(found: Sequence["Report"]) -> int:
    return 0 if all(each.clean for each in found) else 1
