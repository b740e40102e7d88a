"""One supervised run, from an emitted script to a folder with all that came of it."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from inspect import signature
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from specc.compiler import Compiled, digest
from specc.diagnostics import Diagnostic
from specc.runs import directory, record
from specc.runs.progress import display


@dataclass(frozen=True)
class Order:
    """What the command line asks of a run."""

    data_dir: Path
    output: Path
    epochs: int | None = None
    settings: tuple[str, ...] = ()
    quiet: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a run ended: `stopped` is the signal that ended it early, `failure` a finding."""

    folder: Path
    stopped: int | None = None
    failure: Diagnostic | None = None
    scores: Mapping[str, float] | None = None


def supervise(compiled: Compiled, script: str, order: Order) -> Outcome:
    """Trains by the functions of the script; everything it makes lands in a fresh folder."""
    key = digest(compiled.spec)
    folder = directory.create(order.output, compiled.spec.name, key)
    file = folder / f"{compiled.spec.name}.py"
    directory.write(file, script)
    directory.write(folder / "spec.yaml", compiled.source.text)
    facts = _facts(compiled, key, order)
    record.write_json(folder / "run.json", facts | {"state": "running"})
    began = time.time()
    try:
        outcome = _train(compiled, _module(script, file), folder, order)
    except Exception as error:  # whatever Keras or the data raise, told as a finding
        outcome = Outcome(folder, failure=_failed(error, compiled, file))
    state = "failed" if outcome.failure else "stopped" if outcome.stopped else "finished"
    ended = {"state": state, "seconds": round(time.time() - began, 3)}
    record.write_json(folder / "run.json", facts | ended)
    return outcome


def _facts(compiled: Compiled, key: str, order: Order) -> dict[str, Any]:
    return {
        "name": compiled.spec.name,
        "digest": key,
        "seed": compiled.spec.seed,
        "epochs": order.epochs or compiled.spec.train.epochs,
        "set": list(order.settings),
        "command": record.command(),
        "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "versions": record.versions(),
    }


def _module(script: str, file: Path) -> ModuleType:
    """The script as a module; running it defines its functions and nothing else."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    module = ModuleType(file.stem)
    module.__file__ = str(file)
    sys.modules[file.stem] = module  # so that its classes can be found by name
    exec(compile(script, str(file), "exec"), module.__dict__)
    return module


def _train(compiled: Compiled, script: ModuleType, folder: Path, order: Order) -> Outcome:
    from specc.runs.watch import Watch

    data = script.load_data(order.data_dir)
    model = script.build_model()
    screen = display(quiet=order.quiet)
    history = folder / "history.csv"
    watch = Watch(screen, lambda rows: record.write_history(history, rows))
    epochs = order.epochs or compiled.spec.train.epochs
    with _orderly_stop(watch) as signals:
        try:
            places = {"output": folder} if "output" in signature(script.train).parameters else {}
            script.train(data, model, callbacks=[watch], epochs=epochs, verbose=0, **places)
        finally:
            screen.stop()
    directory.replace(folder / "model.keras", _saving(script, data, model))
    if watch.rows:
        _picture(watch.rows, compiled.spec.name, folder / "learning_curves.png")
    if signals:
        return Outcome(folder, stopped=signals[0])
    return Outcome(folder, scores=_score(script, data, model, folder))


def _saving(script: ModuleType, data: Any, model: Any) -> Callable[[Path], object]:
    """How the script saves the whole model; one without preprocessing is the model itself."""
    if hasattr(script, "save"):
        return partial(script.save, data, model)
    return partial(model.save)


def _score(
    script: ModuleType, data: Any, model: Any, folder: Path
) -> Mapping[str, float] | None:
    """The test part, scored once, when there is one."""
    if not hasattr(script, "evaluate"):
        return None
    scores = {name: float(value) for name, value in script.evaluate(data, model).items()}
    record.write_json(folder / "metrics.json", scores)
    return scores


def _picture(rows: list[dict[str, float]], title: str, target: Path) -> None:
    from specc.runs.curves import draw

    directory.replace(target, lambda draft: draw(rows, title, draft))


@contextmanager
def _orderly_stop(watch: Any) -> Iterator[list[int]]:
    """The first SIGINT or SIGTERM ends the training after its batch; the second ends it now."""
    received: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        if received:
            raise KeyboardInterrupt
        received.append(number)
        watch.stop()

    watched = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, stop) for number in watched}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _failed(error: Exception, compiled: Compiled, file: Path) -> Diagnostic:
    import traceback

    from specc.runs.blame import finding

    log = file.with_name("error.log")
    directory.write(log, "".join(traceback.format_exception(error)))
    return finding(error, compiled, str(file), str(log))
