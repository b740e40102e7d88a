"""Training kinds against Keras: options and words."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from oracle import evaluate
from pydantic import ValidationError
from training_kinds import MODULES, REQUIRED, kind_of, smallest

from specc.program import Call, Ratio
from specc.registry import names, words
from specc.training.base import Metric
from specc.training.callbacks import ModelCheckpoint, placeholders
from specc.training.refused import REFUSED

KINDS = [(family, name) for family in MODULES for name in names(family)]
SPECIAL = {"metrics": {"accuracy"}, "losses": {"crossentropy", "ce"}}


@pytest.mark.parametrize("family", MODULES)
def test_refused_classes_are_not_declared(family: str) -> None:
    assert not set(REFUSED.get(family, ())) & set(names(family))


@pytest.mark.parametrize(
    ("family", "name", "options", "error"),
    [
        ("optimizers", "Adam", {"learning_rate": "fast"}, "form"),
        ("optimizers", "Adam", {"learning_rate": True}, "form"),
        ("optimizers", "Adam", {"learning_rate": float("nan")}, "form"),
        ("optimizers", "Adam", {"clipnorm": 1, "clipvalue": 1}, "mistake"),
        ("optimizers", "Adam", {"name": "my adam"}, "name"),
        ("schedules", "PiecewiseConstantDecay", {"boundaries": (1,), "values": (1,)}, "mistake"),
        ("metrics", "IoU", {"num_classes": 2, "target_class_ids": (2,)}, "mistake"),
        ("metrics", "IoU", {"num_classes": 2, "target_class_ids": ()}, "form"),
        ("metrics", "AUC", {"num_labels": 2}, "mistake"),
        ("callbacks", "ModelCheckpoint", {"filepath": "best.txt"}, "range"),
        ("callbacks", "ModelCheckpoint", {"filepath": "{epoch.real}.keras"}, "form"),
        ("callbacks", "ModelCheckpoint", {"filepath": "{}.keras"}, "form"),
        ("callbacks", "ModelCheckpoint", {"filepath": "{loss:02d}.keras"}, "form"),
        ("callbacks", "ModelCheckpoint", {"filepath": "{epoch.keras"}, "form"),
        ("callbacks", "ModelCheckpoint", {"filepath": "/tmp/best.keras"}, "range"),
        ("callbacks", "ModelCheckpoint", {"filepath": "~/best.keras"}, "range"),
        ("callbacks", "BackupAndRestore", {"backup_dir": ".."}, "range"),
        ("callbacks", "BackupAndRestore", {"backup_dir": "."}, "range"),
        ("callbacks", "BackupAndRestore", {"backup_dir": "C:/here"}, "range"),
        ("callbacks", "CSVLogger", {"filename": "a//b"}, "range"),
        ("callbacks", "CSVLogger", {"filename": "log\n.csv"}, "form"),
        ("callbacks", "CSVLogger", {"filename": "log.csv", "separator": ";;"}, "form"),
        ("callbacks", "TensorBoard", {"profile_batch": (5, 2)}, "range"),
    ],
)
def test_options_that_keras_cannot_take_or_that_do_harm(
    family: str, name: str, options: dict[str, Any], error: str
) -> None:
    with pytest.raises(ValidationError) as raised:
        kind_of(family, name).model_validate(options)
    assert [found["type"] for found in raised.value.errors()] == [error]


def test_a_fraction_stays_one() -> None:
    adam = kind_of("optimizers", "Adam").model_validate({"learning_rate": "1/500"})
    assert adam.call().options == (("learning_rate", Ratio(1, 500)),)
    assert repr(adam.call().options[0][1]) == "1 / 500"


def test_an_inner_optimizer_is_an_object_even_when_it_is_a_word() -> None:
    inner = smallest("optimizers", "LossScaleOptimizer").call().args
    assert inner == (Call("keras.optimizers.SGD"),)


def test_output_paths_are_marked() -> None:
    marked = {name: dict(kind_of("callbacks", name).outputs()) for name in names("callbacks")}  # type: ignore[attr-defined]
    assert {name: list(options) for name, options in marked.items() if options} == {
        "BackupAndRestore": ["backup_dir"],
        "CSVLogger": ["filename"],
        "ModelCheckpoint": ["filepath"],
        "TensorBoard": ["log_dir"],
    }


PIECES = ["a", "/", "{", "}", "{{", "epoch", "loss", ":", "02d", ".3f", "!r", "[0]", "e", "%", " "]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_every_accepted_path_can_be_formatted(text: str) -> None:
    try:
        checkpoint = ModelCheckpoint.model_validate({"filepath": text + ".keras"})
    except ValidationError:
        return
    integers = {"epoch": 3, "batch": 5}
    values = {name: integers.get(name, 0.25) for name in checkpoint.names_in_path()}
    checkpoint.filepath.format(**values)


def test_placeholders_of_a_path() -> None:
    assert tuple(placeholders("{{x}}-{epoch:02d}-{val_loss:.2f}.keras")) == ("epoch", "val_loss")


@pytest.mark.parametrize("name", names("optimizers"))
def test_usual_rates_are_in_order_and_hold_the_default(name: str) -> None:
    optimizer = smallest("optimizers", name)
    rates, default = optimizer.rates, optimizer.rate  # type: ignore[attr-defined]
    assert 0 < rates.least < rates.slow < rates.most < rates.wrong
    assert (rates.slow <= default <= rates.most) == (name != "Adadelta")


@pytest.mark.keras
@pytest.mark.parametrize("family", MODULES)
def test_every_keras_class_is_declared_or_refused(family: str) -> None:
    public = vars(import_module(MODULES[family])).items()
    classes = {item.__name__ for _, item in public if inspect.isclass(item)}
    assert classes == set(names(family)) | set(REFUSED[family])


@pytest.mark.keras
@pytest.mark.parametrize(("family", "name"), KINDS)
def test_options_are_those_of_keras(family: str, name: str) -> None:
    kind = kind_of(family, name)
    signature = inspect.signature(getattr(import_module(MODULES[family]), name))
    theirs = {
        option: parameter.default
        for option, parameter in signature.parameters.items()
        if parameter.kind == inspect.Parameter.POSITIONAL_OR_KEYWORD
    }
    assert set(kind.model_fields) == set(theirs)
    assert list(kind.options()) == [option for option in theirs if option not in kind.common]
    for option, info in kind.model_fields.items():
        default = inspect.Parameter.empty if info.is_required() else info.default
        assert default == theirs[option], option


def values(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values of a JSON schema, as far as options need it."""
    match schema:
        case {"anyOf": branches}:
            return st.one_of([values(branch) for branch in branches])
        case {"const": word}:
            return st.just(word)
        case {"enum": choices}:
            return st.sampled_from(choices)
        case {"type": "null"}:
            return st.none()
        case {"type": "boolean"}:
            return st.booleans()
        case {"type": "integer"}:
            low = schema.get("minimum", schema.get("exclusiveMinimum", -9) + 1)
            return st.integers(low, schema.get("maximum", 99))
        case {"type": "array", "prefixItems": items}:
            return st.tuples(*map(values, items))
        case {"type": "array", "items": items}:
            return st.lists(values(items), max_size=3).map(tuple)
        case {"type": "object"}:
            return st.dictionaries(st.sampled_from("ab"), st.sampled_from("xy"), max_size=2)
        case {"type": "string"}:
            return st.sampled_from(["loss", "a.keras", "w{epoch:02d}.weights.h5", ";"])
    return floats(schema)


