"""The ten mistakes of the documents: each wrong spec has its one finding, each right one none."""

import json
import sys
from pathlib import Path

import pytest

from specc.api import check

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from _mistakes_page import FIGURES, SPECS, Mistake, mistakes  # noqa: E402


def _codes(name: str) -> list[str]:
    return [finding.code for finding in check(SPECS / f"{name}.yaml").diagnostics]


@pytest.mark.parametrize("mistake", mistakes(), ids=lambda mistake: mistake.name)
def test_the_wrong_spec_has_its_finding_and_the_right_one_none(mistake: Mistake) -> None:
    assert _codes(mistake.name) == [mistake.code]
    assert _codes(f"{mistake.name}_right") == []


def test_ten_were_measured_and_keras_said_nothing() -> None:
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    assert len(figures) == 10
    assert {name: found["said"] for name, found in figures.items()} == dict.fromkeys(figures, [])
    assert 2 * len(figures) == len(list(SPECS.glob("*.yaml")))
