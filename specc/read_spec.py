"""Reads plain data into a `Spec`, and finds everything that is wrong with its form."""

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from specc.augment import Augment
from specc.diagnostics import Diagnostic, Edit, Severity
from specc.evaluation import Evaluate, seeds_left
from specc.groups import read_groups
from specc.kind import Kind
from specc.objects import Reader
from specc.phases import read_phases
from specc.pictures import pictures
from specc.read_model import read_model
from specc.read_outputs import read_by_output, read_tasks, split_off
from specc.schema import LANGUAGE, SOURCES, Data, Expect, Spec, Train
from specc.shares import DeclaredFacts, Split
from specc.source import Path, Source
from specc.wording import listing, missing_key, shown

EXAMPLES = {
    "data": "{dataset: {keras: mnist}}",
    "train": "{optimizer: adam, loss: mse, epochs: 20}",
    "evaluate": "{k_fold: 5}",
    "expect": "{params: 1000}",
}
SECTIONS = tuple(EXAMPLES)
PARTS_OF_DATA = {"augment": Augment, "split": Split, "facts": DeclaredFacts}
Model = TypeVar("Model", bound=BaseModel)


class Reading(NamedTuple):
    """A spec and what was found on the way.

    After a mistake `spec` holds what could be read: layers that could not are None, and the
    paths of what is missing for that reason are in `broken`. It is None when nothing could.
    """

    spec: Spec | None
    found: tuple[Diagnostic, ...]
    broken: frozenset[Path] = frozenset()


def read_spec(source: Source) -> Reading:
    """The spec that a source describes, and everything that is wrong with its form."""
    reader = Reader(whole=not source.problems)
    if not isinstance(source.data, dict):
        return Reading(None, () if source.problems else (_nothing(source),))
    data = reader.filled(source.data, (), but=("specc", "model", *SECTIONS))
    model = read_model(reader, data)
    outputs = tuple(named.text for named in model.outputs)
    given = {
        **{"name": _stem(source.name)},
        **data,
        "model": model,
        "train": _train(reader, data, outputs),
    }
    tasks = given.pop("task") if isinstance(data.get("task"), dict) else None
    if "data" in data:
        given["data"] = _data(reader, data["data"])
    if "expect" in data:
        given["expect"] = _section(reader, Expect, data["expect"], "expect") or Expect()
    if "evaluate" in data:
        given["evaluate"] = _section(reader, Evaluate, data["evaluate"], "evaluate")
    if "visualize" in data:
        given["visualize"] = tuple(pictures(reader, data["visualize"]))
    _version(reader, data)
    spec = reader.fields(Spec, given | {"specc": LANGUAGE}, (), "the spec", lenient=True)
    if spec is not None and tasks is not None:
        spec = spec.model_copy(update={"task": read_tasks(reader, tasks)})
    if spec is not None and spec.evaluate is not None:
        seeds_left(reader, spec.seed, spec.evaluate)
    return Reading(spec, tuple(reader.found), frozenset(reader.broken))


def _nothing(source: Source) -> Diagnostic:
    what = "is empty" if source.data is None else "is not a mapping"
    help = "start with `specc: 1`, then `model:` and `train:`"
    return Diagnostic("F012", Severity.ERROR, f"the spec {what}", (), help=help)


def _stem(name: str) -> str:
    """The name of a spec that states none: its file's stem, as Keras can take it."""
    stem = PurePath(name).name.split(".")[0]
    letters = re.sub(r"[^A-Za-z0-9_]", "_", stem).lstrip("_0123456789")
    return letters[:64] or "spec"


def _version(reader: Reader, data: Mapping[str, Any]) -> None:
    help = f"write `specc: {LANGUAGE}` in the first line"
    if "specc" not in data:
        message = "the version of the language is missing"
        fix = (Edit((), f"specc: {LANGUAGE}", how="begin", safe=True),)
        reader.error("F012", message, (), help=help, fix=fix)
    elif data["specc"] != LANGUAGE or isinstance(data["specc"], bool):
        known = isinstance(data["specc"], int) and not isinstance(data["specc"], bool)
        message = "language version {} is not supported" if known else "`specc` is {}"
        reader.error("F021", message.format(shown(data["specc"])), ("specc",), help=help)


