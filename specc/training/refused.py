"""Keras classes that a spec cannot name, with the reason."""

from collections.abc import Mapping

_ABSTRACT = "it is Keras' base class: name one of the classes built on it"
_FUNCTIONS = "it is made of Python functions, and a spec holds data only"
_BY_FIT = "`fit` adds it by itself"
_NO_PAIRS = "it averages single values and cannot compare predictions with targets"

REFUSED: Mapping[str, Mapping[str, str]] = {
    "optimizers": {
        "Optimizer": _ABSTRACT,
        "MultiOptimizer": "it maps layers to optimizers by Python functions or objects",
        "OptimizerMap": "it maps layers to optimizers by Python functions or objects",
    },
    "schedules": {"LearningRateSchedule": _ABSTRACT},
    "losses": {"Loss": _ABSTRACT},
    "metrics": {
        "Metric": _ABSTRACT,
        "Mean": _NO_PAIRS,
        "Sum": _NO_PAIRS,
        "MeanMetricWrapper": "it wraps a Python function, and a spec holds data only",
    },
    "callbacks": {
        "Callback": _ABSTRACT,
        "CallbackList": "list the callbacks under `callbacks` instead",
        "History": _BY_FIT,
        "LambdaCallback": _FUNCTIONS,
        "LearningRateScheduler": (
            "it calls a Python function: give the optimizer's `learning_rate` a schedule, "
            "such as `{CosineDecay: {…}}`"
        ),
        "OrbaxCheckpoint": "it needs JAX's checkpoint library: use `ModelCheckpoint`",
        "ProgbarLogger": _BY_FIT,
    },
    "initializers": {"Initializer": _ABSTRACT},
    "regularizers": {"Regularizer": _ABSTRACT},
    "constraints": {"Constraint": _ABSTRACT},
}
