"""What the outputs of a model are compared with: the targets of a part, output by output."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from specc.compiler import Compiled
from specc.inspect.facts import Facts
from specc.program import TargetPlan


@dataclass(frozen=True)
class Compared:
    """The targets of one output, which has a name where there are several."""

    y: Any  # an array of the part's rows
    facts: Facts
    plan: TargetPlan | None

    @property
    def name(self) -> str:
        """`y`, or `y of cost`."""
        return f"y of {self.plan.name}" if self.plan and self.plan.name else "y"

    @property
    def are_classes(self) -> bool:
        """Whether they are numbers of classes: the source says so, or the loss takes them so."""
        if self.plan is None or self.y.dtype.kind not in "biuf":  # names of masks are none
            return False
        return "integer" in (self.plan.given, self.plan.labels)

    @property
    def one_each(self) -> bool:
        """Whether there is one value for each row."""
        return bool(self.y.size == len(self.y))

    def by_class(self) -> dict[str, int] | None:
        """Rows of each class, by its name or number; None where targets are no classes."""
        facts, labels = self.facts, self.y
        if self.are_classes and self.one_each:
            counts = Counter(labels.reshape(-1).astype(int).tolist())
            known = range(facts.classes or 0)
            return {_name(facts.class_names, i): counts[i] for i in sorted({*counts, *known})}
        if facts.labels in ("one_hot", "multi_hot") and labels.ndim == 2:
            return {_name(facts.class_names, i): int(n) for i, n in enumerate(labels.sum(axis=0))}
        return None

    def told(self, row: int) -> str:
        """The target of a row, as a title says it."""
        target, names = self.y[row], self.facts.class_names
        if target.ndim == 1 and len(target) == len(names):
            return ", ".join(name for name, holds in zip(names, target, strict=True) if holds)
        if target.size != 1:
            return ""
        value = target.reshape(-1)[0]
        if self.are_classes and 0 <= int(value) < len(names):
            return names[int(value)]
        return f"{value:g}"


def compared(compiled: Compiled, part: Any) -> list[Compared]:
    """The targets of each output of a part, in the order of the outputs."""
    plan, facts = compiled.program.data, compiled.facts
    return [
        Compared(y, facts.targets.get(name, facts) if name else facts, of)
        for name, y, of in _each(part, plan.targets if plan else ())
    ]


def _each(
    part: Any, plans: Sequence[TargetPlan]
) -> Iterator[tuple[str | None, Any, TargetPlan | None]]:
    import numpy as np

    if isinstance(part.y, Mapping):
        for plan in plans:
            yield plan.name, np.asarray(part.y[plan.name])[part.rows], plan
    else:
        yield None, np.asarray(part.y)[part.rows], plans[0] if plans else None


def _name(names: Sequence[str], index: int) -> str:
    return names[index] if 0 <= index < len(names) else str(index)
