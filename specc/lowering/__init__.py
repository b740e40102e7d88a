"""The parts of a spec to those of a program: the model, the data and the training."""

from specc.lowering.data import data_plan
from specc.lowering.model import lower_model
from specc.lowering.notes import note
from specc.lowering.phases import held, listed, phase_plans, together
from specc.lowering.pictures import curves
from specc.lowering.protocol import folds_plan
from specc.lowering.training import training_plan

__all__ = [
    "curves", "data_plan", "folds_plan", "held", "listed", "lower_model", "note", "phase_plans",
    "together", "training_plan",
]  # fmt: skip
