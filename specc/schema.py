"""What a user may write: the sections of a spec, read from plain data into frozen models."""

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, Field

from specc.augment import Augment
from specc.diagnostics import Diagnostic, Edit, Severity
from specc.evaluation import Evaluate, seeds_left
from specc.groups import Grouped, Keyed, read_groups
from specc.habits import OF_DATA, OF_TRAIN
from specc.items import Wiring
from specc.kind import Kind, Of
from specc.layers.base import FloatType
from specc.objects import Reader
from specc.options import Name, Positive
from specc.phases import Phase, read_phases
from specc.pictures import Picture, pictures
from specc.read_model import read_model
from specc.read_outputs import TaskName, read_by_output, read_tasks, split_off
from specc.registry import words
from specc.section import Section
from specc.shares import AnySplit, ClassNames, Column, DeclaredFacts, Split
from specc.source import Path, Source
from specc.wording import listing, missing_key, shown

LANGUAGE = 1
EXAMPLES = {
    "data": "{dataset: {keras: mnist}}",
    "train": "{optimizer: adam, loss: mse, epochs: 20}",
    "evaluate": "{k_fold: 5}",
    "expect": "{params: 1000}",
}
SECTIONS = tuple(EXAMPLES)
Model = TypeVar("Model", bound=BaseModel)


class Data(Section):
    """Where the rows come from and what is done to them before the model."""

    habits = OF_DATA

    source: Any = None
    batch_size: Positive = 32
    cache: Literal["memory", "disk", "none"] | None = None
    preprocess: Annotated[tuple[Any, ...], Of("layers", many=True)] = ()
    augment: Augment | None = None
    split: AnySplit | None = None
    sample_weight: Column | None = None
    target_scaling: Literal["standard"] | None = None
    classes: ClassNames | None = None
    facts: DeclaredFacts | None = None
    on_bad: Literal["error", "skip"] | None = None

    @property
    def steps(self) -> tuple[tuple[Path, Any], ...]:
        """The layers of `preprocess`, but for those for categories, each with its path."""
        layers = self.preprocess
        place = (
            "data",
            "preprocess",
            *((layers.key,) if isinstance(layers, Keyed | Grouped) else ()),
        )
        return tuple(((*place, i), kind) for i, kind in enumerate(layers))

    @property
    def beside(self) -> dict[Path, str]:
        """The columns that are neither inputs nor targets, by where they are named."""
        split = self.split if isinstance(self.split, Split) else Split()
        named: dict[Path, str | None] = {
            ("data", "split", "group"): split.group,
            ("data", "split", "time"): split.time,
            ("data", "sample_weight"): self.sample_weight,
        }
        return {path: name for path, name in named.items() if name}


class Train(Section):
    """How the model is trained; `loss` and `metrics` may be mappings by output."""

    habits = OF_TRAIN
    later = {
        "jit_compile": "the choice of XLA",
        "checkpoint": "resumable runs",
    }

    optimizer: Annotated[Any, Of("optimizers")] = None
    loss: Annotated[Any, Of("losses")] = None
    loss_weights: dict[str, float] | None = None
    metrics: Annotated[Any, Of("metrics", many=True)] = ()
    epochs: Positive | None = None
    steps_per_epoch: Positive | None = None
    steps_per_execution: Positive | None = None
    class_weight: Literal["balanced"] | dict[str, float] | None = None
    callbacks: Annotated[tuple[Any, ...], Of("callbacks", many=True)] = ()
    dtype_policy: FloatType | None = None
    phases: tuple[Phase, ...] | None = None
    hoist: bool | None = None

    @property
    def length(self) -> int | None:
        """The epochs of all phases together; None where one does not say how long it takes."""
        each = [phase.epochs or self.epochs for phase in self.phases or ()] or [self.epochs]
        return None if None in each else sum(epochs for epochs in each if epochs)


class Expect(Section):
    """Reviewed numbers that fail the check when they change without a word."""

    params: Annotated[int, Field(ge=0)] | None = None
    output: tuple[int | None, ...] | None = None


class Spec(Section):
    """A whole spec, in which every name is known and every option has the right form."""

    later = {
        "distribute": "more than one device",
        "record": "experiment trackers",
        "search": "hyper-parameter search",
        "threads": "a pinned thread count",
    }

    specc: Literal[1]
    name: Name = "spec"  # where the one that is given is none
    description: str = ""
    task: TaskName | None = None
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    data: Data | None = None
    blocks: Any = None  # plain data: `model` holds what they are filled with
    model: Wiring
    train: Train
    evaluate: Evaluate | None = None
    visualize: tuple[Picture | None, ...] = ()
    expect: Expect = Expect()

    @property
    def augments(self) -> bool:
        """Whether images of the training part are changed at random."""
        augment = self.data.augment if self.data is not None else None
        return augment is not None and augment.acts


class Reading(NamedTuple):
    """A spec and what was found on the way.

    After a mistake `spec` holds what could be read: layers that could not are None, and the
    paths of what is missing for that reason are in `broken`. It is None when nothing could.
    """

    spec: Spec | None
    found: tuple[Diagnostic, ...]
    broken: frozenset[Path] = frozenset()


def read(source: Source) -> Reading:
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


PARTS_OF_DATA = {"augment": Augment, "split": Split, "facts": DeclaredFacts}
SOURCES = frozenset(words("sources"))


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
