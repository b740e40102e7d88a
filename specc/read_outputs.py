"""What a spec says of each output by its name: the loss, the metrics and the task."""

from collections.abc import Mapping
from typing import Any, Literal, get_args

from specc.objects import Reader
from specc.registry import find
from specc.source import Path
from specc.wording import listing, shown

TaskName = Literal[
    "binary", "multiclass", "multilabel", "regression", "unit_regression", "sequence",
    "segmentation", "reconstruction",
]  # fmt: skip
_TASKS = f"tasks are {listing(get_args(TaskName), 10)}"
FAMILIES = {"loss": "losses", "metrics": "metrics"}


def split_off(data: Any, outputs: tuple[str, ...]) -> tuple[Any, Mapping[str, Any]]:
    """`train` without what it says by output, and that."""
    if not isinstance(data, dict):
        return data, {}
    by_output = {key: data[key] for key in FAMILIES if _by_output(data.get(key), key, outputs)}
    if not by_output:
        return data, {}
    return {key: value for key, value in data.items() if key not in by_output}, by_output


def _by_output(value: Any, key: str, outputs: tuple[str, ...]) -> bool:
    if not isinstance(value, dict) or not value:
        return False
    named = not value.keys().isdisjoint(outputs)
    unknown = "" in outputs  # since they could not be read
    return named or (
        (len(outputs) > 1 or unknown) and not any(find(FAMILIES[key], k) for k in value)
    )


def read_by_output(reader: Reader, data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The objects by output; None for a loss that could not be read, or that is left out."""
    read: dict[str, dict[str, Any]] = {}
    for name, given in data.get("loss", {}).items():
        path: Path = ("train", "loss", name)
        loss = None if given is None else reader.object("losses", given, path)
        reader.broken |= {path} if loss is None and given is not None else set()
        read.setdefault("loss", {})[name] = loss
    for name, given in data.get("metrics", {}).items():
        metrics = reader.many("metrics", given, ("train", "metrics", name), name)
        read.setdefault("metrics", {})[name] = metrics
    return read


def read_tasks(reader: Reader, data: Mapping[str, Any]) -> dict[str, TaskName]:
    """The tasks by output, without those that are none."""
    tasks = {}
    if not data:
        reader.error("F016", "`task` is empty", ("task",), on_key=True, help=_TASKS)
        reader.broken.add(("task",))
    for name, task in data.items():
        if task in get_args(TaskName):
            tasks[name] = task
            continue
        message = f"the task of `{name}` is {shown(task)}"
        reader.error("F015", message, ("task", name), help=_TASKS)
        reader.broken.add(("task", name))
    return tasks
