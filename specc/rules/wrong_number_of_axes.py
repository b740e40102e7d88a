"""S202: an output with more axes than the targets have."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.task import CLASSES


@rule(
    "S202",
    "Flatten or pooling missing before the end",
    "error",
    source="Keras 3.15; NeuraLint, Islam et al.; notes K1 §3 (dense layers at the end)",
    covers=("cnn.missing_flatten", "out.rank_mismatch", "api.return_sequences"),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Conv2D: {filters: 16, kernel_size: 3, activation: relu}
          - Dense: {units: 10, activation: softmax}  # ! S202
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Conv2D: {filters: 16, kernel_size: 3, activation: relu}
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
)
def wrong_number_of_axes(subject: Subject) -> Iterator[Finding]:
    """`Dense` works on the last axis alone. On a feature map it answers once for every place: 6x6
    answers to a picture that has one label.

    Measured: `fit` stops at the first batch with `Argument output must have rank (ndim)
    target.ndim - 1`, which names neither the layer nor the label.
    """
    head, axes = subject.head, _axes(subject)
    if head is None or head.rank is None or axes is None or head.rank <= axes:
        return
    if subject.graph.disputed:  # another input would give another output
        return
    output = subject.result
    sequence = _steps(subject) if head.rank == 2 else None
    pool = "GlobalAveragePooling1D" if head.rank == 2 else "GlobalAveragePooling2D"
    help = f"add `Flatten` or `{pool}` in front of it"
    notes: tuple[Note, ...] = ()
    if subject.spec.task == "segmentation":
        help = "a class for each pixel is learned from `masks`, which `images` can name"
    if sequence is not None:
        help = "remove `return_sequences: true`"
        notes = (Note("every step is passed on here", sequence.at(), on_key=True),)
    yield Finding(
        f"the model puts out {output} for each row, and {_targets(axes)}",
        head.node.at(),
        True,
        label=f"{head.rank} axes",
        help=help,
        notes=notes,
    )


def _axes(subject: Subject) -> int | None:
    """The axes that the output must have, where that is known."""
    if subject.spec.task == "segmentation" and subject.facts.target_shape == ():
        return 1
    if subject.spec.task in ("segmentation", "sequence", "reconstruction"):
        return None
    if ("task",) in subject.broken:
        return None
    shape = subject.facts.target_shape
    if shape is not None:
        by_number = subject.facts.labels == "integer" and shape[-1:] not in ((), (1,))
        return max(1, len(shape) + by_number)  # a class for each step or place, and its units
    return 1 if subject.spec.task in CLASSES else None


def _targets(axes: int) -> str:
    return "each row has one target" if axes == 1 else f"the targets have {axes} axes"


def _steps(subject: Subject) -> Node | None:
    """The last recurrent layer, where it passes every step on."""
    last = next(iter(reversed(list(subject.that(lambda kind: kind.recurrent)))), None)
    inner = getattr(last.kind, "layer", last.kind) if last else None
    return last if getattr(inner, "return_sequences", False) else None
