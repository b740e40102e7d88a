"""S223: an output that is compared with targets of another shape."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.task import Head
from specc.tensor import Shape, show_shape


@rule(
    "S223",
    "output of another shape than its target",
    "error",
    source="Keras 3.15; Stack Overflow 50426349, 68061611",
    covers=("api.target_shape_mismatch", "out.rank_mismatch", "out.units_vs_targets"),
    bad="""
        specc: 1
        task: reconstruction
        model:
          - Input: [28, 28, 1]
          - Conv2D: {filters: 16, kernel_size: 3, strides: 2, padding: same, activation: relu}
          - UpSampling2D: 2
          - Conv2D: {filters: 1, kernel_size: 3, activation: sigmoid}  # ! S223
        train: {optimizer: adam, loss: mse}
        """,
    good="""
        specc: 1
        task: reconstruction
        model:
          - Input: [28, 28, 1]
          - Conv2D: {filters: 16, kernel_size: 3, strides: 2, padding: same, activation: relu}
          - UpSampling2D: 2
          - Conv2D: {filters: 1, kernel_size: 3, padding: same, activation: sigmoid}
        train: {optimizer: adam, loss: mse}
        """,
)
def output_of_another_shape(subject: Subject) -> Iterator[Finding]:
    """Each number of the output is compared with one of the target. A convolution without
    `padding: same` takes rows off, a pooling that does not divide evenly as well, and what comes
    back is a little smaller than what went in. `fit` stops at the first batch.
    """
    if not subject.nodes:
        return
    last, target = subject.nodes[-1], _target(subject)
    output = subject.result
    if output is None or target is None or _alike(output.shape, target):
        return
    yield Finding(
        f"the model puts out {output}, and its target is {show_shape(target)}",
        last.at(),
        True,
        label=f"expected {show_shape(target)}",
        help="`padding: same` keeps the size; `Cropping2D` and `ZeroPadding2D` mend it",
        notes=(subject.task_note(),) if subject.stated_task else (),
    )


def _target(subject: Subject) -> Shape | None:
    """The shape of one target, where it has axes to compare."""
    if subject.graph.disputed:
        return None
    if subject.spec.task == "reconstruction":
        return subject.graph.input.shape if subject.graph.input else None
    shape, head = subject.facts.target_shape, subject.head
    if not shape or head is None:
        return None
    if subject.facts.labels == "integer":  # a class for each place, with an axis of size 1 or not
        return _of_classes(subject, shape[:-1] if shape[-1] == 1 else shape, head)
    if len(shape) < 2:
        return None
    return shape if (head.rank or 0) <= len(shape) else None


def _of_classes(subject: Subject, places: Shape, head: Head) -> Shape | None:
    """The shape of an output with a unit for each class at each place."""
    missing = len(places) + 1 - (head.rank or 0)
    by_number = subject.pair is not None and subject.pair.encoding == "integer"
    known = (missing == 0 and len(places) > 1) or (missing >= 0 and by_number)
    return (*places, head.width) if places and known else None


def _alike(one: Shape, other: Shape) -> bool:
    same = len(one) == len(other)
    return same and all(
        None in pair or len(set(pair)) == 1 for pair in zip(one, other, strict=True)
    )
