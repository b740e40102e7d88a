"""One supervised run, from an emitted script to a folder with all that came of it."""

import gc
import io
import json
import os
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import (
    AbstractContextManager,
    contextmanager,
    nullcontext,
    redirect_stdout,
    suppress,
)
from dataclasses import replace
from functools import partial
from inspect import signature
from types import ModuleType, SimpleNamespace
from typing import Any

from specc.compiler import Compiled, digest
from specc.diagnostics import Diagnostic, Severity
from specc.runs import copy, directory, folds, known, record
from specc.runs.display import display
from specc.runs.names import CURVES, ERROR, HISTORY, MODEL, NATIVE, RECORD, SCORES, SPEC
from specc.runs.native import native_messages
from specc.runs.place import Place
from specc.runs.signals import Signals, Stop
from specc.runs.state import Order, Outcome, Run


def supervise(compiled: Compiled, script: str, order: Order) -> Outcome:
    """Trains by the functions of the script; everything it makes lands in a fresh folder.

    OSError when there cannot be such a folder.
    """
    with Signals() as signals:
        facts = _facts(compiled, order)
        folder = directory.create(order.output, compiled.spec.name, facts["digest"])
        file = folder / f"{compiled.spec.name}.py"
        directory.write(file, script)
        directory.write(folder / SPEC, copy.text(compiled))
        directory.write(folder / RECORD, record.as_json(facts | {"state": "started"}))
        screen = display(quiet=order.quiet)
        run = Run(compiled, order, Place(folder), file, screen, signals)
        began = time.perf_counter()
        try:
            _watched(run, script)
        except Stop:
            run.stopped = True
        signals.over()
        ended = {"state": run.state, "seconds": round(time.perf_counter() - began, 3)}
        run.place.keep_text(RECORD, record.as_json(facts | ended | _results(run)))
    return run.outcome


def _facts(compiled: Compiled, order: Order) -> dict[str, Any]:
    """What the record says from the beginning."""
    return {
        "name": compiled.spec.name,
        "digest": digest(compiled.spec),
        "seed": compiled.spec.seed,
        "epochs": order.epochs or compiled.spec.train.length,
        "set": list(order.settings),
        "classes": list(compiled.facts.class_names),
        "checked": known.checked(replace(compiled.report, diagnostics=order.found)),
        "data": known.data(compiled),
        "data_dir": str(order.data_dir),
        **({"left_out": list(order.left_out)} if order.left_out else {}),
        "command": record.command(),
        "process": os.getpid(),
        "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "versions": record.versions(),
        "machine": record.machine(),
    }


def _results(run: Run) -> dict[str, Any]:
    """What the record says in the end."""
    found: dict[str, Any] = {
        "epochs_done": len(run.watch.epoch) if run.watch else 0,
        "last": run.watch.last if run.watch else {},
    }
    if run.watch:
        found["devices"] = record.devices()
    if run.protocol:
        found["protocol"] = run.protocol
    if run.stopped:
        found["signal"] = run.signals.received[0]
    if run.findings:
        found["findings"] = [finding.message for finding in run.findings]
    return found


def _watched(run: Run, script: str) -> None:
    """The training and what follows it, with the screen and the collector put back in the end."""
    collecting = gc.isenabled()
    gc.enable()  # Keras' graphs are full of cycles
    try:
        with native_messages(run.place.folder / NATIVE):
            try:
                _train(run, script)
            finally:
                run.screen.stop()
    finally:
        if not collecting:
            gc.disable()


def _train(run: Run, text: str) -> None:
    """Everything that the script's own `main` does, one step after another."""
    from specc.runs import module

    run.screen.doing("starting TensorFlow")
    with _told(run):
        script = module.load(text, run.script)
    if run.failed:
        return
    run.screen.doing("reading the data")
    with _told(run, script), _unheard(run):
        data = script.load_data(run.order.data_dir)
        with said_of_a_whole():
            model = script.build_model()
    if run.failed:
        return
    _fit_and_save(run, script, data, model)
    if hasattr(script, "evaluate") and run.saved and not run.failed and not run.stopped:
        run.screen.doing("scoring the test part")
        with _told(run, script), _unheard(run):
            _score(run, script, data, model)
    if run.saved and not run.failed and not run.stopped:
        _draw(run, script, data, model)


