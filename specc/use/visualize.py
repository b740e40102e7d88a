"""Pictures of a finished run, drawn by the functions of its script."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from specc.backends.script import emit
from specc.compiler import Compiled
from specc.diagnostics import Diagnostic
from specc.program import PicturesPlan
from specc.runs import module
from specc.runs.drawing import Keep, draw
from specc.runs.names import HISTORIES, HISTORY
from specc.use.finished import Finished
from specc.use.load import model_of
from specc.use.picture_words import NoPicture


def asked(run: Finished, items: Sequence[Any], data_dir: Path) -> Compiled:
    """The spec of the run with these pictures; with its own ones when there are none here."""
    data = {**run.source.data, "visualize": list(items)} if items else run.source.data
    return replace(run, source=replace(run.source, data=data)).compiled(data_dir)


def plan_of(compiled: Compiled) -> PicturesPlan:
    """The pictures of a spec that has no errors; raises NoPicture when there are none."""
    training = compiled.program.training
    if training is None or training.pictures is None:
        raise NoPicture("the spec of the run asks for no pictures: name some")
    return training.pictures


def drawn(run: Finished, compiled: Compiled, data_dir: Path, keep: Keep) -> Iterator[Diagnostic]:
    """Draws the pictures of the plan; yields what went wrong with some. Raises NotARun."""
    plan = plan_of(compiled)
    columns = _columns(run.folder / HISTORY)
    phases = [row["phase"] for row in _rows(run.folder / HISTORY) if "phase" in row]
    script = module.load(emit(compiled.program), run.folder / f"{compiled.spec.name}.py")
    names = {
        **vars(script),
        "history": SimpleNamespace(history=columns, epoch=_epochs(columns), phases=phases),
        "done": list(_folds(run.folder / HISTORIES)),
        "arguments": SimpleNamespace(data_dir=data_dir),
        "data": _data(run, script, plan, data_dir),
    }
    if plan.network:
        names["network"] = names["model"] = model_of(run)
    yield from draw(plan, names, keep)


def _data(run: Finished, script: ModuleType, plan: PicturesPlan, data_dir: Path) -> Any:
    """The data where pictures show rows of them; else what the run knew of them."""
    if plan.rows:
        return script.load_data(data_dir)
    return SimpleNamespace(classes=list(run.classes))


def _columns(file: Path) -> dict[str, list[float]]:
    """The columns of a history, as Keras logged them; none of a file that is not there."""
    rows = _rows(file)
    names = [name for name in (rows[0] if rows else ()) if name != "phase"]
    return {name: [float(row[name]) for row in rows] for name in names}


def _epochs(columns: dict[str, list[float]]) -> list[int]:
    """The numbers of the epochs, counted from 0 as Keras does."""
    return [int(epoch) - 1 for epoch in columns.pop("epoch", [])]


def _folds(file: Path) -> Iterator[SimpleNamespace]:
    """The history of each fold."""
    for _, rows in groupby(_rows(file), key=lambda row: row["fold"]):
        kept = list(rows)
        names = [name for name in kept[0] if name not in ("fold", "epoch")]
        history = {name: [float(row[name]) for row in kept] for name in names}
        yield SimpleNamespace(history=history)


def _rows(file: Path) -> list[dict[str, str]]:
    if not file.is_file():
        return []
    with file.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))
