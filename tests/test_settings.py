"""`--set path=value`: where a value goes, and what is said when it cannot go there."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specc.compiler import compile
from specc.diagnostics import Diagnostic, Severity
from specc.resolved import flow
from specc.settings import Setting, SettingError, apply, explained, parse
from specc.source import read

SPEC = """\
specc: 1
data: {dataset: {sklearn: digits}, batch_size: 32}
model:
  - Flatten
  - Dense: {units: 64, activation: relu}
  - LSTM: 8
train:
  optimizer: adam
  loss: {MeanSquaredError: {name: a}}
  epochs: 5
  class_weight: {0: 1.0}
"""


def changed(*settings: str) -> Any:
    return apply(read("spec.yaml", SPEC.encode()), settings).data


@pytest.mark.parametrize(
    ("setting", "path", "value"),
    [
        ("train.epochs=9", ("train", "epochs"), 9),
        ("seed=7", ("seed",), 7),
        ("model.1.Dense.units=3", ("model", 1, "Dense", "units"), 3),
        ("model[1].Dense.units=3", ("model", 1, "Dense", "units"), 3),
        ("model.2.LSTM=16", ("model", 2, "LSTM"), 16),
        ("model.0=Dropout", ("model", 0), "Dropout"),
        ("train.loss=mse", ("train", "loss"), "mse"),
        ("train.epochs=", ("train", "epochs"), None),
        ("description=a=b", ("description",), "a=b"),
        ("train.metrics=[accuracy, {AUC: {name: auc}}]", ("train", "metrics"),
         ["accuracy", {"AUC": {"name": "auc"}}]),
        ("train.optimizer.SGD.momentum=1/2", ("train", "optimizer"), {"SGD": {"momentum": "1/2"}}),
        ("train.loss.Huber.delta=2", ("train", "loss"), {"Huber": {"delta": 2}}),
        ("model.0.Flatten.name=x", ("model", 0), {"Flatten": {"name": "x"}}),
        ("data.split.validation=0.1", ("data", "split"), {"validation": 0.1}),
        ("train.class_weight.0=2.5", ("train", "class_weight"), {"0": 2.5}),
        ("name='x: y'", ("name",), "x: y"),
    ],
)  # fmt: skip
def test_a_value_takes_its_place(setting: str, path: tuple[str | int, ...], value: Any) -> None:
    data = changed(setting)
    for part in path:
        data = data[part]
    assert data == value and type(data) is type(value)


def test_the_rest_and_the_source_stay_as_they_are() -> None:
    source = read("spec.yaml", SPEC.encode())
    before = repr(source.data)
    after = apply(source, ["train.epochs=6"])
    assert repr(source.data) == before
    assert repr(after.data) == before.replace("'epochs': 5", "'epochs': 6")
    assert (after.text, after.value_span(("train",))) == (
        source.text,
        source.value_span(("train",)),
    )


def test_later_settings_see_earlier_ones() -> None:
    assert changed("train.optimizer.SGD.momentum=0.5", "train.optimizer.SGD.nesterov=true")[
        "train"
    ]["optimizer"] == {"SGD": {"momentum": 0.5, "nesterov": True}}


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("train.epochs", "is not of the form path=value"),
        ("=5", "is not of the form path=value"),
        ("..=5", "is not of the form path=value"),
        ("trian.epochs=5", "the spec has no `trian` there; did you mean `train`?"),
        ("model.3.Dense=5", "`3` leads nowhere: the list has 3 items, from 0"),
        ("model.first=5", "`first` leads nowhere: there is a list, whose items count from 0"),
        ("model.0.Dense.units=5", "item 0 is `Flatten`, not `Dense`"),
        ("model.1.Conv2D.filters=5", "item 1 is `Dense`, not `Conv2D`"),
        ("model.2.LSTM.units=5", "`units` leads nowhere: there is neither a list nor a mapping"),
        ("model.²=5", "`²` leads nowhere"),
        ("train.epochs=[1", "`--set train.epochs=[1`: "),
        ("train.epochs=!!int 3", "`--set train.epochs=!!int 3`: "),
        ("train.epochs=\udcff", "`--set train.epochs="),
    ],
)
def test_what_cannot_be_followed_is_refused(setting: str, said: str) -> None:
    with pytest.raises(SettingError) as refusal:
        changed(setting)
    assert said in str(refusal.value) and "\n" not in str(refusal.value)


def test_a_finding_about_a_set_value_says_so() -> None:
    def finding(*path: str | int) -> Diagnostic:
        return Diagnostic("F013", Severity.ERROR, "wrong", path)

    found = [finding("train", "epochs"), finding("train"), finding("train", "loss", "x"), finding()]
    notes = [each.notes for each in explained(found, ["train.epochs=0", "train.loss={}"])]
    assert [bool(each) for each in notes] == [True, False, True, False]
    assert notes[0][0].text == "`--set train.epochs=0` replaces what the spec says here"


def test_a_finding_stays_where_the_replaced_value_is() -> None:
    report = compile(apply(read("spec.yaml", SPEC.encode()), ["train.epochs=0"])).report
    [found] = [each for each in report.diagnostics if each.path == ("train", "epochs")]
    assert report.source.value_span(found.path).line == 10


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=9),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text("abc: #'\"\\\n", min_size=1, max_size=4), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(VALUES)
def test_any_value_can_be_set(value: Any) -> None:
    """YAML in flow style holds everything that a spec can."""
    assert repr(parse(f"a.b={flow(value)}")) == repr(
        Setting(f"a.b={flow(value)}", ("a", "b"), value)
    )
