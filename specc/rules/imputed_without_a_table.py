"""D553: numbers to be filled in where no table has gaps."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.writing import dropped
from specc.subject import Subject


@rule(
    "D553",
    "imputation without a table",
    "error",
    source="language §4 (`missing` belongs to `table`)",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: diabetes}
          preprocess:
            - impute: mean  # ! D553
            - Normalization
        model:
          - Dense: {units: 8, activation: relu}
          - Dense: 1
        train: {optimizer: {Adam: {learning_rate: 0.01}}, loss: mse, epochs: 99}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: diabetes}
          preprocess: [Normalization]
        model:
          - Dense: {units: 8, activation: relu}
          - Dense: 1
        train: {optimizer: {Adam: {learning_rate: 0.01}}, loss: mse, epochs: 99}
        """,
)
def imputed_without_a_table(subject: Subject) -> Iterator[Finding]:
    """`impute` fills the gaps in the numeric columns of a `table`, with what each column has in
    the training part. Other sources have arrays, images or texts, which cannot have such gaps or
    must be completed before.
    """
    data = subject.spec.data
    if data is None or subject.facts.source == "table":
        return
    for path, kind in data.steps:
        if type(kind).__name__ == "Impute":
            message = f"`impute` fills in numbers of a `table`, and not of `{subject.facts.source}`"
            fix = dropped(subject, path)
            yield Finding(message, subject.at(path), True, help="remove it", fix=fix)
