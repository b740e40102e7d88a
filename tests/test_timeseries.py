"""Time series: the windows are Keras' own, no part sees another, and bad files are found."""

import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from data_scripts import source_of
from hypothesis import given
from hypothesis import strategies as st
from programs import executed
from running import alone, member, the_run, written
from test_inspect import look

from specc.api import emit, load, loads
from specc.data.timeseries import Timeseries
from specc.shares import Split

# Keras' own, when it saves a model
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
OPTIONS = {"path": "s.csv", "columns": ["a", "b"], "target": "b", "sequence_length": 3}
SPEC = """\
specc: 1
name: forecast
data:
  timeseries: {source}
  batch_size: 16
  preprocess: [{{Rescaling: 0.5}}, {normalization}]
  split: {split}
model: [{{GRU: 4}}, {{Dense: 1}}]
train: {{optimizer: adam, loss: mse, metrics: [mae], epochs: 2}}
"""


def spec(source: dict[str, Any], split: object = None, normalization: object = "") -> str:
    shares = {"validation": 0.2, "test": 0.2} if split is None else split
    return SPEC.format(
        source=json.dumps(source),
        split=json.dumps(shares),
        normalization=json.dumps(normalization or "Normalization"),
    )


def write(place: Path, steps: int, seed: int = 0) -> "np.ndarray":
    """A file of two columns that wander, and what float32 makes of them."""
    values = np.random.default_rng(seed).normal(size=(steps, 2)).cumsum(axis=0).round(3)
    rows = "".join(f"{number},{a},{b}\n" for number, (a, b) in enumerate(values))
    (place / "s.csv").write_text(f"n,a,b\n{rows}")
    return values.astype("float32")


def script(text: str, steps: int, place: Path) -> tuple[Any, Any, "np.ndarray"]:
    """The module of a spec's script, what it loads, and the series."""
    series = write(place, steps)
    module = executed(loads(text).program)
    return module, module.load_data(place), series


def windows(module: Any, part: Any) -> tuple["np.ndarray", "np.ndarray"]:
    """All windows of a part, in order, with their targets."""
    batches = list(module.in_order(part).as_numpy_iterator())
    x, y = zip(*batches, strict=True)
    return np.concatenate(x), np.concatenate(y)[:, 0]


CASES = [(2, 1, 0, 30), (1, 1, 1, 60), (5, 1, 1, 100), (4, 3, 2, 101), (3, 6, 24, 150)]


