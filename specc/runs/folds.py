"""A supervised training on folds: every fold that is done is kept, whatever ends the rest."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from inspect import signature
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

from specc.runs.names import FOLDS, HISTORIES
from specc.runs.progress import metrics, number
from specc.runs.state import Run

if TYPE_CHECKING:
    from specc.runs.watch import Watch


def train(run: Run, script: ModuleType, data: Any, model: Any) -> None:
    """Trains on the folds, and where the spec says so once more on all rows for the best time."""
    assert run.watch is not None
    total = _total(script)
    writes = "output" in signature(script.cross_validate).parameters
    output = {"output": run.place.folder} if writes else {}
    options: dict[str, Any] = {"callbacks": [run.watch], "verbose": 0, **output}
    run.screen.part = f"fold 1/{total}, "
    folds = script.cross_validate(data, model, epochs=run.epochs, **options)
    for fold in iter(partial(_next, run.watch, folds), None):
        _done(run, script, fold, total)
    run.screen.part = ""
    if run.folds:
        run.screen.said(f"mean  {_deviating(run.protocol)}")
    if retrains(script) and not run.watch.stopping:
        best = run.protocol["epochs"]
        run.screen.said(f"once more on all rows: {best} epochs")
        with run.watch.training():
            script.restart(model, script.SEED)
            script.train(data, model, epochs=best, **options)


def _next(watch: "Watch", folds: Iterator[Any]) -> Any:
    """The next fold, None where there is no further one or the training was told to stop."""
    fold = None
    with watch.training():
        fold = None if watch.stopping else next(folds, None)
    return None if watch.stopping else fold


def retrains(script: ModuleType) -> bool:
    """Whether a model is trained on all rows in the end."""
    return hasattr(script, "best_epochs")


def ends_in_a_model(run: Run, script: ModuleType) -> bool:
    """Whether the training came to the model that is kept."""
    return retrains(script) and len(run.folds) == _total(script)


def _total(script: ModuleType) -> int:
    return int(getattr(script, "REPEATS", 1) * script.FOLDS)


def _done(run: Run, script: ModuleType, fold: Any, total: int) -> None:
    """Keeps what came of one more fold."""
    run.folds.append(fold)
    run.screen.said(f"fold {len(run.folds)}/{total}  {metrics(fold.scores)}")
    run.screen.part = f"fold {len(run.folds) + 1}/{total}, "
    found = script.summary(run.folds)
    if retrains(script):
        found["epochs"] = script.best_epochs(script.mean_history(run.folds))
    run.protocol = found
    run.place.keep_text(FOLDS, json.dumps(found, indent=2) + "\n")
    run.place.keep(HISTORIES, partial(script.write_folds, run.folds))


def _deviating(found: Mapping[str, Any]) -> str:
    """`loss 12.24 ± 3.639  mae 2.361 ± 0.1945`: scores with their standard deviations."""
    pairs = ((name, mean, found["std"][name]) for name, mean in found["mean"].items())
    return "  ".join(f"{name} {number(mean)} ± {number(std)}" for name, mean, std in pairs)


def history(run: Run, script: ModuleType) -> Any:
    """What the history of the run is: that of the last training, or the mean of the folds."""
    if not run.folds or ends_in_a_model(run, script):
        return run.watch
    return script.mean_history(run.folds)


def shown(run: Run, script: ModuleType, history: Any) -> tuple[Any, ...]:
    """What learning curves show: the history of the run, or the folds and what followed them."""
    if not hasattr(script, "cross_validate"):
        return (history,)
    done = run.folds or [history]
    if not retrains(script):
        return (done,)
    return done, history if ends_in_a_model(run, script) else SimpleNamespace(epoch=[])
