"""D583: training rows that are later than those of the test part."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D583",
    "trained on later rows",
    "warning",
    source="notes K1 §1.2 (temporal leak); Kapoor, Narayanan 2023 (leakage)",
    by="looking",
    bad="""
        specc: 1
        data:
          table:
            path: visits.csv
            target: ill
            numeric: [age, pulse]
          preprocess: [Normalization]
          split: {test: 0.2}
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          table:
            path: visits.csv
            target: ill
            numeric: [age, pulse]
          preprocess: [Normalization]
          split: {test: 0.2, time: date}
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, epochs: 20}
        """,
)
def trained_on_later_rows(subject: Subject) -> Iterator[Finding]:
    """In use a network knows the past and is asked about what comes after it. Where training rows
    are later than rows of the test part, it has seen the prices, the weather or the epidemic of the
    days that it is asked about, and the score promises too much. `specc data` looks at the column
    `time`, and where there is none at a column that is called `date`, `time` or the like.
    """
    return iter(())
