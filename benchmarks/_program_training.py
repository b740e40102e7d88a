"""The training of a Keras program in neutral JSON, as the `train` of a spec."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from _program import (
    Json,
    counts,
    is_graph,
    keras_loss,
    last_activation,
    layers_of,
    listed,
    own_loss,
    section,
    several_inputs,
)
from _program_model import outputs_of, upstream

from specc.registry import find

LOSSES = {
    "kullback_leibler_divergence": "kl_divergence", "kld": "kl_divergence",
    "logcosh": "log_cosh", "cosine_proximity": "cosine_similarity",
}  # fmt: skip
# The losses that heads are made for, where a program has a loss of its own.
FITTING = {"softmax": "categorical_crossentropy", "sigmoid": "binary_crossentropy"}
# Words of the logs are no metrics; any other word that Keras has not is a function of the user's.
WATCHED = {"acc": "accuracy", "val_acc": "val_accuracy"}
LOGGED = ("loss", "val_loss", "val_acc", "val_accuracy")
SCHEDULER = "LearningRateScheduler"
SOME_SCHEDULE = {"initial_learning_rate": 0.001, "decay_steps": 10000, "decay_rate": 0.9}
ALWAYS = ("accuracy", "crossentropy", *LOGGED)


def training_of(program: Json) -> dict[str, Any]:
    compiled, fit = section(program, "compile"), section(program, "fit")
    loss = _loss(program, compiled.get("loss"))
    metrics = [] if own_loss(program) else _metrics(program, compiled.get("metrics"))
    balanced = fit.get("class_weight") and not several_inputs(program)
    found = {
        "optimizer": _optimizer(compiled.get("optimizer"), scheduled(fit)),
        "loss": loss,
        "metrics": metrics,
        **{key: fit[key] for key in ("epochs", "steps_per_epoch") if counts(fit.get(key))},
        "class_weight": "balanced" if balanced else None,
        "callbacks": list(_callbacks(fit.get("callbacks"), scheduled(fit))),
    }
    return {key: value for key, value in found.items() if value}


def scheduled(fit: Json) -> bool:
    """Whether a callback sets the learning rate, so that the rate of the optimizer says little."""
    named = (e.get("name") if isinstance(e, Mapping) else e for e in listed(fit.get("callbacks")))
    return SCHEDULER in named


def _optimizer(given: Any, scheduled: bool = False) -> Any:
    """The optimizer; a language that needs one gets Adam where nothing is known."""
    named = given if isinstance(given, Mapping) else {"name": given or "adam"}
    word = str(named.get("name") or "adam").lower()
    kind = find("optimizers", word)
    if kind is None:
        return word
    options = {k: v for k, v in named.items() if k in kind.model_fields and k != "name"}
    start = options.get("learning_rate") or kind.model_fields["learning_rate"].default
    if scheduled or not isinstance(start, int | float):
        options["learning_rate"] = {"ExponentialDecay": {**SOME_SCHEDULE, **_first(start)}}
    elif named.get("decay"):
        falling = {"initial_learning_rate": start, "decay_steps": 1, "decay_rate": named["decay"]}
        options["learning_rate"] = {"InverseTimeDecay": falling}
    return {kind.__name__: options} if options else word


def _first(start: Any) -> dict[str, float]:
    """The rate that a schedule begins with, where one is said."""
    given = start.get("initial_learning_rate") if isinstance(start, Mapping) else start
    known = isinstance(given, int | float) and given > 0
    return {"initial_learning_rate": given} if known else {}


def _loss(program: Json, given: Any) -> Any:
    """The loss, for each output where there are several."""
    outputs = outputs_of(program) if is_graph(program) else []
    if len(outputs) < 2:
        return _one_loss(layers_of(program), given[0] if isinstance(given, list) else given)
    each = zip_longest(outputs, given if isinstance(given, list) else [given] * len(outputs))
    return {name: _one_loss(upstream(name, layers_of(program)), loss) for name, loss in each}


def _one_loss(layers: Sequence[Json], given: Any) -> Any:
    """The loss of one output; where the program has its own, one that the head fits."""
    word = str(given.get("name")) if isinstance(given, Mapping) else given
    if not isinstance(word, str):
        return None
    if word.startswith("custom"):
        return keras_loss(word) or FITTING.get(last_activation(layers), "mse")
    word = LOSSES.get(word, word)
    kind = find("losses", word)
    known = kind.model_fields if kind is not None and isinstance(given, Mapping) else {}
    options = {k: v for k, v in section({"loss": given}, "loss").items() if k in known}
    options.pop("name", None)
    return {kind.__name__: options} if kind is not None and options else word


def _metrics(program: Json, given: Any) -> Any:
    """Metrics for all outputs, or for each where the program has a list for each."""
    outputs = outputs_of(program) if is_graph(program) else []
    if len(outputs) < 2:
        return list(_known(given))
    apart = isinstance(given, list) and any(isinstance(each, list) for each in given)
    each = zip(outputs, given if apart else (), strict=False)  # not said of which output
    return {name: list(_known(metrics)) for name, metrics in each}


def _known(given: Any) -> Iterator[str]:
    for each in listed(given):
        name = "accuracy" if each == "acc" else str(each)
        if name in ALWAYS or find("metrics", name):
            yield name


def _callbacks(given: Any, scheduled: bool) -> Iterator[Any]:
    """The callbacks that Keras has; no second one beside one that sets the rate."""
    for each in listed(given):
        entry = each if isinstance(each, Mapping) else {"name": each}
        name = str(entry.get("name") or entry.get("type"))
        kind = find("callbacks", name)
        if kind is None or (scheduled and name == "ReduceLROnPlateau"):
            continue
        options = {k: v for k, v in entry.items() if k in kind.model_fields and k != "name"}
        options |= {"filepath": "best.keras"} if name == "ModelCheckpoint" else {}
        if str(options.get("monitor")) in WATCHED:
            options["monitor"] = WATCHED[options["monitor"]]
        if all(not each.is_required() or k in options for k, each in kind.model_fields.items()):
            yield {name: options} if options else name
