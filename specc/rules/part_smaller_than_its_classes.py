"""D510: a part in which some class cannot occur."""

from collections.abc import Iterator

from specc.axes import count
from specc.rules.amounts import called, many_targets
from specc.rules.base import Finding, rule
from specc.rules.shares import contradiction
from specc.source import Path
from specc.subject import Subject


@rule(
    "D510",
    "part smaller than its number of classes",
    "warning",
    source="notes K1 §1.2",
    covers=("data.too_few_samples",),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
          split:
            validation: 0.2
            test: 0.004  # ! D510
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
          split:
            validation: 0.2
            test: 0.2
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
)
def part_smaller_than_its_classes(subject: Subject) -> Iterator[Finding]:
    """A part with fewer rows than there are classes lacks some class altogether: nothing is
    learned about it, or nothing measured. And one row more or less moves the score by a lot: of
    seven rows, one is 14 %.
    """
    classes = subject.facts.classes
    if contradiction(subject) is not None or many_targets(subject):
        return
    for part, rows in subject.facts.parts.items():
        if classes is not None and rows is not None and 0 < rows < classes:
            path = _place(subject, part)
            yield Finding(
                f"the {called(part)} has {count(rows, 'row', 'rows')} for {classes} classes",
                path,
                on_key=subject.get(path) is None or len(path) < 3,
                help=f"give it {10 * classes} rows or more",
            )


def _place(subject: Subject, part: str) -> Path:
    """Where the size of a part is decided."""
    for path in (("data", "split", part), ("data", subject.facts.source, part)):
        if subject.get(path) is not None:
            return path
    return ("data", subject.facts.source)
