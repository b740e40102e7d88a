"""P329: a loss or metric over an axis that the output does not have."""

from collections.abc import Iterator

from specc.kind import Kind
from specc.rules.base import Finding, rule
from specc.rules.writing import dropped
from specc.source import Path
from specc.subject import Subject


@rule(
    "P329",
    "axis that the output does not have",
    "error",
    source="Keras 3.15 (measured)",
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 5, activation: softmax}
        train:
          optimizer: adam
          loss: {CategoricalCrossentropy: {axis: 2}}  # ! P329
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 5, activation: softmax}
        train:
          optimizer: adam
          loss: {CategoricalCrossentropy: {axis: 1}}
        """,
)
def axis_beyond_the_output(subject: Subject) -> Iterator[Finding]:
    """Axes are counted from the batch, which is axis 0, or from the end, where -1 is the last.
    Keras finds out at the first batch.
    """
    head = subject.head
    if head is None or head.rank is None:
        return
    count = head.rank + 1
    for kind, path in _compared(subject):
        axes = getattr(kind, "axis", None)
        for axis in axes if isinstance(axes, tuple | list) else (axes,):
            if isinstance(axis, int) and not -count <= axis < count:
                yield Finding(
                    f"the output has {count} axes with the batch, and `axis` is {axis}",
                    subject.at(path, "axis"),
                    label=f"expected {-count} to {count - 1}",
                    help="leave it out: the last axis is the default",
                    fix=dropped(subject, subject.at(path, "axis")),
                )


def _compared(subject: Subject) -> Iterator[tuple[Kind, Path]]:
    if subject.loss is not None and subject.spec.train.loss is not None:
        yield subject.loss, subject.loss_path
    yield from subject.metrics
