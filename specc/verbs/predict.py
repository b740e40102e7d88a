"""Predict for files by the model of a finished run."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specc.compiler import Compiled
    from specc.use.answers import Meaning
    from specc.use.masks import Keep


def arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("folder", type=Path, metavar="RUN", help="the folder of a finished run")
    verb.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="what the model takes, as it is"
    )
    verb.add_argument(
        "--format", choices=("text", "csv", "json"), default="text", help="how to print"
    )
    verb.add_argument(
        "--threshold", type=_share, default=0.5, metavar="P",
        help="probability from which a label, or the second of two classes, is given",
    )  # fmt: skip
    verb.add_argument(
        "--masks", type=Path, metavar="DIR",
        help="write a PNG file with the class of each pixel for each image",
    )  # fmt: skip
    verb.add_argument(
        "--trust", action="store_true", help="run the code of custom layers, which can do anything"
    )


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number from 0 to 1")
    return share


def run(options: argparse.Namespace) -> int:
    """0 when every file could be predicted for, 1 when some could not."""
    from specc.cli import UsageError
    from specc.use.answers import NoAnswer, meanings
    from specc.use.finished import NotARun, finished
    from specc.use.load import quiet, ready
    from specc.use.masks import CannotKeep
    from specc.use.predict import Refused, predictions
    from specc.use.printing import FORMATS

    try:
        run = finished(options.folder)
        compiled = run.compiled(run.data_dir)
        with quiet():
            reader, model = ready(run, compiled, trust=options.trust)
            meant = meanings(compiled.checked, run.classes, options.threshold)
            keep = _keep(compiled, meant, options.masks)
            found = list(predictions(options.files, reader, model, meant, keep))
    except (NotARun, NoAnswer, CannotKeep) as error:
        raise UsageError(str(error)) from error
    print(FORMATS[options.format]([p for p in found if not isinstance(p, Refused)]), end="")
    sys.stdout.flush()
    refused = [each for each in found if isinstance(each, Refused)]
    for each in refused:
        print(f"specc: `{each.file}` {each.reason}", file=sys.stderr)
    return 1 if refused else 0


def _keep(
    compiled: "Compiled", meant: "Mapping[str | None, Meaning]", folder: Path | None
) -> "Keep | None":
    """What writes masks, where the model makes some and there is a folder for them."""
    from specc.cli import UsageError
    from specc.use.masks import writer

    if folder is None:
        return None
    if all(each.task != "segmentation" for each in meant.values()):
        raise UsageError("`--masks` is for models that give each pixel a class")
    return writer(compiled, folder)
