"""The data sets that Keras and scikit-learn bring along, and local copies of them."""

import os
from dataclasses import replace
from pathlib import Path as FilePath

from specc.data.dataset import Dataset
from specc.diagnostics import Diagnostic, Severity
from specc.inspect.facts import Facts, Missing
from specc.inspect.known import facts_of
from specc.source import Path


def look(
    source: Dataset, path: Path, root: FilePath, classes: tuple[str, ...] | None
) -> tuple[Facts, list[Diagnostic]]:
    """The facts of a data set, and what is wrong with its local copy."""
    facts = facts_of("dataset", source.known())
    if source.path is None:
        return facts, []
    at, place = (*path, "path"), root / source.path
    if not os.path.exists(place):  # pathlib raises where the name is too long
        return replace(facts, missing=(Missing(at, place),), present=False), []
    from specc.inspect.copies import Unreadable, rows_in

    try:
        given = rows_in(place, source)
    except Unreadable as error:
        return facts, [Diagnostic("D527", Severity.ERROR, f"`{place.name}` {error}", at)]
    if given == facts.given:
        return facts, []
    return replace(facts, given=given, balance=()), []
