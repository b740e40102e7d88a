"""The page of the ten mistakes, made from the specs, their prose and the figures measured."""

import difflib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
SPECS = ROOT / "docs" / "mistakes"
FIGURES = ROOT / "benchmarks" / "mistakes.json"
PROSE = ROOT / "benchmarks" / "mistakes.yaml"


class Mistake(NamedTuple):
    """A pair of specs, and which figure of each shows the difference."""

    name: str
    title: str
    code: str
    measured: str
    wrong: str
    right: str
    why: str
    otherwise: str


def mistakes() -> list[Mistake]:
    """The ten, in the order of the page."""
    return [Mistake(**each) for each in YAML(typ="safe").load(PROSE.read_text(encoding="utf-8"))]


def page(printed: Callable[[str], str]) -> str:
    """The whole page; `printed` gives what a command of specc prints."""
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    return "\n".join([HEAD, *_table(figures), "", *(_part(each, printed) for each in mistakes())])


HEAD = """\
# 10 mistakes Keras does not tell you about

Made by `make docs` from pairs of specs in [mistakes/](mistakes/unscaled.yaml), one wrong and one
right, and from the figures that `python benchmarks/mistakes.py` measures. Each program runs to its
end on Keras 3.15 and TensorFlow 2.21, with no exception and no warning. `specc check` names each
mistake in a fifth of a second, before anything is trained.

Means of three trainings from three seeds, which also decide about who is in which part:
"""


def _table(figures: Mapping[str, Any]) -> Iterator[str]:
    yield "| mistake | what is measured | wrong | right | Keras says | specc says |"
    yield "|---|---|---|---|---|---|"
    for each in mistakes():
        found = figures[each.name]
        wrong, right = _shown(found["wrong"][each.wrong]), _shown(found["right"][each.right])
        said = "; ".join(found["said"]) or "nothing"
        link = f"[{each.code}](#{_anchor(each)})"
        yield f"| {each.title} | {each.measured} | {wrong} | {right} | {said} | {link} |"


def _shown(figure: float) -> str:
    return f"{figure:.1f}" if abs(figure) >= 10 else f"{figure:.3f}"


def _anchor(mistake: Mistake) -> str:
    kept = "".join(letter for letter in mistake.title.lower() if letter.isalnum() or letter == " ")
    return kept.replace(" ", "-")


def _part(mistake: Mistake, printed: Callable[[str], str]) -> str:
    command = f"check docs/mistakes/{mistake.name}.yaml"
    return "\n".join(
        [
            f"## {mistake.title}\n",
            f"{mistake.why}\n",
            f"```console\n$ specc {command}\n{printed(command)}```\n",
            f"Right:\n\n```diff\n{_difference(mistake)}```\n",
            f"To find out otherwise: {mistake.otherwise}\n",
        ]
    )


def _difference(mistake: Mistake) -> str:
    """The lines that make the wrong spec right, with one before and after."""
    names = (f"{mistake.name}.yaml", f"{mistake.name}_right.yaml")
    old, new = ((SPECS / name).read_text(encoding="utf-8").splitlines() for name in names)
    changes = list(difflib.unified_diff(old, new, n=1, lineterm=""))[3:]
    return "".join(f"{line}\n" for line in changes if not line.startswith("@@"))
