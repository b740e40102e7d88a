"""Look at the data of a spec: counts, broken files, leaks."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from specc.verbs import specs

if TYPE_CHECKING:
    from specc.compiler import Compiled
    from specc.diagnostics import Report
    from specc.looking.look import Look


def arguments(verb: argparse.ArgumentParser) -> None:
    specs.arguments(verb, many=False)
    specs.format_argument(verb)
    verb.add_argument(
        "--preview", type=Path, metavar="FILE.png", help="draw some images with their labels"
    )
    verb.add_argument(
        "--trust", action="store_true", help="run the code of custom layers, which can do anything"
    )


def run(options: argparse.Namespace) -> int:
    """0 when there are neither errors nor warnings about the data, else 1."""
    from specc.backends.script import emit
    from specc.compiler import runnable
    from specc.diagnostics import report
    from specc.runs.packages import lacking, missing

    form = specs.preferred_format(options)
    compiled = _compiled(options)
    found = [*compiled.report.diagnostics, *runnable(compiled, trust=options.trust)]
    if report(compiled.source, found).ok:
        script = emit(compiled.program)
        found += missing(script, compiled.spec)
        found += lacking("matplotlib", ("data",)) if options.preview else []
    first = report(compiled.source, found)
    if not first.ok:
        return _told(first, None, form, options)
    look = _looked(compiled, script, options)
    about_data = (each for each in found if each.code.startswith("D"))
    seen = specs.unanswered(compiled, look.found)
    return _told(report(compiled.source, [*about_data, *seen]), look, form, options)


def _compiled(options: argparse.Namespace) -> "Compiled":
    from specc.cli import UsageError

    found = specs.compile_all([options.spec], options.data_dir)
    if len(found) > 1:
        raise UsageError(f"`{options.spec}` holds {len(found)} specs; one is looked at at a time")
    specs.check_projects(found, options.color)
    return found[0]


def _looked(compiled: "Compiled", script: str, options: argparse.Namespace) -> "Look":
    from specc.looking.look import look
    from specc.runs.native import aside

    if options.trust:
        sys.path.insert(0, os.getcwd())  # where a script by hand would find the modules
    with aside() as folder:
        seen = look(compiled, script, options.data_dir, folder)
        if options.preview and seen.rows:
            _draw(compiled, seen, options.preview)
    return seen


def _draw(compiled: "Compiled", seen: "Look", file: Path) -> None:
    from specc.cli import UsageError
    from specc.looking.preview import NoImages, draw

    try:
        draw(compiled, seen, file)
    except NoImages as error:
        raise UsageError(f"`--preview` draws images: {error}") from error
    except OSError as error:
        raise UsageError(f"cannot write `{file}`: {error.strerror}") from error


def _told(found: "Report", seen: "Look | None", form: str, options: argparse.Namespace) -> int:
    """Prints what was seen and found, and turns it into an exit code."""
    from specc.looking.table import plain, table
    from specc.render import FORMATS

    shown = FORMATS[form]([found], color=specs.wants_color(options.color, sys.stdout))
    if form == "json":
        parts = plain(seen.parts) if seen else {}
        shown = json.dumps({"parts": parts, "findings": json.loads(shown)}, indent=2) + "\n"
    elif form == "text" and seen:
        nothing = "nothing found\n" if not found.diagnostics else ""
        shown = f"{table(seen.parts)}\n{shown}{nothing}"
    print(shown, end="")
    return 0 if found.clean else 1
