"""D562: windows for which a part has too few steps."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.inspect.facts import Series
from specc.rules.amounts import called
from specc.rules.base import Finding, rule
from specc.rules.shares import contradiction
from specc.source import Path
from specc.subject import Subject

ROWS = "".join(f"{1000 + i % 7},{i % 24}\n" for i in range(600))


@rule(
    "D562",
    "window beyond the series",
    "error",
    source="Keras 3.15, timeseries_dataset_from_array (measured)",
    files={"weather.csv": f"pressure,temperature\n{ROWS}".encode()},
    bad="""
        specc: 1
        data:
          timeseries:
            path: weather.csv
            columns: [pressure, temperature]
            target: temperature
            sequence_length: 24  # ! D562
            sampling_rate: 12
            delay: 24
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
            sequence_length: 24
            delay: 6
          batch_size: 8
          preprocess: [Normalization]
        model:
          - GRU: 16
          - Dense: 1
        train: {optimizer: adam, loss: mse, epochs: 20}
        """,
)
def window_beyond_the_series(subject: Subject) -> Iterator[Finding]:
    """A window reaches over `(sequence_length - 1) * sampling_rate + delay` steps, from its first
    sample to its target, and all of them lie in one part. A part with fewer steps has no window.
    Keras' own `timeseries_dataset_from_array` gives an empty dataset then, and `fit` fails.
    """
    data, series = subject.spec.data, subject.facts.series
    source = data.source if data else None
    if source is None or series is None or contradiction(subject) is not None:
        return
    empty = [part for part, rows in subject.facts.parts.items() if rows == 0]
    if not empty:
        return
    options = {"sequence_length": source.span, "delay": source.delay}
    if source.sampling_rate > source.sequence_length:
        options = {"sampling_rate": source.span, "delay": source.delay}
    blamed = max(options, key=lambda name: options[name])
    path: Path = ("data", source.word, blamed)
    yield _finding(subject, source.reach, series, empty[0], path)


def _finding(subject: Subject, reach: int, series: Series, part: str, path: Path) -> Finding:
    whole = subject.facts.given.get("train") == 0
    message = f"a window and its target span {reach + 1:,} steps, "
    if whole:
        message += f"and the series has {series.steps:,}"
    else:
        message += f"and of {series.steps:,} steps the {called(part)} has fewer"
    written = subject.get(path) is not None
    return Finding(
        message,
        path if written else path[:2],
        on_key=not written,
        help="use shorter windows, or more data" if whole else "use shorter windows",
        notes=() if whole else _split(subject),
    )


def _split(subject: Subject) -> tuple[Note, ...]:
    if subject.get(("data", "split")) is None:
        return ()
    return (Note("the split into parts", ("data", "split"), on_key=True),)
