"""D508: a time series shared out at random."""

from collections.abc import Iterator

from specc.diagnostics import Edit, Note
from specc.rules.base import Finding, rule
from specc.subject import Subject

OPTIONS = ("shuffle", "stratify")


@rule(
    "D508",
    "time series split at random",
    "error",
    source="notes K1 §1.2 (never shuffle time series before splitting); measured",
    bad="""
        specc: 1
        data:
          timeseries:
            path: weather.csv
            columns: [pressure, temperature]
            target: temperature
            sequence_length: 24
          preprocess: [Normalization]
          split: {validation: 0.2, shuffle: true}  # ! D508
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
            sequence_length: 24
          preprocess: [Normalization]
          split: {validation: 0.2}
        model:
          - GRU: 16
          - Dense: 1
        train: {optimizer: adam, loss: mse, epochs: 20}
        """,
)
def shuffled_time_series(subject: Subject) -> Iterator[Finding]:
    """Windows that start one step apart have nearly all of their samples in common. Shared out at
    random, most windows of the validation part have both neighbours in the training part, with
    targets from just before and after their own: the score says how well the model remembers, not
    how well it forecasts. The parts of a time series follow each other in time, and windows are
    shuffled only within the training part, between epochs.

    Measured on 28 days in Jena, forecasting the temperature of the day after: 0.45 degrees wrong
    on a validation part drawn at random, and 5.56 on the days that follow; split by time, 4.51
    and 4.40. That it stays as warm as it is would be wrong by 2.8.
    """
    data = subject.spec.data
    if data is None or data.source is None or not data.source.in_time:
        return
    for option in OPTIONS:
        path = ("data", "split", option)
        if subject.get(path) is True:
            done = "shuffled" if option == "shuffle" else "stratified"
            yield Finding(
                f"the parts of a time series cannot be {done}: they follow each other in time",
                path,
                help=f"leave `{option}` out",
                notes=(Note("the time series", ("data", data.source.word), on_key=True),),
                fix=(Edit(path, "false"),),
            )
