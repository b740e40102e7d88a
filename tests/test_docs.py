"""The documents: made pages are current, commands print what they show, examples run."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from specc.compiler import compile
from specc.source import read

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ("README.md", "docs/python.md")


def _docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs", ROOT / "scripts" / "docs.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _blocks(file: str, language: str) -> list[str]:
    text = (ROOT / file).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def test_pages_and_commands_are_current() -> None:
    stale = [
        path.name for path, text in _docs().everything() if path.read_text(encoding="utf-8") != text
    ]
    assert not stale, "run `make docs`"


def test_a_stale_command_is_seen() -> None:
    text = "```console\n$ specc check specs/diabetes.yaml\nnothing of the kind\n```\n"
    assert "1 spec checked" in _docs().current(text)


@pytest.mark.keras
@pytest.mark.parametrize("file", PYTHON)
def test_python_examples_run(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = _blocks(file, "python")
    assert blocks
    names: dict[str, object] = {}
    for block in blocks:
        exec(block, names)


def _whole_specs() -> Iterator[tuple[str, str]]:
    for file in ("README.md", "docs/language.md", "docs/graphs.md"):
        for block in _blocks(file, "yaml"):
            if block.startswith("specc:"):
                yield file, block


@pytest.mark.parametrize(("file", "text"), list(_whole_specs()))
def test_specs_in_documents_are_clean(file: str, text: str) -> None:
    assert compile(read(file, text.encode())).report.clean


def test_every_link_between_documents_leads_somewhere() -> None:
    files = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    for file in files:
        for target in re.findall(r"\]\(([^)#:]+)\)", file.read_text(encoding="utf-8")):
            assert (file.parent / target).exists(), f"{file.name}: {target}"
