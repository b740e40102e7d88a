"""D566: a column of a time series that is one number."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject

ROWS = "".join(f"{1000 + i % 7},{i % 24},{max(i - 590, 0)}\n" for i in range(600))


@rule(
    "D566",
    "still column of a time series",
    "warning",
    source="TheDeepChecker; Keras 3.15, Normalization (measured)",
    files={"weather.csv": f"pressure,temperature,snow\n{ROWS}".encode()},
    bad="""
        specc: 1
        data:
          timeseries:
            path: weather.csv
            columns:
              - pressure
              - temperature
              - snow  # ! D566
            target: temperature
            sequence_length: 12
          batch_size: 8
          preprocess: [Normalization]
        model:
          - GRU: 16
          - Dense: 1
        train: {optimizer: adam, loss: mse, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          timeseries:
            path: weather.csv
            columns:
              - pressure
              - temperature
            target: temperature
            sequence_length: 12
          batch_size: 8
          preprocess: [Normalization]
        model:
          - GRU: 16
          - Dense: 1
        train: {optimizer: adam, loss: mse, epochs: 20}
        """,
)
def still_column_of_a_series(subject: Subject) -> Iterator[Finding]:
    """A column that is the same number all through the training part teaches nothing. When it
    does change later, the network meets values that it has never seen: `Normalization` divides
    them by a deviation of zero, for which Keras takes 1e-7, so that a 1 becomes ten million.
    """
    data, series, rows = subject.spec.data, subject.facts.series, subject.facts.train_rows
    source = data.source if data else None
    if source is None or series is None or not rows:
        return
    seen = rows + source.span
    for place, (name, change) in enumerate(zip(source.columns, series.changes, strict=True)):
        if change is None or change >= seen:
            later = "" if change is None else f", and changes only in step {change:,}"
            yield Finding(
                f"`{name}` is the same in all {seen:,} steps of the training part{later}",
                ("data", source.word, "columns", place),
                help="leave the column out",
            )
