"""Training kinds for tests: each by name, with the options that it cannot do without."""

from typing import Any

from specc.kind import Kind
from specc.registry import find

MODULES = {
    "optimizers": "keras.optimizers",
    "schedules": "keras.optimizers.schedules",
    "losses": "keras.losses",
    "metrics": "keras.metrics",
    "callbacks": "keras.callbacks",
    "initializers": "keras.initializers",
    "regularizers": "keras.regularizers",
    "constraints": "keras.constraints",
}


def kind_of(family: str, name: str) -> type[Kind]:
    found = find(family, name)
    assert found is not None
    return found


REQUIRED: dict[str, dict[str, Any]] = {
    "LossScaleOptimizer": {"inner_optimizer": kind_of("optimizers", "sgd")().written_as("sgd")},
    "CosineDecay": {"initial_learning_rate": 0.1, "decay_steps": 10},
    "CosineDecayRestarts": {"initial_learning_rate": 0.1, "first_decay_steps": 10},
    "ExponentialDecay": {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.5},
    "InverseTimeDecay": {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.5},
    "PolynomialDecay": {"initial_learning_rate": 0.1, "decay_steps": 10},
    "PiecewiseConstantDecay": {"boundaries": (3, 6), "values": (0.1, 0.2, 0.05)},
    "ModelCheckpoint": {"filepath": "best.keras"},
    "CSVLogger": {"filename": "log.csv"},
    "BackupAndRestore": {"backup_dir": "backup"},
    "IoU": {"num_classes": 6, "target_class_ids": (0, 2)},
    "OneHotIoU": {"num_classes": 6, "target_class_ids": (0, 2)},
    "MeanIoU": {"num_classes": 6},
    "OneHotMeanIoU": {"num_classes": 6},
    "PrecisionAtRecall": {"recall": 0.5},
    "RecallAtPrecision": {"precision": 0.5},
    "SensitivityAtSpecificity": {"specificity": 0.5},
    "SpecificityAtSensitivity": {"sensitivity": 0.5},
}


def smallest(family: str, name: str) -> Kind:
    return kind_of(family, name).model_validate(REQUIRED.get(name, {}))