def floats(schema: dict[str, Any]) -> st.SearchStrategy[float]:
    low = schema.get("minimum", schema.get("exclusiveMinimum", -1e4))
    high = schema.get("maximum", schema.get("exclusiveMaximum", 1e4))
    inner = st.floats(low, high, width=32)
    return inner.filter(lambda x: low < x < high or ("minimum" in schema and x == low))


READ_AS: dict[tuple[str, str, str], Any] = {
    ("VarianceScaling", "distribution", "normal"): "truncated_normal",
    ("TensorBoard", "update_freq", "batch"): 1,
}
HIDDEN = {  # what Keras keeps under another name, or not at all
    "separator", "profile_batch", "initial_value_threshold", "dtype", "min_delta", "label_weights",
    "num_thresholds",
}  # fmt: skip


@pytest.mark.keras
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("family", "name"), KINDS)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.data())
def test_keras_takes_every_option_as_given(family: str, name: str, data: st.DataObject) -> None:
    kind = kind_of(family, name)
    properties = kind.model_json_schema()["properties"]
    free = {option: values(schema) for option, schema in properties.items()}
    free = {option: found for option, found in free.items() if option not in kind.held()}
    chosen = data.draw(st.fixed_dictionaries({}, optional=free))
    try:
        ours = kind.model_validate({**REQUIRED.get(name, {}), **chosen})
    except ValidationError:
        assume(False)
    theirs = evaluate(ours.call())
    config = theirs.get_config() if hasattr(theirs, "get_config") else vars(theirs)
    for option in set(chosen) & set(config) - HIDDEN:
        wanted = READ_AS.get((name, option, str(chosen[option])), chosen[option])
        wanted = sorted(wanted) if name == "AUC" and option == "thresholds" and wanted else wanted
        assert wanted is None or same(config[option], wanted), option


def same(theirs: Any, ours: Any) -> bool:
    if isinstance(ours, tuple | list) and isinstance(theirs, tuple | list):
        return len(theirs) == len(ours) and all(map(same, theirs, ours))
    if type(ours) is float or type(theirs) is float:
        return bool(theirs == pytest.approx(ours, rel=1e-5, abs=1e-6))
    return bool(theirs == ours)


def accepted(family: str) -> Iterator[tuple[str, Any]]:
    """The words of Keras' own table that it can make something of, and what it makes."""
    table = inspect.getmodule(import_module(MODULES[family]).get)
    assert table is not None
    for word in table.ALL_OBJECTS_DICT:
        try:
            yield word, table.get(word)
        except (TypeError, ValueError, KeyError):  # needs options, or is abstract
            continue


@pytest.mark.keras
@pytest.mark.parametrize("family", sorted(set(MODULES) - {"schedules", "callbacks"}))
def test_words_are_those_of_keras(family: str) -> None:
    ours = {word: kind_of(family, word) for word in words(family)}
    checked = set(SPECIAL.get(family, ()))
    for word, theirs in accepted(family):
        name = type(theirs).__name__
        if word in names(family) or name in REFUSED[family] or word in checked:
            continue
        checked.add(word)
        assert word in ours, f"Keras takes {word}"
        if family == "losses":
            loss = evaluate(ours[word].model_validate({}).call())
            assert loss.fn is theirs
        else:
            assert ours[word].__name__ == name
    assert set(ours) == checked


@pytest.mark.keras
def test_words_that_keras_resolves_by_shape() -> None:
    from keras.src.trainers.compile_utils import get_loss, get_metric

    y = import_module("keras.ops").ones((4, 1))
    accuracy = kind_of("metrics", "accuracy")().written_as("accuracy")
    assert isinstance(accuracy, Metric)
    assert get_metric("accuracy", y, y).name == accuracy.logged_name()
    assert get_metric("accuracy", y, y)._direction == {"max": "up"}[accuracy.direction or ""]
    assert get_loss("crossentropy", y, y).fn.__name__ == "binary_crossentropy"
    assert get_loss("ce", y, y).fn.__name__ == "binary_crossentropy"
