"""The files that CONTRIBUTING.md quotes are quoted as they are."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "CONTRIBUTING.md"
QUOTE = re.compile(r"(^`(specc/\S+\.py)`:\n\n```python\n)(.*?)(^```$)", re.MULTILINE | re.DOTALL)


def current(quote: re.Match[str]) -> str:
    opening, name, _, closing = quote.groups()
    return opening + (ROOT / name).read_text(encoding="utf-8") + closing


def test_quoted_files_are_current(request: pytest.FixtureRequest) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert len(QUOTE.findall(guide)) == 2
    if request.config.getoption("--update-golden"):
        guide = QUOTE.sub(current, guide)
        GUIDE.write_text(guide, encoding="utf-8")
    assert guide == QUOTE.sub(current, guide)
