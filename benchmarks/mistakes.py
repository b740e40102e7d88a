"""Ten mistakes that Keras lets pass: each trained beside the right spec, from three seeds each.

Writes the figures that `docs/mistakes.md` shows to `mistakes.json`; `make docs` brings them there.
Takes four minutes on an idle machine.

usage: mistakes.py [SEEDS [NAME…]]
"""

import contextlib
import io
import json
import os
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

from _measure import ROOT, head, rounds, row
from _mistakes_page import FIGURES, SPECS, Mistake, mistakes

from specc.api import loads
from specc.backends.script import emit
from specc.lower import lower


class Run(NamedTuple):
    """One training: last values of what `fit` shows, scores of the test part, and what is said."""

    figures: Mapping[str, float]
    said: Sequence[str]


def main() -> None:
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
    seeds = range(rounds(3))
    head(f"ten mistakes beside what is right, means of {len(seeds)} trainings")
    found = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.is_file() else {}
    for each in mistakes():
        if each.name in (sys.argv[2:] or [each.name]):
            found[each.name] = _pair(each, seeds)
            FIGURES.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _pair(mistake: Mistake, seeds: Sequence[int]) -> dict[str, object]:
    """Both figures of a mistake, and all that was said while it was made."""
    wrong = [trained(SPECS / f"{mistake.name}.yaml", seed) for seed in seeds]
    right = [trained(SPECS / f"{mistake.name}_right.yaml", seed) for seed in seeds]
    row(f"{mistake.name}: {mistake.wrong}", _mean(wrong, mistake.wrong), "")
    row(f"... right: {mistake.right}", _mean(right, mistake.right), "")
    return {
        "wrong": _means(wrong),
        "right": _means(right),
        "said": sorted({line for run in wrong for line in run.said}),
    }


def _means(runs: Sequence[Run]) -> dict[str, float]:
    return {name: round(_mean(runs, name), 4) for name in runs[0].figures}


def _mean(runs: Sequence[Run], name: str) -> float:
    return mean(run.figures[name] for run in runs)


def trained(spec: Path, seed: int) -> Run:
    """Runs the script of a spec here, also of one with errors: `specc build` would refuse it."""
    text = spec.read_text(encoding="utf-8")
    subject = loads(text.replace("specc: 1\n", f"specc: 1\nseed: {seed}\n", 1)).checked
    script: dict[str, Any] = {"__name__": spec.stem}
    exec(emit(lower(subject, digest="")), script)
    return _listened(lambda: _figures(script))


def _figures(script: Mapping[str, Any]) -> dict[str, float]:
    data, model = script["load_data"](ROOT), script["build_model"]()
    history = script["train"](data, model, verbose=0)
    last = {f"fit {name}": float(values[-1]) for name, values in history.history.items()}
    scores = script["evaluate"](data, model) if "evaluate" in script else {}
    tested = {f"test {name}": float(score) for name, score in scores.items()}
    return {"epochs": float(len(history.epoch)), **last, **tested}


def _listened(run: Callable[[], dict[str, float]]) -> Run:
    """What a training gives, with the warnings and the lines on standard error that it makes."""
    errors = io.StringIO()
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stderr(errors):
        warnings.simplefilter("always")
        figures = run()
    said = [str(warning.message) for warning in caught]
    return Run(figures, [*said, *errors.getvalue().splitlines()])


if __name__ == "__main__":
    main()
