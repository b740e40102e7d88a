"""Draw pictures of a finished run, or of a saved model."""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from specc.verbs import specs

if TYPE_CHECKING:
    from specc.compiler import Compiled
    from specc.diagnostics import Diagnostic


def arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "what", type=Path, metavar="RUN", help="the folder of a finished run, or a .keras file"
    )
    verb.add_argument(
        "pictures", nargs="*", metavar="PICTURE",
        help="as in `visualize` of a spec: roc, 'filters: {layer: conv2d}'; "
        "those of the run's spec unless given",
    )  # fmt: skip
    verb.add_argument(
        "--output", type=Path, metavar="DIR", help="where they go: RUN/pictures unless given"
    )
    verb.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="where relative paths of the spec start"
    )
    verb.add_argument(
        "--range", type=float, nargs=2, default=(0.0, 255.0), metavar=("LOW", "HIGH"),
        help="of the pixels that the model in a .keras file takes",
    )  # fmt: skip
    verb.add_argument(
        "--trust", action="store_true", help="run the code of custom layers, which can do anything"
    )
    specs.color_argument(verb)


def run(options: argparse.Namespace) -> int:
    """0 when all pictures are drawn, 1 when the spec or the data are not right, 3 when some of
    the pictures failed."""
    from specc.cli import UsageError
    from specc.use.finished import NotARun
    from specc.use.picture_words import NoPicture, parse

    try:
        items = parse(options.pictures)
        one = options.what.suffix == ".keras" and not options.what.is_dir()
        return _of_model(options, items) if one else _of_run(options, items)
    except (NotARun, NoPicture) as error:
        raise UsageError(str(error)) from error


def _of_model(options: argparse.Namespace, items: list[Any]) -> int:
    from specc.use.load import loaded, quiet
    from specc.use.picture_words import NoPicture
    from specc.use.visualize_model import OF_A_MODEL, drawn_of_model

    if not items:
        raise NoPicture(f"name what to draw of the model: {', '.join(OF_A_MODEL)}")
    folder = options.output or options.what.parent / f"{options.what.stem}_pictures"
    with quiet():
        network = loaded(options.what)
        found = drawn_of_model(network, items, tuple(options.range), _keeping(folder))
        return _told(found)


def _of_run(options: argparse.Namespace, items: list[Any]) -> int:
    from specc.use.finished import finished
    from specc.use.load import quiet
    from specc.use.visualize import asked, drawn

    run = finished(options.what, whole=False)
    data_dir = options.data_dir or run.data_dir
    compiled = asked(run, items, data_dir)
    if not _right(compiled, options):
        return 1
    keep = _keeping(options.output or run.folder / "pictures")
    with quiet():
        return _told(drawn(run, compiled, data_dir, keep))


def _right(compiled: "Compiled", options: argparse.Namespace) -> bool:
    """Whether the pictures can be drawn; says why they cannot."""
    from specc.compiler import runnable, untrusted
    from specc.diagnostics import report
    from specc.runs.packages import lacking
    from specc.use.visualize import plan_of

    found = [*compiled.report.diagnostics, *lacking("matplotlib", ("visualize",))]
    if compiled.report.ok:
        rows = plan_of(compiled).rows
        more = runnable(compiled, trust=options.trust) if rows else untrusted(compiled)
        found += more if rows or not options.trust else []
    _refuse(found, options.pictures)
    told = report(compiled.source, found)
    if not told.ok:
        specs.show_findings([told], options.color)
    return told.ok


def _refuse(found: "list[Diagnostic]", words: list[str]) -> None:
    """What is wrong with a picture of the command line is not said of a line of the spec."""
    from specc.diagnostics import Severity
    from specc.use.picture_words import NoPicture

    for each in found:
        if words and each.severity is Severity.ERROR and each.path[:1] == ("visualize",):
            named = f"`{words[int(each.path[1])]}`: " if each.path[1:] else ""
            raise NoPicture(f"{named}{each.message}{f'; {each.help}' if each.help else ''}")


def _keeping(folder: Path) -> Callable[[str, Callable[[Path], object]], None]:
    """What puts pictures into a folder and says where they are."""
    from specc.runs.directory import replace

    def keep(name: str, make: Callable[[Path], object]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        replace(folder / name, make)
        print(folder / name, flush=True)

    return keep


def _told(found: "Iterator[Diagnostic]") -> int:
    """Draws, and says what could not be drawn."""
    from specc.cli import FAILED

    failed = [each.message for each in found]
    for message in failed:
        print(f"specc: {message}", file=sys.stderr)
    return FAILED if failed else 0
