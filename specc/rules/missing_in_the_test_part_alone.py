"""D516: numbers that are missing where a network is tested, and never where it learns."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject

ROWS = "".join(f"{i % 61},{i % 7},{i % 2}\n" for i in range(400))
FILES = {
    "train.csv": f"age,visits,sick\n{ROWS}".encode(),
    "test.csv": f"age,visits,sick\n{ROWS}33,,1\n".encode(),
}


@rule(
    "D516",
    "missing in the test part alone",
    "warning",
    source="notes K1 §1.3 (missing values)",
    files=FILES,
    bad="""
        specc: 1
        data:
          table: {train: train.csv, test: test.csv, target: sick, numeric: [age, visits]}  # ! D516
          preprocess: [impute: median, Normalization]
        model:
          - Dense: {units: 8, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, loss: binary_crossentropy, epochs: 99}
        """,
    good="""
        specc: 1
        data:
          table: {train: train.csv, target: sick, numeric: [age, visits]}
          preprocess: [impute: median, Normalization]
        model:
          - Dense: {units: 8, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, loss: binary_crossentropy, epochs: 99}
        """,
)
def missing_in_the_test_part_alone(subject: Subject) -> Iterator[Finding]:
    """A network that never saw a gap has not learned to do without the number: what is filled in
    looks to it like any other. If gaps come in use, they must come in training as well: leave
    out some of the numbers of the training part on purpose, in copies of its rows.
    """
    for column in subject.facts.columns:
        parts = [part for part, count in column.missing.items() if count]
        if parts and column.numeric and "train" not in parts:
            message = f"`{column.name}` has gaps in the {parts[-1]} part and none in training"
            help = "copy some rows of the training part, without the number"
            yield Finding(message, column.path, help=help)
