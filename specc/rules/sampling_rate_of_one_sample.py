"""D567: a distance between samples where there is only one."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.writing import dropped
from specc.subject import Subject


@rule(
    "D567",
    "sampling rate of one sample",
    "warning",
    source="Keras 3.15, timeseries_dataset_from_array",
    bad="""
        specc: 1
        data:
          timeseries:
            path: weather.csv
            columns: [pressure, temperature]
            target: temperature
            sequence_length: 1
            sampling_rate: 6  # ! D567
          preprocess: [Normalization]
        model:
          - Flatten
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
            sequence_length: 20
            sampling_rate: 6
          preprocess: [Normalization]
        model:
          - Flatten
          - Dense: 1
        train: {optimizer: adam, loss: mse, epochs: 20}
        """,
)
def sampling_rate_of_one_sample(subject: Subject) -> Iterator[Finding]:
    """`sequence_length` counts the samples of a window, and `sampling_rate` is the number of steps
    from one sample to the next. Where there is one sample, no other follows, and the rate has no
    effect: 120 steps of which every sixth is taken are `sequence_length: 20, sampling_rate: 6`.
    """
    data = subject.spec.data
    source = data.source if data else None
    if source is None or not source.in_time:
        return
    if source.sampling_rate > 1 and source.sequence_length == 1:
        yield Finding(
            f"a window of one sample has no use for a sampling rate of {source.sampling_rate}",
            ("data", source.word, "sampling_rate"),
            help="leave it out, or let `sequence_length` count the samples of a window",
            fix=dropped(subject, ("data", source.word, "sampling_rate")),
        )
