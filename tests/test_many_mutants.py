"""Thousands of specs that are wrong in some way: each is checked, and told where."""

import os
from pathlib import Path

import pytest
from test_whole_fuzz import assert_placed, hostile

from specc.compiler import compile
from specc.configuration import everything
from specc.render import FORMATS
from specc.source import read

COUNT = int(os.environ.get("SPECC_MUTANTS", "20000"))
PART = 5000


@pytest.mark.fuzz
@pytest.mark.parametrize("part", range(-(-COUNT // PART)))
def test_every_mutant_is_checked(part: int, tmp_path: Path) -> None:
    """SPECC_MUTANTS sets their number."""
    project = everything()
    for index, raw in enumerate(hostile(PART, 1_000_000 + part)):
        try:
            report = compile(read("spec.yaml", raw), tmp_path, project).report
            shown = FORMATS["text"]([report])
        except BaseException as error:
            error.add_note(f"mutant {index} of part {part}: {raw!r}")
            raise
        assert_placed(report)
        assert bool(shown) == bool(report.diagnostics)
