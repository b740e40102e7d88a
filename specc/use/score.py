"""Loss and metrics of a saved model on a part of the data."""

from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from specc.backends.script import emit
from specc.compiler import Compiled
from specc.runs import module
from specc.use.finished import Finished
from specc.use.load import model_of

PARTS = ("test", "validation")


class NotScored(RuntimeError):
    """Data or model with which no score came about; the message says why."""


def scored(
    run: Finished, compiled: Compiled, data_dir: Path, wanted: str | None
) -> tuple[str, dict[str, float]]:
    """The part, and what the model scores on it; raises NotScored and NotARun.

    The part is the one that is wanted, else the test part, else the validation part.
    """
    plan = compiled.program.data
    once = plan and replace(plan, cache="none", hoist=None)  # one pass over one part
    text = emit(replace(compiled.program, data=once))
    script = module.load(text, run.folder / f"{compiled.spec.name}.py")
    model = model_of(run)
    try:
        data = script.load_data(data_dir)
        part = _part(script, data, wanted)
        same = plan is not None and plan.target.labels == "inputs"
        masks = plan is not None and plan.masks
        return part, _scores(script, model, data, part, same=same, masks=masks)
    except NotScored:
        raise
    except Exception as error:  # Keras and the data raise many kinds
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise NotScored(f"the model could not be scored: {type(error).__name__}: {said}") from error


def _part(script: ModuleType, data: Any, wanted: str | None) -> str:
    there = [part for part in ((wanted,) if wanted else PARTS) if getattr(data, part, None)]
    if not there or not hasattr(script, "in_order"):
        raise NotScored(f"the data have no `{wanted or 'test'}` part")
    return there[0]


def _scores(
    script: ModuleType, model: Any, data: Any, part: str, *, same: bool, masks: bool
) -> dict[str, float]:
    """What `evaluate` of the script would give, but through the preprocessing that the model
    was saved with and not through one that is learned anew.

    `same` says that the inputs are their own targets, `masks` that targets are encoded last.
    """
    model.compile_from_config(script.build_model().get_compile_config())
    rows = script.in_order(getattr(data, part))
    if same:
        learned = getattr(data, "preprocessing", None)
        rows = rows.map(lambda x, y, *more: (x, learned(x) if learned is not None else x, *more))
    if masks:
        rows = rows.map(lambda x, y: (x, script.encode(y)))
    found = model.evaluate(rows, return_dict=True, verbose=0)
    if hasattr(script, "ScaledTargets"):
        found["loss"] = _scaled_loss(model, rows)
    return {name: float(value) for name, value in found.items()}


def _scaled_loss(model: Any, rows: Any) -> float:
    """The loss before the layer that puts outputs into the units of the targets."""
    import keras

    last = model.layers[-1]
    network = keras.Model(model.inputs, last.input)
    network.compile_from_config(model.get_compile_config())
    scaled = rows.map(lambda x, y, *more: (x, (y - last.offset) / last.scale, *more))
    return float(network.evaluate(scaled, return_dict=True, verbose=0)["loss"])