def _section(reader: Reader, model: type[Model], data: Any, name: str) -> Model | None:
    """One section read leniently; one that is empty or no mapping is a finding."""
    if isinstance(data, dict) and data:
        data = reader.filled(data, (name,))
        return reader.fields(model, data, (name,), name, lenient=True)
    if data is None or data == {}:
        reader.error("F016", f"`{name}` is empty", (name,), on_key=True)
    else:
        message = f"`{name}` is {shown(data)}, expected a mapping"
        reader.error("F013", message, (name,), help=f"write `{name}: {EXAMPLES[name]}`")
    reader.broken.add((name,))
    return None


def _train(reader: Reader, data: Mapping[str, Any], outputs: tuple[str, ...]) -> Train:
    if "train" not in data:
        help = "add `train: {optimizer: …, loss: …}`"
        reader.error("F012", "the spec needs `train`", (), help=help)
        reader.broken.add(("train",))
        return Train()
    written, by_output = split_off(data["train"], outputs)
    phased = isinstance(written, dict) and "phases" in written
    plain = {key: value for key, value in written.items() if key != "phases"} if phased else written
    train = Train() if phased and not plain else _section(reader, Train, plain, "train")
    if train and not phased and "optimizer" not in data["train"]:
        reader.found.append(missing_key("optimizer", "`train`", ("train",)))
    more: dict[str, Any] = read_by_output(reader, by_output)
    if phased:
        more["phases"] = read_phases(reader, written)
    return (train or Train()).model_copy(update=more)


def _data(reader: Reader, data: Any) -> Data | None:
    if not isinstance(data, dict) or not data:
        return _section(reader, Data, data, "data")
    filled = reader.filled(data, ("data",), but=SOURCES)
    rest = {key: value for key, value in filled.items() if key not in SOURCES}
    source = _source(reader, [key for key in data if key in SOURCES], data)
    for key, section in PARTS_OF_DATA.items():
        if isinstance(rest.get(key), dict):
            path = ("data", key)
            filled = reader.filled(rest[key], path)
            rest[key] = reader.fields(section, filled, path, key, lenient=True)
    before = len(reader.found)
    grouped = read_groups(reader, rest, source)
    read = reader.fields(Data, rest | {"source": source}, ("data",), "data", lenient=True)
    read = read.model_copy(update={"preprocess": grouped}) if read and grouped is not None else read
    if any(each.on_key and not each.fix for each in reader.found[before:]):
        reader.broken.add(("data", "preprocess"))  # which may be what the unknown key meant
    if read is not None and source is not None:
        _check_columns(reader, read)
    return read


def _check_columns(reader: Reader, data: Data) -> None:
    """Finds columns that are named beside a source whose rows have none."""
    if data.source.tables() is not None:
        return
    for path, name in data.beside.items():
        message = f"the rows of `{data.source.word}` have no column `{name}`"
        in_files = data.source.word in ("images", "text")
        help = "name the files in a CSV file, by `csv`" if in_files else "a `table` has columns"
        reader.error("F017", message, path, help=help)


def _source(reader: Reader, keys: list[str], data: Mapping[str, Any]) -> Kind | None:
    """The one source that `data` names."""
    if len(keys) != 1:
        known = listing(sorted(SOURCES))
        message = f"`data` names {len(keys)} sources" if keys else "`data` names no source"
        path = ("data", keys[1]) if keys else ("data",)
        reader.error("F017", message, path, on_key=True, help=f"give one of {known}")
        reader.broken.add(("data",))
        return None
    [key] = keys
    source = reader.object("sources", {key: data[key]}, ("data",))
    if source is None:
        reader.broken.add(("data", key))
    return source
