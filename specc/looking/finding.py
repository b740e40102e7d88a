"""What is found in the data, as findings of the rules that document it."""

from typing import Any

from specc.diagnostics import Diagnostic, Note
from specc.rules import load
from specc.rules.base import Finding, as_diagnostic
from specc.source import Path

MOST_NOTES = 10


def finding(code: str, message: str, path: Path, **more: Any) -> Diagnostic:
    return as_diagnostic(load()[code], Finding(message, path, **more))


def some(texts: list[str], most: int = MOST_NOTES) -> tuple[Note, ...]:
    """The first of many, and how many there are besides."""
    notes = [Note(text) for text in texts[:most]]
    rest = len(texts) - most
    return (*notes, *([Note(f"and {rest:,} more")] if rest > 0 else []))
