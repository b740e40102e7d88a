"""S240: a model for batches of one size, and data in batches of another."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.rules.writing import layer_option
from specc.subject import Subject


@rule(
    "S240",
    "batch of another size",
    "error",
    source="Keras 3.15 (`Input(batch_size=…)`); NeuraLint",
    covers=("data.shape_mismatch",),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          batch_size: 32
          preprocess: [{Rescaling: 1/16}]
        model:
          - Input: {shape: [8, 8, 1], batch_size: 256}  # ! S240
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          batch_size: 32
          preprocess: [{Rescaling: 1/16}]
        model:
          - Input: [8, 8, 1]
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
)
def batch_of_another_size(subject: Subject) -> Iterator[Finding]:
    """An input of a fixed `batch_size` takes batches of exactly that many rows. Others end `fit`
    with a message about shapes, and so does the last batch of an epoch where rows are left over.
    Only stateful recurrent layers need it.
    """
    for node in subject.of("Input"):
        fixed = node.batch_size
        other = next((size for size in _sizes(subject) if size != fixed), None)
        if not isinstance(fixed, int) or other is None:
            continue
        yield Finding(
            f"the model takes batches of {fixed} rows, and the data come in batches of {other}",
            node.at("batch_size"),
            label=f"expected {other}",
            help="leave `batch_size` out of `Input`, unless a layer is stateful",
            notes=_notes(subject),
            fix=layer_option(subject, node, "batch_size", str(other)),
        )


def _sizes(subject: Subject) -> Iterator[int]:
    """Of the batches of this phase, and of those that it is scored on."""
    for view in (subject, subject.training or subject):
        if view.spec.data is not None:
            yield view.spec.data.batch_size


def _notes(subject: Subject) -> tuple[Note, ...]:
    path = ("data", "batch_size")
    if subject.get(path) is None:
        return (Note("batches have 32 rows where nothing is said", ("data",), on_key=True),)
    return (Note("the batches", path),)
