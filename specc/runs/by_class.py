"""How well a network does on each class, counted from what it makes of a part."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from specc.program import Assign, Drawing, PicturesPlan, Ref

THRESHOLD = 0.5  # of the probability from which a label is given


def by_class(plan: PicturesPlan, known: Mapping[str, Any]) -> list[dict[str, Any]]:
    """For each part that pictures show, the counts of each of its classes.

    `known` are the names that the calls speak of, and what the steps before them made.
    """
    made = [each.targets[0] for each in plan.steps if isinstance(each, Assign)]
    return [
        {"part": part, "classes": list(counts(known[name], classes))}
        for name in made
        if name in known and hasattr(known[name], "probabilities")
        for classes, part in _shown(plan, name, known)
    ]


def _shown(
    plan: PicturesPlan, name: str, known: Mapping[str, Any]
) -> Iterator[tuple[Sequence[object], str]]:
    """What the classes are called, and the part: what the first picture of them is told."""
    from specc.backends.keras import evaluate  # which loads TensorFlow

    for step in plan.steps:
        if isinstance(step, Drawing) and step.call.args[0] == Ref(name):
            *_, classes, part, _ = step.call.args
            yield evaluate(classes, dict(known)), str(part)
            return


def counts(found: Any, classes: Sequence[object]) -> Iterator[dict[str, Any]]:
    """For each class its rows, those taken for it, and those of them where that is right."""
    if found.labels.ndim > 1:
        yield from _of_labels(found, classes)
        return
    taken = found.probabilities.argmax(axis=1).tolist()
    pairs = Counter(zip(found.labels.tolist(), taken, strict=True))
    for number, name in enumerate(classes):
        wrong = {other: n for (is_, other), n in pairs.items() if is_ == number != other}
        yield {
            "class": str(name),
            "rows": sum(n for (is_, _), n in pairs.items() if is_ == number),
            "taken": sum(n for (_, other), n in pairs.items() if other == number),
            "right": pairs[number, number],
            "mostly": str(classes[max(wrong, key=lambda each: wrong[each])]) if wrong else None,
        }


def _of_labels(found: Any, classes: Sequence[object]) -> Iterator[dict[str, Any]]:
    """The same where a row can have several of them."""
    is_, taken = found.labels > THRESHOLD, found.probabilities > THRESHOLD
    for number, name in enumerate(classes):
        ours, theirs = is_[:, number], taken[:, number]
        yield {
            "class": str(name),
            "rows": int(ours.sum()),
            "taken": int(theirs.sum()),
            "right": int((ours & theirs).sum()),
            "mostly": None,
        }
