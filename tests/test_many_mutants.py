"""Thousands of specs that are wrong in some way: each is checked, quickly, and told where."""

import os
from pathlib import Path
from statistics import median
from time import process_time

import pytest
from test_whole_fuzz import assert_placed, hostile

from specc.compiler import compile
from specc.render import FORMATS
from specc.source import read

COUNT = int(os.environ.get("SPECC_MUTANTS", "20000"))
PART = 5000
# Seconds of CPU for half of them: 3 ms on a machine with nothing else to do.
USUAL = 0.009


@pytest.mark.parametrize("part", range(-(-COUNT // PART)))
def test_every_mutant_is_checked(part: int, tmp_path: Path) -> None:
    """SPECC_MUTANTS sets their number."""
    spent = []
    for index, raw in enumerate(hostile(PART, 1_000_000 + part)):
        start = process_time()
        try:
            report = compile(read("spec.yaml", raw), tmp_path).report
            shown = FORMATS["text"]([report])
        except BaseException as error:
            error.add_note(f"mutant {index} of part {part}: {raw!r}")
            raise
        spent.append(process_time() - start)
        assert_placed(report)
        assert bool(shown) == bool(report.diagnostics)
    assert median(spent) < USUAL
