"""What can be known about the data of a spec without training: declarations, folders, headers."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path as FilePath

from specc.data.parts import cuts, sizes
from specc.diagnostics import Diagnostic, Severity
from specc.inspect.facts import Facts, Missing
from specc.schema import Data, Spec


def inspect(spec: Spec, data_dir: FilePath = FilePath()) -> tuple[Facts, list[Diagnostic]]:
    """The facts, and what is wrong with the data that are there; missing data are a hint.

    Relative paths of the spec are taken from `data_dir`.
    """
    if spec.data is None or spec.data.source is None:
        return Facts(), []
    source = spec.data.source
    look = import_module(f"specc.inspect.{source.word}").look
    facts, found = look(source, ("data", source.word), data_dir, spec.data.classes)
    facts = _shared_out(_named(facts, spec.data), spec.data)
    return facts, [*found, *(_hint(missing) for missing in facts.missing)]


def require(facts: Facts) -> list[Diagnostic]:
    """Errors for the data that training needs and that are not there."""
    return [_diagnostic(missing, Severity.ERROR) for missing in facts.missing]


def _named(facts: Facts, data: Data) -> Facts:
    """With the class names that the spec pins."""
    if data.classes is None:
        return facts
    origins = {**facts.origins, "class_names": "`classes` of the spec"}
    return replace(facts, class_names=data.classes, origins=origins)


def _shared_out(facts: Facts, data: Data) -> Facts:
    """With the parts there are after the split."""
    return replace(facts, parts=sizes(facts.given, cuts(facts.given, data.split)))


def _hint(missing: Missing) -> Diagnostic:
    return _diagnostic(missing, Severity.HINT)


def _diagnostic(missing: Missing, severity: Severity) -> Diagnostic:
    later = severity is Severity.HINT
    message = f"`{missing.place.as_posix()}` {missing.reason}"
    return Diagnostic(
        "D525",
        severity,
        f"{message}, so what depends on the data is not checked" if later else message,
        missing.path,
        help="relative paths start at the working directory, or at `--data-dir`",
    )
