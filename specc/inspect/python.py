"""Data from code of the user's own: what is declared, since nothing is run to look."""

from pathlib import Path as FilePath

from specc.data.python import Python
from specc.diagnostics import Diagnostic
from specc.inspect.facts import Facts
from specc.inspect.known import facts_of
from specc.source import Path


def look(
    source: Python, path: Path, root: FilePath, classes: tuple[str, ...] | None
) -> tuple[Facts, list[Diagnostic]]:
    """The facts that the source declares."""
    return facts_of("python", source.known()), []