def _fit_and_save(run: Run, script: ModuleType, data: Any, model: Any) -> None:
    """What was trained is saved, whatever ended the training; one signal does not prevent it."""
    from specc.runs.blame import not_finite
    from specc.runs.watch import Watch

    def keep(watch: Watch) -> None:
        with suppress(OSError):  # there is another chance after the next epoch
            _keep_history(run, script, watch)

    watch = run.watch = Watch(run.screen, keep, tuple(getattr(script, "PHASES", ())))
    with run.signals.orderly(watch.stop):
        with _told(run, script), _unheard(run):
            if hasattr(script, "cross_validate"):
                folds.train(run, script, data, model)
            else:
                _fit(run, script, data, model)
        run.findings.extend(not_finite(watch.epoch, watch.history.get("loss", [])))
        if hasattr(script, "cross_validate") and not folds.ends_in_a_model(run, script):
            with _told(run, script):
                _keep_results(run, script)
        elif watch.epoch or (watch.stopping and watch.model is not None):
            run.screen.doing("saving the model")
            with _told(run, script):
                _save(run, script, data, model)
    run.stopped = watch.stopping


@contextmanager
def _told(run: Run, script: ModuleType | None = None) -> Iterator[None]:
    """Whatever Keras or the data raise becomes a finding, with the traceback in a file."""
    from specc.runs import blame, files

    try:
        yield
    except Exception as error:
        run.place.keep_text(ERROR, "".join(traceback.format_exception(error)))
        found = files.unreadable(error, script) if script else ()
        run.findings.append(blame.finding(error, run.compiled, str(run.script), found))


@contextmanager
def said_of_a_whole() -> Iterator[None]:
    """Keeps back warnings until there is a model: before weights that do not fit are refused,
    Keras warns of each layer."""
    with warnings.catch_warnings(record=True) as heard:
        yield
    for each in heard:
        warnings.warn_explicit(each.message, each.category, each.filename, each.lineno)


def _unheard(run: Run) -> AbstractContextManager[object]:
    """Keeps what the script prints to itself, where nothing is to be printed."""
    return redirect_stdout(io.StringIO()) if run.order.quiet else nullcontext()


def _fit(run: Run, script: ModuleType, data: Any, model: Any) -> None:
    assert run.watch is not None
    writes = "output" in signature(script.train).parameters
    folder = {"output": run.place.folder} if writes else {}
    try:
        with run.watch.training():
            script.train(data, model, callbacks=[run.watch], epochs=run.epochs, verbose=0, **folder)
    finally:
        run.screen.part = ""
        run.watch.release()


def _keep_history(run: Run, script: ModuleType, history: Any) -> None:
    run.place.keep(HISTORY, partial(script.write_history, history))


def _save(run: Run, script: ModuleType, data: Any, model: Any) -> None:
    assert run.watch is not None
    run.place.keep(MODEL, _saving(run, script, data, model))
    run.saved = True
    _keep_results(run, script)


def _keep_results(run: Run, script: ModuleType) -> None:
    """What there is to read and to look at of the training."""
    history = folds.history(run, script)
    _keep_history(run, script, history)
    if history.epoch or run.folds:
        _picture(run, script, folds.shown(run, script, history))


def _saving(run: Run, script: ModuleType, data: Any, model: Any) -> Callable[[Any], object]:
    """How the script saves the whole model; one without preprocessing is the model itself."""
    if not hasattr(script, "save"):
        return partial(model.save)

    def save(path: Any) -> None:
        run.network = script.save(data, model, path)

    return save


def _draw(run: Run, script: ModuleType, data: Any, model: Any) -> None:
    """The other pictures that the spec asks for; what goes wrong with them are warnings."""
    training = run.compiled.program.training
    if training is None or training.pictures is None or not training.pictures.network:
        return
    from specc.runs.drawing import draw

    run.screen.doing("drawing pictures")
    arguments = SimpleNamespace(data_dir=run.order.data_dir)
    made = {"data": data, "model": model, "network": run.network, "arguments": arguments}
    names = {**vars(script), **made}
    run.findings.extend(draw(training.pictures, names, run.place.keep, but=(CURVES,)))


def _picture(run: Run, script: ModuleType, shown: Iterable[Any]) -> None:
    """The learning curves; what goes wrong with them is a warning, since the model is there."""
    from specc.runs import curves

    try:
        run.place.keep(CURVES, partial(curves.draw, run.compiled, script, shown))
    except Exception as error:
        said = f"no learning curves were drawn: {type(error).__name__}: {error}"
        help = "pip install 'specc[plots]'" if isinstance(error, ImportError) else ""
        path = ("visualize",) if hasattr(script, curves.NAME) else ()
        run.findings.append(Diagnostic("R808", Severity.WARNING, said, path, True, help=help))


def _score(run: Run, script: ModuleType, data: Any, model: Any) -> None:
    """The test part, scored once, and written as the script writes it."""
    scores = script.evaluate(data, model)
    run.scores = {name: float(value) for name, value in scores.items()}
    run.place.keep_text(SCORES, json.dumps(scores, indent=2) + "\n")