@pytest.mark.keras
@pytest.mark.parametrize(("length", "rate", "delay", "steps"), CASES)
def test_windows_are_those_of_keras(
    length: int, rate: int, delay: int, steps: int, tmp_path: Path
) -> None:
    import keras

    source = OPTIONS | {"sequence_length": length, "sampling_rate": rate, "delay": delay}
    source |= {"columns": ["a"]} if delay == 0 else {}
    module, data, series = script(spec(source, {"validation": 1, "test": 1}), steps, tmp_path)
    inputs = series[:, :1] if delay == 0 else series
    every = data.train._replace(rows=np.arange(len(data.train.y)))
    x, y = windows(module, every)

    def oracle(data: Any, targets: Any) -> tuple["np.ndarray", "np.ndarray"]:
        dataset = keras.utils.timeseries_dataset_from_array(
            data, targets, sequence_length=length, sampling_rate=rate, batch_size=None
        )
        theirs, wanted = zip(*dataset.as_numpy_iterator(), strict=True)
        return np.stack(theirs), np.stack(wanted)

    ahead = (length - 1) * rate + delay
    theirs, wanted = oracle(inputs, series[ahead:, 1])
    assert np.array_equal(x, theirs) and np.array_equal(y, wanted)
    # The usual recipe cuts the inputs as well, and so leaves out the last windows.
    recipe = rate * (length + delay // rate - 1) if delay % rate == 0 else None
    if recipe:
        theirs, wanted = oracle(inputs[:-recipe], series[recipe:, 1])
        assert np.array_equal(x[: len(theirs)], theirs)
        assert np.array_equal(y[: len(wanted)], wanted)


@st.composite
def shapes(draw: st.DrawFn) -> tuple[dict[str, int], dict[str, Any], int]:
    """Options for windows, a split, and a number of steps, which may be too small."""
    window = {
        "sequence_length": draw(st.integers(1, 6)),
        "sampling_rate": draw(st.integers(1, 4)),
        "delay": draw(st.integers(1, 9)),
    }
    share = st.sampled_from((None, 0.1, 0.25, 7))
    split = {"validation": draw(share), "test": draw(share)}
    return window, {k: v for k, v in split.items() if v}, draw(st.integers(60, 160))


@pytest.mark.keras
def test_no_step_is_seen_from_two_sides(tmp_path: Path) -> None:
    @given(shapes())
    def check(shape: tuple[dict[str, int], dict[str, Any], int]) -> None:
        window, split, steps = shape
        write(tmp_path, steps)
        source, section = OPTIONS | window, Split(**split)
        facts, found = look({"timeseries": source}, tmp_path, split=section)
        assert not found
        reach = (window["sequence_length"] - 1) * window["sampling_rate"] + window["delay"]
        module = module_of(json.dumps([source, split]))
        data = module.load_data(tmp_path)
        parts = dict(zip(data._fields, data, strict=True))
        if not facts.parts["train"]:
            return
        assert [len(parts[name].rows) for name in facts.parts] == [*facts.parts.values()]
        seen = [
            {step for row in parts[name].rows for step in (*(row + module.WINDOW), row + reach)}
            for name in facts.parts
        ]
        assert max(seen[-1]) == steps - 1
        for before, after in pairwise(seen):
            assert max(before) < min(after)

    modules: dict[str, Any] = {}

    def module_of(key: str) -> Any:
        if key not in modules:
            source, split = json.loads(key)
            text = spec(source, split).replace("preprocess", "# preprocess")
            modules[key] = executed(loads(text).program)
        return modules[key]

    check()


@pytest.mark.keras
@pytest.mark.parametrize("axis", [-1, None, [1, 2]])
def test_means_are_those_of_the_training_part(axis: Any, tmp_path: Path) -> None:
    source = OPTIONS | {"sequence_length": 5, "sampling_rate": 2, "delay": 4}
    text = spec(source, normalization={"Normalization": {"axis": axis}})
    module, data, series = script(text, 300, tmp_path)
    learned = data.preprocessing.layers[-1].adapt_mean.numpy()
    x = windows(module, data.train)[0] / 2
    used = series[: data.train.rows[-1] + 9] / 2
    expected = {-1: used.mean(axis=0), None: used.mean(), (1, 2): x.mean(axis=0)}
    wanted = expected[tuple(axis) if isinstance(axis, list) else axis]
    assert learned == pytest.approx(wanted, rel=1e-4, abs=1e-5)
    shown = data.preprocessing(x[:3] * 2).numpy()
    assert shown.shape == (3, 5, 2)
    if axis == -1:
        assert shown == pytest.approx((x[:3] - wanted) / used.std(axis=0), rel=1e-3, abs=1e-4)


GAPS = """\
a,b,c
NA,,1
1,,x
,2,3
3, NA ,4

5,6,7
NA,NA,8
"""


@pytest.mark.keras
def test_a_missing_value_is_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text(GAPS)
    source = OPTIONS | {"sequence_length": 2, "missing": ["NA"], "fill": "previous"}
    facts, found = look({"timeseries": source}, tmp_path, split="none")
    assert not found
    text = spec(source, "none").replace("preprocess", "# preprocess")
    data = executed(loads(text).program).load_data(tmp_path)
    x, y = data.train.x.numpy(), data.train.y.numpy()
    assert x.tolist() == [[1, 2], [3, 2], [5, 6], [5, 6]]
    assert y.tolist() == [[6], [6]]
    assert facts.given == {"train": 2} and facts.range == (1, 6)
    assert facts.series and facts.series.steps == 4


def test_reach_is_from_the_first_sample_to_the_target() -> None:
    source = source_of(
        {"timeseries": OPTIONS | {"sequence_length": 120, "sampling_rate": 6, "delay": 144}}
    )
    assert isinstance(source, Timeseries)
    assert (source.span, source.reach, source.gap) == (714, 858, 858)


@pytest.mark.keras
def test_a_run_is_the_script_run_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, main: Any
) -> None:
    import keras

    monkeypatch.chdir(tmp_path)
    write(tmp_path, 300)
    text = spec(OPTIONS | {"delay": 2, "time": "n"})
    code, _, err = main("run", written(text))
    assert code == 0, err
    run = the_run()
    assert (run / "forecast.py").read_text() == emit(loads(text))
    output = alone(run / "forecast.py", "--data-dir", str(tmp_path))
    for name in ("history.csv", "metrics.json"):
        assert (run / name).read_bytes() == (output / name).read_bytes()
    weights = "model.weights.h5"
    assert member(run / "model.keras", weights) == member(output / "model.keras", weights)

    module = executed(loads(text).program)
    data = module.load_data(tmp_path)
    raw, targets = windows(module, data.test)
    model = keras.saving.load_model(run / "model.keras")
    error = np.abs(model.predict(raw, verbose=0)[:, 0] - targets).mean()
    assert error == pytest.approx(json.loads((run / "metrics.json").read_text())["mae"], rel=1e-4)


@pytest.mark.keras
def test_steps_may_be_the_same_in_two_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, main: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s.csv").write_text("a\n" + "".join(f"{i % 7}\n" for i in range(600)))
    source = OPTIONS | {"columns": ["a"], "target": "a"}
    code, out, err = main("data", written(spec(source)))
    assert (code, out.count("3x1 float32")) == (0, 3)
    assert "D507" not in err and "D523" not in err, err


SPECS = Path(__file__).parents[1] / "specs"


@pytest.mark.shared
@pytest.mark.parametrize("name", ["temperature_tomorrow"])
def test_what_the_description_says_of_now_as_a_forecast(name: str, shared: Path) -> None:
    """The mean error of a forecast that all stays as it is."""
    folder = shared / "data" / "time_series"
    compiled = load(SPECS / f"{name}.yaml", data_dir=folder)
    assert compiled.spec.data
    source, parts = compiled.spec.data.source, compiled.facts.parts
    with (folder / source.path).open(newline="") as stream:
        values = [float(row[source.target]) for row in csv.DictReader(stream)]
    end, said = len(values) - source.reach, compiled.spec.description
    for part in ("test", "validation"):
        starts = range(end - (parts[part] or 0), end)
        errors = [abs(values[s + source.span] - values[s + source.reach]) for s in starts]
        assert f"{sum(errors) / len(errors):.2f}" in said
        end = starts[0] - source.reach
