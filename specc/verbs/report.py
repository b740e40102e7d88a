"""Write the report of a run: one HTML file with all there is to see of it."""

import argparse
import sys
from pathlib import Path

FILE = "report.html"


def arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("folder", type=Path, metavar="RUN", help="the folder of a run")
    verb.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help=f"where it goes: RUN/{FILE} unless given"
    )
    verb.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="where relative paths of the spec start"
    )


def run(options: argparse.Namespace) -> int:
    """0 when the report is written; it says itself how the run ended."""
    from specc.cli import UsageError
    from specc.report.page import page
    from specc.runs.directory import write
    from specc.runs.place import reason
    from specc.use.finished import NotARun, finished

    try:
        found = finished(options.folder, whole=False)
    except NotARun as error:
        raise UsageError(str(error)) from error
    text = page(found, found.compiled(options.data_dir or found.data_dir))
    target = options.output or options.folder / FILE
    try:
        write(target, text)
    except OSError as error:
        raise UsageError(f"cannot write `{target}`: {reason(error)}") from error
    sys.stdout.write(f"{target}\n")
    return 0
