"""Windows of a series of measurements, to forecast from."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, PlainValidator, model_validator

from specc.data.base import Known, Location, Source
from specc.data.time_format import TimeFormat
from specc.options import Positive, expected, mistake
from specc.values import Section, Value

FAMILY = "sources"


def _texts(value: object, what: str) -> tuple[str, ...]:
    texts = (value,) if isinstance(value, str) else value
    if not isinstance(texts, tuple) or not all(isinstance(text, str) for text in texts):
        raise expected(what)
    return texts


def _names(value: object) -> tuple[str, ...]:
    what = "a list of names of columns, none of them twice"
    names = _texts(value, what)
    if not names or "" in names or len(set(names)) < len(names):
        raise expected(what)
    return names


def _markers(value: object) -> tuple[str, ...]:
    return tuple(text.strip() for text in _texts(value, "a list of texts, such as `[NA]`"))


ColumnName = Annotated[str, Field(min_length=1)]
ColumnNames = Annotated[tuple[str, ...], PlainValidator(_names)]
Markers = Annotated[tuple[str, ...], PlainValidator(_markers)]


class Timeseries(Source):
    """A CSV file with a header, one row per step of time, the earliest first.

    A row of the data is a window: `sequence_length` samples of `columns`, `sampling_rate` steps
    apart. What is to be forecast is `target`, `delay` steps after the last sample. So the window
    that starts at step s has the samples s, s + sampling_rate, … and the target at
    s + (sequence_length - 1) * sampling_rate + delay, and there is one for every s for which the
    file has all of them. `keras.utils.timeseries_dataset_from_array` gives the same windows when
    its `targets` start at that step.

    The parts follow each other in time: training, validation, test. The windows of a part start
    at its border or later, and those that would reach over it, with a sample or with the target,
    belong to no part. So no step is seen from two sides.

    Cells that are empty or one of `missing` have no value. `fill: previous` takes the one before,
    for targets too, and leaves out the rows before all columns have had one.

    `time` is a column that must ascend: numbers or dates, which are in ISO 8601 unless
    `time_format` says how they are written, as in `%d.%m.%Y %H:%M`.
    """

    words = ("timeseries",)
    word_only = True
    in_time: ClassVar[bool] = True

    habits = {
        **dict.fromkeys(
            ("window", "window_size", "lookback", "history", "timesteps"), "sequence_length"
        ),
        **dict.fromkeys(("horizon", "ahead", "offset", "forecast"), "delay"),
        **dict.fromkeys(("features", "inputs"), "columns"),
        **dict.fromkeys(("csv", "file"), "path"),
        **dict.fromkeys(
            ("stride", "sequence_stride", "step"),
            "leave it out: windows start at every step; their samples are `sampling_rate` apart",
        ),
    }

    path: Location
    columns: ColumnNames
    target: ColumnName
    sequence_length: Positive
    sampling_rate: Positive = 1
    delay: Annotated[int, Field(ge=0)] = 1
    time: ColumnName | None = None
    time_format: TimeFormat | None = None
    missing: Markers = ()
    fill: Literal["previous"] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.time_format is not None and self.time is None:
            help = "add `time: …`, the name of that column"
            raise mistake("F012", "has a `time_format` for no column", help)
        return self

    @property
    def markers(self) -> tuple[str, ...]:
        """The texts of cells without a value, sorted."""
        return tuple(sorted({"", *self.missing}))

    @property
    def span(self) -> int:
        """Steps from the first sample of a window to the last."""
        return (self.sequence_length - 1) * self.sampling_rate

    @property
    def reach(self) -> int:
        """Steps from the first sample of a window to its target."""
        return self.span + self.delay

    @property
    def gap(self) -> int:
        return self.reach

    def section(self, classes: tuple[str, ...] | None = None) -> Section:
        values: tuple[tuple[str, Value], ...] = (
            ("path", self.path),
            ("columns", self.columns),
            ("target", self.target),
            ("sequence_length", self.sequence_length),
            ("sampling_rate", self.sampling_rate if self.sampling_rate > 1 else None),
            ("delay", self.delay),
            ("missing", self.markers if self.fill else None),
        )
        return Section("sources/timeseries.py.jinja", values)

    def known(self) -> Known:
        shape = (self.sequence_length, len(self.columns))
        return Known({"train": None}, shape, "float32", "real", target_shape=())
