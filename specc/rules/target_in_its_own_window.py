"""D563: a forecast of what stands in the input."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D563",
    "target in its own window",
    "error",
    source="Chollet, Deep Learning with Python, 2nd edition, chapter 10 (targets lie ahead)",
    bad="""
        specc: 1
        data:
          timeseries:
            path: weather.csv
            columns: [pressure, temperature]
            target: temperature
            sequence_length: 24
            delay: 0  # ! D563
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
            columns: [pressure, humidity]
            target: temperature
            sequence_length: 24
            delay: 0
          preprocess: [Normalization]
        model:
          - GRU: 16
          - Dense: 1
        train: {optimizer: adam, loss: mse, epochs: 20}
        """,
)
def target_in_its_own_window(subject: Subject) -> Iterator[Finding]:
    """With `delay: 0` the target is a value of the last sample. If its column is among `columns`,
    the answer stands in the input, and the network learns to copy it: every score is nearly
    perfect, and in use there is nothing to forecast.
    """
    data = subject.spec.data
    source = data.source if data else None
    if source is None or not source.in_time:
        return
    if source.delay == 0 and source.target in source.columns:
        path = ("data", source.word)
        column = (*path, "columns", source.columns.index(source.target))
        yield Finding(
            f"with a delay of 0 the target `{source.target}` is in the last sample of its window",
            (*path, "delay"),
            label="expected 1 or more",
            help="say how many steps ahead it is to be forecast, or leave the column out",
            notes=(Note("the column is among the inputs", column),),
        )
