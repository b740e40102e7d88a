"""D564: a time series whose rows are not in the order of time."""

from collections.abc import Iterator
from datetime import date

from specc.rules.base import Finding, rule
from specc.subject import Subject

FIRST = date(2025, 1, 1).toordinal()
DAYS = [f"{date.fromordinal(FIRST + i)},{1000 + i % 7},{i % 5}\n" for i in range(600)]
HEAD = "date,pressure,temperature\n"


@rule(
    "D564",
    "time that goes back",
    "error",
    source="notes K1 §1.2 (temporal leak)",
    by="inspect",
    files={
        "latest_first.csv": (HEAD + "".join(reversed(DAYS))).encode(),
        "weather.csv": (HEAD + "".join(DAYS)).encode(),
    },
    bad="""
        specc: 1
        data:
          timeseries:
            path: latest_first.csv
            columns: [pressure, temperature]
            target: temperature
            sequence_length: 7
            time: date  # ! D564
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
            columns: [pressure, temperature]
            target: temperature
            sequence_length: 7
            time: date
          batch_size: 8
          preprocess: [Normalization]
        model:
          - GRU: 16
          - Dense: 1
        train: {optimizer: adam, loss: mse, epochs: 20}
        """,
)
def time_that_goes_back(subject: Subject) -> Iterator[Finding]:
    """Rows are steps of time, the earliest first. Where they are sorted otherwise, windows mix
    times that are far apart, or run backwards, so that the network learns to tell the past from
    the future; and the last rows, which become the validation part, are not the latest ones.
    With `time` the order is checked whenever the spec is; it makes no difference to the training.
    """
    return iter(())
