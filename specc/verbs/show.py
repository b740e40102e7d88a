"""Show what specs say: shapes, weights, work and memory of every layer."""

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from specc.cli import UsageError
from specc.verbs import specs

if TYPE_CHECKING:
    from specc.compiler import Compiled


COMMENTS = {"mermaid": "%% {}\n", "dot": "// {}\n", "svg": ""}  # what goes above one of several


def arguments(verb: argparse.ArgumentParser) -> None:
    specs.arguments(verb)
    verb.add_argument(
        "--format",
        choices=("text", "json", "mermaid", "dot", "svg"),
        default="text",
        help="a table, the same as data, or a picture of the model",
    )
    form = verb.add_mutually_exclusive_group()
    form.add_argument(
        "--resolved", action="store_true", help="print the spec with every default filled in"
    )
    form.add_argument(
        "--pipeline", action="store_true", help="say how rows come to the network, and why so"
    )
    form.add_argument(
        "--phases", action="store_true", help="say what each phase freezes and trains"
    )
    verb.add_argument("--formulas", action="store_true", help="show how window sizes come about")


def run(options: argparse.Namespace) -> int:
    """0 when every spec could be shown whole, 1 when one has errors."""
    if options.format == "svg" and len(specs.files(options.specs)) > 1:
        raise UsageError("`--format svg` draws one spec at a time")
    _fits(options)
    compiled = specs.compile_all(options.specs, options.data_dir)
    specs.check_projects(compiled, options.color)
    found = specs.reports(compiled)
    specs.show_findings([each for each in found if not each.ok], options.color)
    shown = [each for each in compiled if each.subject is not None]
    print(_page(shown, options), end="")
    return 0 if all(each.ok for each in found) else 1


def _fits(options: argparse.Namespace) -> None:
    """UsageError for what has no such format."""
    chosen = [name for name in ("resolved", "pipeline", "phases") if getattr(options, name)]
    formats = ["text", "json"] if chosen == ["phases"] else ["text"]
    if chosen and options.format not in formats:
        raise UsageError(f"`--{chosen[0]}` has no `--format {options.format}`")


def _page(compiled: Sequence["Compiled"], options: argparse.Namespace) -> str:
    """Everything that goes to standard output."""
    from specc import show

    if options.resolved:
        return _together([each for each in compiled if each.report.ok], _resolved, "# {}\n")
    if options.pipeline:
        return "\n".join(_pipeline(each) for each in compiled if each.report.ok)
    if options.phases and options.format == "json":
        return _phases_as_json([each for each in compiled if each.report.ok])
    if options.phases:
        return "\n".join(_phases(each) for each in compiled if each.report.ok)
    if options.format == "json":
        return show.as_json(compiled)
    if options.format in COMMENTS:
        return _together(compiled, _drawn(options.format), COMMENTS[options.format])
    return "\n".join(show.text(each, formulas=options.formulas) for each in compiled)


def _drawn(form: str) -> Callable[["Compiled"], str]:
    """What makes a page of a picture in this format, which is a module and its function."""
    from specc.drawing.read import picture_of

    draw = getattr(import_module(f"specc.drawing.{form}"), form)
    return lambda compiled: str(draw(picture_of(compiled)))


def _pipeline(compiled: "Compiled") -> str:
    from specc.pipeline import pipeline

    return pipeline(compiled)


def _phases(compiled: "Compiled") -> str:
    from specc.phase_table import text

    return text(compiled)


def _phases_as_json(compiled: Sequence["Compiled"]) -> str:
    from specc.phase_table import as_json

    return as_json(compiled)


def _resolved(compiled: "Compiled") -> str:
    from specc.resolved import resolved, to_yaml

    return to_yaml(resolved(compiled.spec))


def _together(
    compiled: Sequence["Compiled"], page: Callable[["Compiled"], str], comment: str
) -> str:
    """One page as it is; several apart, each below a comment with its file."""
    if len(compiled) == 1:
        return page(compiled[0])
    return "\n".join(
        comment.format(ascii(each.source.name)[1:-1]) + page(each) for each in compiled
    )
