"""D551: numbers of a table that are missing, and stay so."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.inspect.facts import Column
from specc.layers.impute import Impute
from specc.rules.base import Finding, rule
from specc.subject import Subject

ROWS = "".join(f"{i % 61},{'' if i % 9 == 0 else i % 7},{i % 2}\n" for i in range(400))
FILES = {"people.csv": f"age,visits,sick\n{ROWS}".encode()}


@rule(
    "D551",
    "missing numbers that nobody fills in",
    "error",
    source="notes K1 §1.3 (missing values); measured",
    covers=("data.constant_or_nan",),
    files=FILES,
    bad="""
        specc: 1
        data:
          table: {path: people.csv, target: sick, numeric: [age, visits]}
          preprocess: [Normalization]  # ! D551
        model:
          - Dense: {units: 8, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, loss: binary_crossentropy, epochs: 99}
        """,
    good="""
        specc: 1
        data:
          table: {path: people.csv, target: sick, numeric: [age, visits]}
          preprocess: [impute: median, Normalization]
        model:
          - Dense: {units: 8, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, loss: binary_crossentropy, epochs: 99}
        """,
)
def missing_numbers_not_filled(subject: Subject) -> Iterator[Finding]:
    """A number that is missing reaches the script as NaN. One of them makes the output of its row
    NaN, then the loss, and with the first step all weights: nothing is learned any more. A layer
    that learns from the numbers learns NaN as well, so that they are filled in before it.

    Measured on penguins with 2 of 344 rows incomplete: the loss is NaN from the first epoch on.
    """
    data = subject.spec.data
    gaps = [column for column in subject.facts.columns if column.numeric and _gaps(column)]
    if not gaps or data is None or ("data", "preprocess") in subject.broken:
        return
    for path, kind in data.steps:
        if isinstance(kind, Impute):
            return
        if kind is None:
            return
        if kind.unlearned:
            notes = (Note(f"`{gaps[0].name}` has gaps", gaps[0].path),)
            message = f"`{type(kind).__name__}` learns from numbers of which some are missing"
            help = "put `impute: mean`, or `median` or `zero`, above it"
            yield Finding(message, subject.at(path), True, help=help, notes=notes)
            return
    first, count = gaps[0], _gaps(gaps[0])
    more = f", and {len(gaps) - 1} more columns have gaps" if len(gaps) > 1 else ""
    message = f"`{first.name}` lacks {count:,} of its numbers{more}: the loss would be NaN"
    help = "add `impute: mean`, or `median` or `zero`, to `preprocess` under `data`"
    yield Finding(message, first.path, help=help)


def _gaps(column: Column) -> int:
    return sum(column.missing.values())
