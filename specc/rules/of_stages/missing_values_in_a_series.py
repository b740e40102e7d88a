"""D565: steps of a time series without a value."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject

ROWS = "".join(f"{1000 + i % 7},{'NA' if i % 50 == 20 else i % 24}\n" for i in range(600))


@rule(
    "D565",
    "missing values in a time series",
    "error",
    source="Brownlee, Multivariate Time Series Forecasting with LSTMs in Keras (pm2.5); measured",
    by="inspect",
    files={"weather.csv": f"pressure,temperature\n{ROWS}".encode()},
    bad="""
        specc: 1
        data:
          timeseries:
            path: weather.csv
            columns: [pressure]
            target: temperature  # ! D565
            sequence_length: 12
            missing: [NA]
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
            columns: [pressure]
            target: temperature
            sequence_length: 12
            missing: [NA]
            fill: previous
          batch_size: 8
          preprocess: [Normalization]
        model:
          - GRU: 16
          - Dense: 1
        train: {optimizer: adam, loss: mse, epochs: 20}
        """,
)
def missing_values_in_a_series(subject: Subject) -> Iterator[Finding]:
    """A network has no notion of a value that is not there: one NaN in a batch makes the loss and
    then all weights NaN. Leaving such rows out would join steps that are not neighbours.
    `fill: previous` takes the value before, which is known at that time too; a value between the
    neighbours would look into the future.
    """
    return iter(())
