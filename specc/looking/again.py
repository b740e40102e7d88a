"""The rules asked again, now that the data are known."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic
from specc.inspect.declared import declare
from specc.inspect.facts import Facts
from specc.looking.summary import Summary
from specc.rules import asked
from specc.rules.base import run

ORIGIN = "the data"


def again(compiled: Compiled, seen: Mapping[str, Summary]) -> Iterator[Diagnostic]:
    """What rules find that did not know the data before, and declared facts that prove wrong."""
    subject = compiled.subject
    if subject is None or "train" not in seen:
        return
    before = set(compiled.report.diagnostics)
    learned = _learned(seen)
    facts = _with(subject.facts, learned)
    data = subject.spec.data
    if data is not None:
        believed = {name for name in learned if subject.facts.origin(name).startswith("`facts`")}
        real = replace(subject.facts, **{name: learned[name] for name in believed})
        yield from declare(real, data.facts)[1]
    found = run(asked(), replace(subject, facts=facts), compiled.named)
    yield from (each for each in found if each not in before)


def _learned(seen: Mapping[str, Summary]) -> dict[str, Any]:
    """Facts that were seen."""
    train = seen["train"]
    ranges = [each.values for each in seen.values() if each.values]
    found: dict[str, Any] = {}
    if train.classes is not None:
        found["balance"] = tuple(train.classes.values())
    if train.targets is not None:
        found["target_range"] = train.targets
    if ranges:
        found["range"] = min(low for low, _ in ranges), max(high for _, high in ranges)
    return found


def _with(facts: Facts, learned: Mapping[str, Any]) -> Facts:
    """With what was unknown; what a source says of itself stands."""
    new = {name: value for name, value in learned.items() if getattr(facts, name) in (None, ())}
    return replace(facts, **new, origins={**facts.origins, **dict.fromkeys(new, ORIGIN)})
