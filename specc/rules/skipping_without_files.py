"""D545: an order to skip files, for data that are no files."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.writing import dropped
from specc.subject import Subject


@rule(
    "D545",
    "skipping without files",
    "warning",
    source="language §10 (`on_bad`)",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          on_bad: skip  # ! D545
          preprocess: [{Rescaling: 1/16}]
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
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
)
def skipping_without_files(subject: Subject) -> Iterator[Finding]:
    """`on_bad: skip` leaves out files that cannot be decoded, one by one. Arrays, records and the
    data sets of libraries are read as a whole: either all of it can be read, or nothing, and
    there is nothing that could be left out.
    """
    data = subject.spec.data
    if data is not None and data.on_bad == "skip" and subject.facts.source not in ("", "images"):
        yield Finding(
            f"`{subject.facts.source}` has no files that could be skipped one by one",
            ("data", "on_bad"),
            help="remove `on_bad`",
            fix=dropped(subject, ("data", "on_bad"), safe=True),
        )
