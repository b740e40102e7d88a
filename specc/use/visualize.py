"""Pictures of a finished run, drawn by the functions of its script."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from specc.backends.script import emit
from specc.compiler import Compiled
from specc.diagnostics import Diagnostic
from specc.program import PicturesPlan
from specc.runs import module
from specc.runs.drawing import Keep, draw
from specc.use.finished import Finished
from specc.use.load import model_of
from specc.use.logged import Logged, folds, last
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
    script = module.load(emit(compiled.program), run.folder / f"{compiled.spec.name}.py")
    names = {
        **vars(script),
        "history": _history(last(run.folder)),
        "done": [_history(each) for each in folds(run.folder)],
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


def _history(training: Logged) -> SimpleNamespace:
    """What Keras would have returned, with epochs counted from 0."""
    epoch = [each - 1 for each in training.epochs]
    return SimpleNamespace(history=training.columns, epoch=epoch, phases=training.phases)
